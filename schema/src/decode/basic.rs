//! Decoding of the shapes that values are made of.

use std::collections::BTreeMap;

use launchnix_diagnostics::{
    About, Applicability, Code, Diagnostic, Fix, Label, Needed, Role, Span, ValueType, enumerate,
};
use litemap::LiteMap;

use super::fields::Fields;
use super::listed::{Listed, listed, things_of};
use super::text::FromText;
use super::wrong_type::{is_constant, is_element};
use super::{Decoder, Input, level, nearest, same_but_form, traced};
use crate::option::{Choice, ChoiceInfo, Decode, Kind, Literal, OptionInfo, Options, Placeholder};
use crate::values::{BytesPerSecond, CpuCount, Mebibytes, Port, PrefixLength, Seconds};
use crate::{Node, Shape, Spanned, Text};

/// Decodes a set of options.
pub(crate) fn set<T: Options, N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<T> {
    let fields = Fields::of::<T>(input, decoder)?;
    Some(T::from_fields(fields, decoder))
}

/// Decodes a set of options, or the value of one of them that stands for the set.
pub(crate) fn set_or<T: Options, N: Node>(
    input: &Input<N>,
    form: &'static str,
    shorthand: &'static OptionInfo,
    decoder: &mut Decoder<'_>,
) -> Option<T> {
    let fields = Fields::of_union::<T>(input, form, shorthand, decoder)?;
    Some(T::from_fields(fields, decoder))
}

/// Decodes one of a few strings.
pub(crate) fn choice<T: Choice, N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<T> {
    let known = |text: &str| T::CHOICES.iter().position(|choice| choice.value == text);
    if let Some(at) = input.node.string().and_then(|text| known(&text)) {
        return Some(T::VARIANTS[at]);
    }
    let found = decoder.shape(&input.node)?;
    let Shape::String(text) = &found else {
        decoder.wrong_type(input, &found, &Kind::Choice(T::CHOICES));
        return None;
    };
    let span = input.node.span();
    let values = || T::CHOICES.iter().map(|choice| choice.value);
    let near = values().find(|value| same_but_form(value, &text.value));
    let near =
        near.or_else(|| other_word(&text.value).and_then(|word| values().find(|value| *value == word)));
    let near = near.or_else(|| nearest(&text.value, values())).or_else(|| begun(&text.value, values()));
    decoder.push(unknown_value(input, text, T::CHOICES, near, span));
    None
}

fn unknown_value<N: Node>(
    input: &Input<N>,
    text: &Text,
    choices: &[ChoiceInfo],
    near: Option<&'static str>,
    span: Span,
) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(Code::UnknownValue, span, format!("`{}` cannot be {:?}", input.path, text.value));
    diagnostic = if let Some(near) = near {
        diagnostic.labelled(format!("did you mean \"{near}\"?"))
    } else {
        let values: Vec<_> = choices.iter().map(|choice| format!("\"{}\"", choice.value)).collect();
        diagnostic.labelled(format!("expected {}", enumerate(&values, "or")))
    };
    let list: Vec<_> = choices.iter().map(|choice| format!("\"{}\": {}", choice.value, choice.doc)).collect();
    diagnostic = diagnostic.with_help(format!("the values are\n{}", list.join("\n")));
    if let Some(near) = near
        && is_literal(text, span)
    {
        // With so few values a slip of one letter leaves no doubt.
        let slip = strsim::damerau_levenshtein(&near.to_lowercase(), &text.value.to_lowercase()) <= 1;
        let sure = same_but_form(near, &text.value) || (slip && near.len() > 3);
        let applicability = if sure { Applicability::Safe } else { Applicability::Unsafe };
        diagnostic = diagnostic.with_fix(Fix { span, replacement: format!("\"{near}\""), applicability });
    }
    traced(diagnostic, &input.node, input.key)
}

/// The value that a word is the beginning of, or that begins the word: `2` for `2.0`, `virtio-net-pci` for `virtio`.
fn begun(word: &str, values: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    let word = word.to_lowercase();
    let mut longer = values.clone().filter(|value| !word.is_empty() && value.starts_with(&word));
    match (longer.next(), longer.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => {
            values.filter(|value| value.len() > 2 && word.starts_with(value)).max_by_key(|value| value.len())
        }
    }
}

/// What other programs call the values of choices.
fn other_word(value: &str) -> Option<&'static str> {
    Some(match value.to_ascii_lowercase().as_str() {
        "host-only" | "hostonly" | "private" | "internal" => "isolated",
        "masquerade" => "nat",
        "bridged" => "bridge",
        "open" | "router" => "routed",
        "legacy" | "seabios" => "bios",
        "ovmf" | "efi" => "uefi",
        "secureboot" | "secure-boot" => "uefi-secure",
        "tcg" | "emulated" => "qemu",
        "hvm" | "hardware" => "kvm",
        "ide" | "ahci" => "sata",
        "host" | "passthrough" => "host-passthrough",
        "max" => "maximum",
        "restart" | "reboot" => "reset",
        "halt" | "power-off" => "poweroff",
        "before" => "pre-activation",
        "after" => "post-activation",
        "trim" | "discard" => "unmap",
        "aio" => "native",
        "img" => "raw",
        _ => return None,
    })
}

/// Whether a string stands in the source as one literal in double quotes, so that it may be replaced as a whole.
pub(crate) fn is_literal(text: &Text, span: Span) -> bool {
    match text.segments.as_slice() {
        [only] => {
            only.span.source == span.source
                && only.span.start == span.start + 1
                && only.span.end + 1 == span.end
                && only.len == text.value.len()
        }
        _ => false,
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn kind() -> Kind {
        T::kind()
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let value = T::decode(input, decoder)?;
        let span = if T::WHOLE { input.node.span() } else { decoder.place(input) };
        Some(Self::new(value, span))
    }
}

/// Large sets of options are kept apart, so that a map of a few of them does not take the room of many.
impl<T: Decode> Decode for Box<T> {
    fn kind() -> Kind {
        T::kind()
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        T::decode(input, decoder).map(Self::new)
    }
}

impl<T: Literal> Literal for Spanned<T> {
    fn literal(&self) -> String {
        self.value.literal()
    }
}

impl Decode for bool {
    fn kind() -> Kind {
        Kind::Bool
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Bool(value) => Some(value),
            found => {
                decoder.wrong_type(input, &found, &Kind::Bool);
                None
            }
        }
    }
}

impl Literal for bool {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Decode for String {
    fn kind() -> Kind {
        Kind::Text("a string")
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        if let Some(text) = input.node.string() {
            return Some(text.into_owned());
        }
        match decoder.shape(&input.node)? {
            Shape::String(text) => Some(text.value),
            found => {
                decoder.wrong_type(input, &found, &Self::kind());
                None
            }
        }
    }
}

impl Decode for Text {
    const WHOLE: bool = true;

    fn kind() -> Kind {
        Kind::Xml
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::String(text) => Some(text),
            found => {
                decoder.wrong_type(input, &found, &Kind::Xml);
                None
            }
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn kind() -> Kind {
        Kind::List(Box::new(T::kind()))
    }

    /// Elements with mistakes are left out.
    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let found = decoder.shape(&input.node)?;
        let Shape::List(elements) = found else {
            decoder.wrong_type(input, &found, &Self::kind());
            // One value where a list belongs has its own mistakes, and so have several with names.
            let things = things_of(input, &found, T::kind().nested());
            if !things.is_empty() {
                return Some(things.iter().filter_map(|thing| T::decode(thing, decoder)).collect());
            }
            return is_element(input, &found, &T::kind()).then(|| {
                T::decode(&element(input, input.node.clone(), 0, decoder), decoder).into_iter().collect()
            });
        };
        let mut values = Self::with_capacity(elements.len());
        let mut after_function = false;
        for (index, node) in elements.into_iter().enumerate() {
            // `[ f x ]` is a list of two: what follows a function was meant for its argument.
            let is_function = node.is_function();
            if after_function && !is_function {
                continue;
            }
            after_function = is_function;
            values.extend(T::decode(&element(input, node, index, decoder), decoder));
        }
        Some(values)
    }
}

/// An element of a list.
fn element<N: Node>(list: &Input<N>, node: N, index: usize, decoder: &Decoder<'_>) -> Input<N> {
    let key = node.span();
    let path = decoder.path("[]", || [&list.path, "[", &index.to_string(), "]"].concat());
    Input { option: list.option, ..Input::new(node, key, path) }
}

impl<K: FromText + Ord, T: Decode> Decode for BTreeMap<K, Spanned<T>> {
    fn kind() -> Kind {
        named_kind::<K, T>()
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        named(input, decoder)
    }
}

impl<K: FromText + Ord, T: Decode> Decode for LiteMap<K, Spanned<T>> {
    fn kind() -> Kind {
        named_kind::<K, T>()
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        named(input, decoder)
    }
}

fn named_kind<K: FromText, T: Decode>() -> Kind {
    Kind::Named(K::FORM.strip_prefix("a ").unwrap_or(K::FORM), Box::new(T::kind()))
}

/// Decodes things that the user named. Entries with mistakes are left out, those with mistakes inside are kept.
fn named<K: FromText, T: Decode, N: Node, M: FromIterator<(K, Spanned<T>)>>(
    input: &Input<N>,
    decoder: &mut Decoder<'_>,
) -> Option<M> {
    let kind = T::kind();
    let (entries, is_complete) = match Fields::of_names(input, decoder) {
        Some(fields) => (fields.into_named(decoder), !input.node.is_incomplete()),
        None => {
            let Listed { named, nameless, has_others } = listed(input, kind.nested(), decoder)?;
            for thing in &nameless {
                T::decode(thing, decoder);
            }
            (named, nameless.is_empty() && !has_others)
        }
    };
    if let Some((key, _)) = entries
        .iter()
        .find(|(key, entry)| level::is_names_again(&key.name, &input.path, &entry.node, kind.nested()))
    {
        level::twice(key, decoder);
        return None;
    }
    if level::nameless(input, &entries, &kind, decoder) {
        return None;
    }
    let decoded = entries.into_iter().filter_map(|(key, entry)| {
        let name = match K::from_text(&key.name) {
            Ok(name) => Some(name),
            Err(malformed) => {
                decoder.push(malformed.of_name(&key.name, K::FORM, key.span));
                decoder.undecoded.insert(entry.path.clone().into_owned());
                None
            }
        };
        let value = T::decode(&entry, decoder);
        if value.is_none() {
            decoder.undecoded.insert(entry.path.clone().into_owned());
        }
        Some((name?, Spanned::new(value?, key.span)))
    });
    let named = decoded.collect();
    // What others refer to may be what is not there.
    is_complete.then_some(named)
}

/// In bytes.
const MEBIBYTE: i64 = 1 << 20;

/// More TiB than this nobody writes.
const MANY: i64 = 128;

/// Decodes an integer within its option's bounds and those of `T`.
pub(super) fn integer<T: TryFrom<i64>, N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<T> {
    let found = decoder.shape(&input.node)?;
    let Shape::Int(value) = found else {
        decoder.wrong_type(input, &found, &Kind::Integer);
        return None;
    };
    match input.option.and_then(|option| option.bounds) {
        Some(bounds) if value < bounds.min || value > bounds.max => {
            let unit = input
                .option
                .and_then(|option| option.unit)
                .map(|unit| format!(" {unit}"))
                .unwrap_or_default();
            // "1 second", and "1 byte per second".
            let singular = |unit: &str| unit.replacen("seconds", "second", 1).replacen("bytes", "byte", 1);
            let (limit, word) = if value < bounds.min { (bounds.min, "least") } else { (bounds.max, "most") };
            let span = input.node.span();
            let limit_unit = if limit == 1 { singular(&unit) } else { unit.clone() };
            let mut diagnostic =
                Diagnostic::new(Code::OutOfRange, span, format!("`{}` cannot be {value}", input.path))
                    .about(of_range(&input.path))
                    .labelled(format!("must be at {word} {limit}{limit_unit}"))
                    .with_note(bounds.why.to_owned());
            let in_bytes = unit == " MiB"
                && value > bounds.max
                && value % MEBIBYTE == 0
                && value / MEBIBYTE <= bounds.max;
            let scaled = if in_bytes { input.node.scaled() } else { None };
            let bytes = scaled.filter(|(_, factor)| {
                // A TiB has as many MiB as a MiB has bytes.
                let is_clear = *factor > MEBIBYTE || value / MEBIBYTE >= MANY;
                factor % MEBIBYTE == 0 && is_clear
            });
            if let Some((place, factor)) = bytes {
                let help = match factor / MEBIBYTE {
                    1 => format!("sizes are in MiB: do not multiply with {factor}"),
                    smaller => format!("sizes are in MiB: multiply with {smaller}, not with {factor}"),
                };
                diagnostic.labels.push(Label::of(place, Role::InBytes));
                diagnostic = diagnostic.with_help(help);
            } else if input.node.is_computed() || scaled.is_some() {
                diagnostic = diagnostic.with_help(format!(
                    "choose it so that the result is from {} to {}",
                    bounds.min, bounds.max
                ));
            // Somebody who thinks in bytes writes a multiple of a MiB.
            } else if in_bytes {
                diagnostic = diagnostic.with_help(format!(
                    "{value} bytes are {} MiB: write `{}`",
                    value / MEBIBYTE,
                    value / MEBIBYTE
                ));
                if input.node.written().is_none_or(|written| is_constant(&written)) {
                    diagnostic = diagnostic.with_fix(Fix {
                        span,
                        replacement: (value / MEBIBYTE).to_string(),
                        applicability: Applicability::Unsafe,
                    });
                }
            } else {
                diagnostic =
                    diagnostic.with_help(format!("write a number from {} to {}", bounds.min, bounds.max));
            }
            decoder.push(traced(diagnostic, &input.node, input.key));
            None
        }
        _ => T::try_from(value).ok(),
    }
}

/// What is wrong with a number that its option cannot have.
pub(crate) fn of_range(option: &str) -> About {
    About::Value { option: option.to_owned(), needed: Needed::InRange, found: ValueType::Integer }
}

macro_rules! number {
    ($name:ident, $inner:ty, $placeholder:expr) => {
        impl Decode for $name {
            fn kind() -> Kind {
                Kind::Integer
            }

            fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
                integer::<$inner, N>(input, decoder).map($name)
            }
        }

        impl Literal for $name {
            fn literal(&self) -> String {
                self.0.to_string()
            }
        }

        impl Placeholder for $name {
            fn placeholder(_key: Span) -> Self {
                $name($placeholder)
            }
        }
    };
}

number!(Mebibytes, u64, 1);
number!(CpuCount, u32, 1);
number!(Port, u16, 1);
number!(PrefixLength, u8, 1);
number!(Seconds, u32, 1);
number!(BytesPerSecond, u32, 1);

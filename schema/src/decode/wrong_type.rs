//! Values of the wrong type, with the way out where it can be seen what was meant.

use launchnix_diagnostics::{About, Applicability, Code, Diagnostic, Fix, Needed, Span};

use super::as_set::as_set;
use super::basic::is_literal;
use super::from_string::{elements, integer_from, prefix_from};
use super::listed::{set_in_brackets, set_of_named};
use super::text::string_literal;
use super::union::PAGE_SIZES;
use super::yaml::text_of_set;
use super::{Decoder, Input, traced};
use crate::option::{Bounds, Kind, OptionInfo};
use crate::{Node, Shape};

impl Decoder<'_> {
    /// Reports a value that is `found` where `expected` is needed.
    pub(crate) fn wrong_type<N: Node>(&mut self, input: &Input<N>, found: &Shape<N>, kind: &Kind) {
        let expected = &kind.describe();
        let made = input.node.span();
        let conversion = conversion(input, found, expected);
        let span = conversion.unwrap_or_else(|| place_to_change(input, found));
        // Paths of a machine's options start within `deployment`, which itself has an empty one.
        let path = if input.path.is_empty() {
            input.option.map_or("the file", |option| option.name)
        } else {
            &input.path
        };
        let of_modules = if matches!(found, Shape::Attrs(_)) { of_modules(&input.node) } else { None };
        let described = of_modules.unwrap_or(found.describe());
        let message = format!("`{path}` is {described}, but must be {expected}");
        let mut diagnostic = Diagnostic::new(Code::WrongType, span, message).labelled(described);
        diagnostic.about =
            Some(About::Value { option: path.to_owned(), needed: needed(kind), found: found.value_type() });
        let is_apart = |at: Span| !at.contains(made) || input.node.converted_at().is_none();
        let remedy = if conversion.is_some_and(is_apart) {
            Remedy { around: None, replacement: None, ..of_conversion(input, found, expected) }
        } else if input.node.is_computed() {
            Remedy::help(format!("choose it so that the result is {expected}"))
        } else {
            remedy(input, found)
        };
        diagnostic.help = remedy.help;
        if let Some((before, after)) = remedy.around
            && is_whole(input, found)
        {
            // A set that has a name may be used elsewhere as it is.
            let is_shared = matches!(found, Shape::Attrs(_)) && !input.node.route().is_empty();
            let applicability =
                if remedy.sure && !is_shared { Applicability::Safe } else { Applicability::Unsafe };
            let (start, end) =
                (Span::new(span.source, span.start, span.start), Span::new(span.source, span.end, span.end));
            diagnostic = diagnostic.with_fix(Fix { span: start, replacement: before, applicability });
            if !after.is_empty() {
                diagnostic = diagnostic.with_further_edit(end, after);
            }
        }
        if let Some(replacement) = remedy.replacement {
            let literal = match found {
                Shape::String(text) => is_literal(text, span) || span != made,
                // What a function computes for one call is not to be replaced for all.
                Shape::Float(_) => input.node.written().is_none_or(|written| is_constant(&written)),
                _ => remedy.whatever,
            };
            if literal {
                let applicability = if remedy.sure && span == made && !matches!(found, Shape::Float(_)) {
                    Applicability::Safe
                } else {
                    Applicability::Unsafe
                };
                diagnostic = diagnostic.with_fix(Fix { span, replacement, applicability });
            }
        }
        if span == made {
            diagnostic = traced(diagnostic, &input.node, input.key);
        } else if made.source != span.source || !span.contains(made) {
            let label = match found {
                Shape::Function => "this is the function",
                _ if conversion.is_some() => "of this",
                _ => "made here",
            };
            diagnostic = diagnostic.with_label(made, label);
        }
        // One literal may be the value of the same option of several sets.
        let name = input.option.map_or(path, |option| option.name);
        self.push_about(format!("{name}: {} for {expected}", found.describe()), diagnostic);
    }
}

/// What an option of some type needs.
fn needed(kind: &Kind) -> Needed {
    match kind {
        Kind::Bool => Needed::Bool,
        Kind::Integer => Needed::Integer,
        Kind::Text(_) | Kind::Xml | Kind::Choice(_) => Needed::Text,
        Kind::File | Kind::FileOrFetch => Needed::File,
        Kind::List(_) => Needed::List,
        Kind::Set(_) | Kind::Named(..) => Needed::Set,
        Kind::SetOr(form, ..) | Kind::Union(form, _) => Needed::OneOf(form),
        Kind::Module => Needed::Module,
        Kind::Nixpkgs => Needed::Nixpkgs,
    }
}

/// Whether an expression has nothing in it but numbers.
pub(super) fn is_constant(written: &str) -> bool {
    !written.contains(|letter: char| letter.is_alphabetic() && letter != 'e' && letter != 'E')
}

/// The expression that made a value what it should not be, of one that stands elsewhere: `toString`, or arithmetic where no
/// number is needed.
fn conversion<N: Node>(input: &Input<N>, found: &Shape<N>, expected: &str) -> Option<Span> {
    match found {
        Shape::String(text) => input
            .node
            .converted_at()
            .or_else(|| input.node.used().filter(|_| is_unread(input, &text.value, expected))),
        Shape::Int(_) | Shape::Float(_) if !takes_number(expected) => input.node.computed_at(),
        _ => None,
    }
}

/// Whether a string is cut out of a text, and is what is needed once it is read.
fn is_unread<N: Node>(input: &Input<N>, text: &str, expected: &str) -> bool {
    let is_cut = || input.node.written().is_some_and(|written| written == text);
    let is_needed = takes_number(expected) && text.parse::<i64>().is_ok()
        || expected.contains("`true`") && matches!(text, "true" | "false");
    is_needed && input.node.converted_at().is_none() && is_cut()
}

fn takes_number(expected: &str) -> bool {
    expected.contains("integer") || expected.contains("number")
}

/// What to do about an expression that makes a value of the wrong type.
fn of_conversion<N: Node>(input: &Input<N>, found: &Shape<N>, expected: &str) -> Remedy {
    match found {
        Shape::String(text) if is_unread(input, &text.value, expected) => {
            Remedy::help("`builtins.fromJSON` reads what the text says")
        }
        Shape::String(_) if takes_number(expected) || expected.contains("`true`") => {
            Remedy::help("leave out `toString`, which makes a string of the value")
        }
        Shape::Int(_) | Shape::Float(_) if expected.contains("string") => {
            Remedy::help("`toString` makes a string of a number")
        }
        _ => remedy(input, found),
    }
}

/// Where a value is to be changed: where a function is used that should be called.
fn place_to_change<N: Node>(input: &Input<N>, found: &Shape<N>) -> Span {
    let made = input.node.span();
    let Some(used) = input.node.used() else { return made };
    let is_to_change = match found {
        Shape::Function => true,
        Shape::Attrs(_) => of_modules(&input.node).is_some(),
        _ => false,
    };
    if is_to_change { used } else { made }
}

/// What a set is that the functions of NixOS modules make to give a value a priority or a condition.
pub(super) fn of_modules<N: Node>(node: &N) -> Option<&'static str> {
    Some(match &*node.attribute("_type")?.string()? {
        "override" => "a value with a priority",
        "order" => "a value with an order",
        "if" => "a value with a condition",
        "merge" => "several values to merge",
        _ => return None,
    })
}

#[derive(Default)]
pub(super) struct Remedy {
    help: Option<String>,
    replacement: Option<String>,
    /// What to add before and after the value.
    around: Option<(String, String)>,
    sure: bool,
    /// Whether the value may be replaced however it is written.
    whatever: bool,
}

impl Remedy {
    pub(super) fn help(help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..Self::default() }
    }

    pub(super) fn write(replacement: String, sure: bool) -> Self {
        Self {
            help: Some(format!("write `{replacement}`")),
            replacement: Some(replacement),
            sure,
            ..Self::default()
        }
    }

    pub(super) fn around(help: impl Into<String>, before: &str, after: &str, sure: bool) -> Self {
        let around = Some((before.to_owned(), after.to_owned()));
        Self { help: Some(help.into()), around, sure, ..Self::default() }
    }

    fn replaced(mut self) -> Self {
        self.whatever = true;
        self
    }
}

/// Whether a value stands in the source as it is, so that something may be put around it.
pub(super) fn is_whole<N: Node>(input: &Input<N>, found: &Shape<N>) -> bool {
    if let Shape::String(text) = found {
        return is_literal(text, input.node.span());
    }
    let Some(written) = input.node.written() else { return false };
    match found {
        Shape::Attrs(_) => written.starts_with('{') && written.ends_with('}') && !written.contains("//"),
        Shape::Int(value) => written == value.to_string(),
        Shape::Float(_) => written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
        Shape::Path(_) => written.starts_with(['.', '/', '~']) && !written.contains(char::is_whitespace),
        _ => false,
    }
}

/// One of a few strings that looks like a number, without its quotes.
fn quoted_choice<N: Node>(input: &Input<N>, kind: &Kind, found: &Shape<N>) -> Option<Remedy> {
    let (Kind::Choice(choices), Shape::Float(_) | Shape::Int(_)) = (kind, found) else { return None };
    let written = input.node.written()?;
    if choices.iter().any(|choice| choice.value == written) {
        let help = format!("put it in quotes: `\"{written}\"`");
        return Some(Remedy::around(help, "\"", "\"", true));
    }
    let whole = choices.iter().find(|choice| choice.value.strip_suffix(".0") == Some(&written))?;
    Some(Remedy::write(format!("\"{}\"", whole.value), true).replaced())
}

/// What is so instead of what the functions of NixOS modules say.
pub(super) const FOR_MODULES: &str = "`mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value \
                                      goes before that of `defaults`";

/// What to write instead.
fn remedy<N: Node>(input: &Input<N>, found: &Shape<N>) -> Remedy {
    if matches!(found, Shape::Attrs(_)) && of_modules(&input.node).is_some() {
        return Remedy::help(FOR_MODULES);
    }
    if let Some(remedy) = as_set(input, found) {
        return remedy;
    }
    let Some(option) = input.option else { return machine(input, found) };
    // For a list's element the option's kind is the list's.
    let in_list = input.path.ends_with(']');
    let kind = match (option.kind)() {
        Kind::List(element) if in_list => *element,
        kind => kind,
    };
    // Whoever says anything of a device wants it.
    let is_off = matches!(kind, Kind::SetOr(..)) && option.example == "false";
    let example =
        format!("for example `{} = {};`", option.name, if is_off { "true" } else { option.example });
    // What is said of numbers is said of the one that stands for the set.
    let numbers = match kind {
        Kind::SetOr(_, shorthand, _) if option.unit.is_none() => shorthand,
        _ => option,
    };
    let instead = one_for_several(&kind, found).or_else(|| nested_value(option, &kind, found));
    if let Some(remedy) = instead.or_else(|| text_of_set(option, &kind, found)) {
        return remedy;
    }
    let kind = simple(kind, found);
    let in_brackets = || set_in_brackets(option, &kind, found);
    if let Some(remedy) = quoted_choice(input, &kind, found).or_else(in_brackets) {
        return remedy;
    }
    match (&kind, found) {
        (Kind::Integer, Shape::String(_) | Shape::Float(_)) => whole_number(option, numbers, found, &example),
        (Kind::Bool, Shape::String(text)) => match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Remedy::write("true".into(), true),
            "false" | "no" | "off" | "0" => Remedy::write("false".into(), true),
            word => {
                let is_off = matches!(word, "" | "none" | "never" | "null" | "disabled" | "disable");
                Remedy::help(format!("for example `{} = {};`", option.name, !is_off))
            }
        },
        (Kind::Choice(_), Shape::Bool(is_on)) => match switched(option, &kind, *is_on) {
            Some(value) => Remedy::write(format!("\"{value}\""), false).replaced(),
            None => Remedy::help(example),
        },
        (Kind::Bool, Shape::Int(value @ (0 | 1))) => {
            Remedy::write((if *value == 1 { "true" } else { "false" }).into(), true).replaced()
        }
        (_, Shape::Null) => Remedy::help(format!("give it a value, {example}")),
        (Kind::List(element), found) if !matches!(found, Shape::Function) => {
            list_of(input, option.name, element, found, &example)
        }
        (
            Kind::Integer | Kind::Bool | Kind::Text(_) | Kind::Choice(_) | Kind::File,
            Shape::List(elements),
        ) if elements.len() == 1 && elements[0].written().is_some() => {
            only_element(input, &kind, &elements[0])
        }
        (Kind::Named(..), Shape::List(items)) if items.first().is_some_and(is_pair) => Remedy::around(
            "make a set of the pairs with `builtins.listToAttrs`",
            "builtins.listToAttrs (",
            ")",
            true,
        ),
        (Kind::Named(..), Shape::List(items)) => Remedy::help(match set_of_named(items) {
            Some(set) => format!("write a set in which each has a name: `{} = {set};`", option.name),
            None => format!("write a set in which each has a name, {example}"),
        }),
        (Kind::Xml, Shape::Path(_)) => {
            Remedy::around("read the file with `builtins.readFile`", "builtins.readFile ", "", true)
        }
        // Quotes do not make an address of a number.
        (Kind::Text(form), Shape::Int(last @ 1..=254)) if form.contains("IP address") => {
            let address = format!("\"10.20.0.{last}\"");
            let value = if in_list { format!("[ {address} ]") } else { address };
            Remedy::help(format!(
                "write the whole address in quotes, for example `{} = {value};`",
                option.name
            ))
        }
        // `1.4` is a number to Nix.
        (Kind::Text(form), Shape::Float(_)) if form.contains("USB device") => {
            Remedy::around("put it in quotes", "\"", "\"", true)
        }
        (Kind::Text(form), Shape::Int(_)) if !can_be_digits(form) => Remedy::help(example),
        (Kind::Text(_), Shape::Int(value)) => {
            Remedy::around(format!("put it in quotes: `\"{value}\"`"), "\"", "\"", false)
        }
        (Kind::Text(_), Shape::Path(_)) => {
            Remedy::around("write a string: put it in quotes", "\"", "\"", false)
        }
        (Kind::Module, Shape::String(text)) if text.value.starts_with(['.', '/']) => {
            Remedy::write(text.value.clone(), true)
        }
        (Kind::File, Shape::Fetch(_)) => Remedy::help("name a file of this machine"),
        (_, Shape::Function) if in_list => Remedy::help(
            "a call in a list stands in parentheses: `[ (f x) ]`; else call the function with its arguments",
        ),
        (_, Shape::Function) => Remedy::help(format!("call the function with its arguments; {example}")),
        _ => Remedy::help(example),
    }
}

/// What to write instead of what is no integer.
fn whole_number<N: Node>(
    option: &OptionInfo,
    numbers: &OptionInfo,
    found: &Shape<N>,
    example: &str,
) -> Remedy {
    let unit = numbers.unit;
    match found {
        Shape::String(text) if option.name == "prefix" && prefix_from(&text.value).is_some() => {
            Remedy::write(prefix_from(&text.value).unwrap_or_default().to_string(), true)
        }
        Shape::String(text) => integer_from(&text.value, unit).map_or_else(
            || Remedy::help(unit_help(unit, example)),
            |(value, sure)| number(option, numbers, &text.value, (value, sure)),
        ),
        // Nobody has 4.5 MiB of memory.
        Shape::Float(value) if unit == Some("MiB") && (0.0..64.0).contains(value) => {
            let mebibytes = format!("{:.0}", (value * 1024.0).ceil());
            let help = format!("`{}` is in MiB: {value} GiB are `{mebibytes}`", option.name);
            Remedy { help: Some(help), ..Remedy::write(mebibytes, false) }
        }
        Shape::Float(value) => {
            let whole = value.round();
            let up = if (value - whole).abs() < f64::EPSILON { whole } else { value.ceil() };
            let is_outside = |bounds: &Bounds| {
                format!("{up:.0}").parse::<i64>().is_ok_and(|up| !(bounds.min..=bounds.max).contains(&up))
            };
            if let Some(bounds) = numbers.bounds.filter(is_outside) {
                return Remedy::help(within(bounds));
            }
            // Only what an integer holds exactly; 2^53 is the first gap of doubles.
            if whole.abs() < 9_007_199_254_740_992.0 {
                Remedy::write(format!("{up:.0}"), (value - whole).abs() < f64::EPSILON)
            } else {
                Remedy::help(unit_help(unit, example))
            }
        }
        _ => Remedy::help(example),
    }
}

/// Whether a string of a form can have nothing but digits.
fn can_be_digits(form: &str) -> bool {
    !["address", "path", "URI", "network such as", "device"].iter().any(|word| form.contains(word))
}

/// One value in a list, where a list or a set of them is needed.
fn one_for_several<N: Node>(kind: &Kind, found: &Shape<N>) -> Option<Remedy> {
    let Kind::Union(_, kinds) = kind else { return None };
    let is_list_of_text =
        |kind: &Kind| matches!(kind, Kind::List(element) if matches!(**element, Kind::Text(_)));
    if !kinds.iter().any(is_list_of_text) {
        return None;
    }
    match found {
        Shape::Int(value) => {
            Some(Remedy::around(format!("put it in a list: `[ \"{value}\" ]`"), "[ \"", "\" ]", false))
        }
        Shape::String(text) => Some(Remedy::around(
            format!("put it in a list: `[ {} ]`", string_literal(&text.value)),
            "[ ",
            " ]",
            false,
        )),
        _ => None,
    }
}

/// The value of an option within the set, where one value stands for the set.
fn nested_value<N: Node>(option: &OptionInfo, kind: &Kind, found: &Shape<N>) -> Option<Remedy> {
    let Kind::SetOr(_, alone, options) = kind else { return None };
    let others = || options.iter().filter(|inner| inner.name != alone.name);
    let (inner, value) = match found {
        Shape::String(text) => match range(&text.value)
            .filter(|_| others().any(|inner| inner.name == "start"))
        {
            Some((start, end)) => {
                let set = format!("{{ start = {}; end = {}; }}", string_literal(start), string_literal(end));
                return Some(Remedy::write(set, false));
            }
            None => (others().find(|inner| (inner.kind)().offers(&text.value))?, string_literal(&text.value)),
        },
        // 0 and 1 are what others have for `false` and `true`.
        Shape::Int(number) if !matches!(number, 0 | 1) => {
            let is_in = |bounds: Bounds| (bounds.min..=bounds.max).contains(number);
            (others().find(|inner| inner.bounds.is_some_and(is_in))?, number.to_string())
        }
        _ => return None,
    };
    let (before, after) = (format!("{{ {} = ", inner.name), "; }");
    let help = format!("write `{} = {before}{value}{after};`", option.name);
    Some(Remedy::around(help, &before, after, false))
}

/// The two ends of a range of addresses in one string: `10.20.0.100-10.20.0.199`.
fn range(text: &str) -> Option<(&str, &str)> {
    let (start, end) = text.split_once(['-', ',', ' '])?;
    let end = end.trim_start_matches(|letter: char| !letter.is_ascii_hexdigit());
    let is_address = |text: &str| text.parse::<std::net::IpAddr>().is_ok();
    Some((start.trim(), end.trim())).filter(|(start, end)| is_address(start) && is_address(end))
}

/// What an option that takes one of a few strings has for `true` and `false`.
fn switched(option: &OptionInfo, kind: &Kind, is_on: bool) -> Option<&'static str> {
    let value = match (option.name, is_on) {
        ("discard", true) => "unmap",
        ("discard", false) => "ignore",
        ("graphics" | "type", true) => "vnc",
        (_, false) => "none",
        _ => return None,
    };
    kind.offers(value).then_some(value)
}

/// The only element of a list, where one value is needed: as what it should be.
fn only_element<N: Node>(input: &Input<N>, kind: &Kind, only: &N) -> Remedy {
    let not_a_list = |help: String| format!("it takes one value, not a list: {help}");
    let written = only.written().unwrap_or_default();
    let Ok(found) = only.shape() else { return Remedy::default() };
    if kind.takes(&found) {
        let remedy = Remedy::write(written, false).replaced();
        return Remedy { help: remedy.help.map(not_a_list), ..remedy };
    }
    if matches!(found, Shape::List(_)) {
        return Remedy::help(not_a_list("write the value alone".into()));
    }
    let inner = remedy(&Input { node: only.clone(), beneath: Vec::new(), ..input.clone() }, &found);
    let Remedy { help, replacement, .. } = inner;
    Remedy { help: help.map(not_a_list), replacement, whatever: true, ..Remedy::default() }
}

/// What to write instead of a string that means a number, which may be one that the option cannot have.
fn number(option: &OptionInfo, numbers: &OptionInfo, text: &str, (value, sure): (u64, bool)) -> Remedy {
    let named = |help: String| match numbers.unit {
        Some(unit) => format!("`{}` is in {unit}: {help}", option.name),
        None => help,
    };
    let signed = i64::try_from(value).unwrap_or(i64::MAX);
    if let Some(bounds) = numbers.bounds.filter(|bounds| !(bounds.min..=bounds.max).contains(&signed)) {
        let mebibytes = value >> 20;
        let has_unit = text.contains(char::is_alphabetic);
        let is_in_bytes =
            numbers.unit == Some("MiB") && !has_unit && signed > bounds.max && value % (1 << 20) == 0;
        if is_in_bytes && i64::try_from(mebibytes).is_ok_and(|size| size <= bounds.max) {
            let help = named(format!("{value} bytes are {mebibytes} MiB: write `{mebibytes}`"));
            return Remedy { help: Some(help), ..Remedy::write(mebibytes.to_string(), false) };
        }
        return Remedy::help(named(within(bounds)));
    }
    if option.name == "hugepages" {
        if !PAGE_SIZES.contains(&signed) {
            return Remedy::help(named("write `2` or `1024`".into()));
        }
    } else if numbers.unit == Some("MiB") && value < 64 && !text.contains(char::is_alphabetic) {
        // So few MiB are of no use to anybody.
        let mebibytes = (value * 1024).to_string();
        let help = named(format!("{value} GiB are `{mebibytes}`"));
        return Remedy { help: Some(help), ..Remedy::write(mebibytes, false) };
    }
    let help = named(format!("write `{value}`"));
    Remedy { help: Some(help), ..Remedy::write(value.to_string(), sure) }
}

fn within(bounds: Bounds) -> String {
    format!("write a whole number from {} to {} without quotes", bounds.min, bounds.max)
}

/// The way out for what is no option's value: a machine, or the set of them.
fn machine<N: Node>(input: &Input<N>, found: &Shape<N>) -> Remedy {
    match (found, &*input.path) {
        (Shape::Function, path) if path.starts_with("machines.") => Remedy::help(
            "a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and \
             another function has to be called",
        ),
        (Shape::Function, _) => Remedy::help("call the function with its arguments"),
        (Shape::Null, path) if path.contains('.') => {
            Remedy::help(format!("remove it, or write a set: `{path} = {{ … }};`"))
        }
        (Shape::List(_), "machines") => {
            Remedy::help("give each machine a name: `machines = { web = { deployment = { … }; }; };`")
        }
        (Shape::Path(_), path) if path.starts_with("machines.") => {
            let written = input.node.written().unwrap_or_default();
            let help = format!("write `import {written}` for what the file holds");
            Remedy::around(help, "import ", "", false)
        }
        (_, path) if path.starts_with("machines") => {
            Remedy::help("a machine is `{ deployment = { … }; machine = …; }`")
        }
        _ => Remedy::default(),
    }
}

/// Whether it is `{ name = …; value = …; }`.
fn is_pair<N: Node>(node: &N) -> bool {
    node.attribute("name").is_some() && node.attribute("value").is_some()
}

/// Whether a value is most likely meant as the one element of a list.
pub(super) fn is_element<N: Node>(input: &Input<N>, found: &Shape<N>, element: &Kind) -> bool {
    let Some(option) = input.option else { return false };
    let is_several = matches!(found, Shape::String(text) if elements(option.name, &text.value).is_some());
    let is_of_modules = matches!(found, Shape::Attrs(_)) && of_modules(&input.node).is_some();
    let is_value = !matches!(found, Shape::Null | Shape::Function | Shape::List(_));
    is_value && !is_empty(found) && !is_several && !is_of_modules && fits(element, found)
}

/// Whether a value is a string of nothing, which stands for no value.
fn is_empty<N: Node>(found: &Shape<N>) -> bool {
    matches!(found, Shape::String(text) if text.value.trim().is_empty())
}

/// Whether a value is what the elements of a list are.
fn fits<N: Node>(element: &Kind, found: &Shape<N>) -> bool {
    match found {
        Shape::Attrs(attributes) => attributes
            .clone()
            .any(|field| element.nested().iter().any(|option| option.name == field.name.as_ref())),
        found => element.takes(found),
    }
}

/// What to write instead of one value where a list of them is needed.
fn list_of<N: Node>(input: &Input<N>, name: &str, element: &Kind, found: &Shape<N>, example: &str) -> Remedy {
    if is_empty(found) {
        let is_needed = input.option.is_some_and(|option| option.required);
        let none = if is_needed { "" } else { "a list of none is `[ ]`; " };
        return Remedy::help(format!("{none}{example}"));
    }
    let fits = fits(element, found);
    if let Shape::String(text) = found
        && fits
        && let Some(list) = elements(name, &text.value)
    {
        let help = format!("write each as an element of a list: `{name} = {list};`");
        return Remedy { help: Some(help), ..Remedy::write(list, false) };
    }
    if fits {
        let help = match found {
            Shape::String(text) => {
                format!("put it in a list: `{name} = [ {} ];`", string_literal(&text.value))
            }
            _ => "put it in a list: `[ … ]`".into(),
        };
        return Remedy::around(help, "[ ", " ]", true);
    }
    let one = Input { path: format!("{}[0]", input.path).into(), ..input.clone() };
    match as_set(&one, found) {
        Some(Remedy { around: Some((before, after)), help, .. }) => {
            let help = help.unwrap_or_default().replacen('`', "`[ ", 1);
            let help = format!("{} ]`", help.trim_end_matches('`'));
            Remedy::around(help, &format!("[ {before}"), &format!("{after} ]"), false)
        }
        Some(Remedy { replacement: Some(one), .. }) => Remedy::write(format!("[ {one} ]"), false),
        _ if has_names(found) => {
            Remedy::help(format!("leave out the names, and write a list of what they have, {example}"))
        }
        _ => Remedy::help(format!("put it in a list, {example}")),
    }
}

/// Whether a value is a set of sets.
fn has_names<N: Node>(found: &Shape<N>) -> bool {
    let Shape::Attrs(attributes) = found else { return false };
    attributes.len() > 0 && attributes.clone().all(|field| matches!(field.value.shape(), Ok(Shape::Attrs(_))))
}

/// Of the types that a value could have, the one that it most likely was meant to have.
fn simple<N: Node>(kind: Kind, found: &Shape<N>) -> Kind {
    match kind {
        Kind::SetOr(_, shorthand, _) => (shorthand.kind)(),
        Kind::Union(form, kinds) => {
            let wanted = |kind: &Kind| match found {
                Shape::String(text) if text.value.starts_with(|c: char| c.is_ascii_digit()) => {
                    matches!(kind, Kind::Integer)
                }
                Shape::String(_) => matches!(kind, Kind::Bool),
                Shape::Float(_) => matches!(kind, Kind::Integer),
                _ => false,
            };
            let at = kinds.iter().position(wanted);
            at.map_or(Kind::Text(form), |at| kinds[at].clone())
        }
        kind => kind,
    }
}

fn unit_help(unit: Option<&str>, example: &str) -> String {
    match unit {
        Some(unit) => format!("write the number of {unit} without quotes, {example}"),
        None => format!("write the number without quotes, {example}"),
    }
}

//! Decoding of options whose value is of one of a few types.

use std::collections::BTreeMap;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix};

use super::basic::{integer, of_range};
use super::fields::Fields;
use super::{Decoder, FromText, Input, from_text, must_exist, traced, yaml};
use crate::option::{Decode, Kind, Placeholder};
use crate::options::{HugePages, Vsock};
use crate::values::{Content, CpuSet, Mebibytes, Pinning, UserFile, WrittenAs, looks_like_a_path};
use crate::{Node, Shape, Spanned, Text};

/// Sizes of large pages that x86-64 has, in MiB.
pub(super) const PAGE_SIZES: [i64; 2] = [2, 1024];

impl Decode for HugePages {
    fn kind() -> Kind {
        Kind::Union("`true`, `false` or the size of the pages in MiB", vec![Kind::Bool, Kind::Integer])
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Bool(false) => Some(Self::Off),
            Shape::Bool(true) => Some(Self::Usual),
            Shape::Int(size) if PAGE_SIZES.contains(&size) => {
                Some(Self::Size(Mebibytes(u64::try_from(size).unwrap_or(2))))
            }
            Shape::Int(size) => {
                let span = input.node.span();
                let message = format!("`{}` cannot be {size}", input.path);
                let mut diagnostic = Diagnostic::new(Code::OutOfRange, span, message)
                    .about(of_range(&input.path))
                    .labelled("must be 2 or 1024 MiB")
                    .with_note("x86-64 has large pages of 2 MiB and of 1 GiB")
                    .with_help("write `2` or `1024`, or `true` for what the hypervisor prefers");
                // Kernels name the sizes in KiB (`hugepages-2048kB`), and some people think in bytes.
                for size in [size / 1024, size >> 20] {
                    if PAGE_SIZES.contains(&size) {
                        diagnostic = diagnostic.with_fix(Fix {
                            span,
                            replacement: size.to_string(),
                            applicability: Applicability::Unsafe,
                        });
                    }
                }
                decoder.push(traced(diagnostic, &input.node, input.key));
                None
            }
            found => {
                decoder.wrong_type(input, &found, &Self::kind());
                None
            }
        }
    }
}

impl Decode for Vsock {
    fn kind() -> Kind {
        Kind::Union("`true`, `false` or a context ID", vec![Kind::Bool, Kind::Integer])
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        match decoder.shape(&input.node)? {
            Shape::Bool(false) => Some(Self::Off),
            Shape::Bool(true) => Some(Self::Auto),
            Shape::Int(_) => integer::<u32, N>(input, decoder).map(Self::Cid),
            found => {
                decoder.wrong_type(input, &found, &Self::kind());
                None
            }
        }
    }
}

/// A CPU of the hypervisor, or several.
impl Decode for Pinning {
    fn kind() -> Kind {
        let form = "a list of CPUs of the hypervisor, or a set of them by the numbers of the virtual CPUs";
        let set = || Kind::Text(<CpuSet as FromText>::FORM);
        Kind::Union(
            form,
            vec![Kind::List(Box::new(set())), Kind::Named("virtual CPU's number", Box::new(set()))],
        )
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        let mut pinned = BTreeMap::new();
        match decoder.shape(&input.node)? {
            Shape::List(elements) => {
                for (index, node) in elements.into_iter().enumerate() {
                    let key = node.span();
                    let path = format!("{}[{index}]", input.path);
                    let element = Input { option: input.option, ..Input::new(node, key, path) };
                    if let Some(set) = cpu_set(&element, decoder) {
                        pinned.insert(u32::try_from(index).unwrap_or(u32::MAX), set);
                    }
                }
            }
            Shape::Attrs(_) => {
                for (key, entry) in Fields::of_names(input, decoder)?.into_named(decoder) {
                    let number = key.name.parse::<u32>().ok().filter(|number| number.to_string() == key.name);
                    let entry = Input { option: input.option, ..entry };
                    let set = cpu_set(&entry, decoder);
                    let Some(number) = number else {
                        let message = format!("{:?} is not the number of a virtual CPU", key.name);
                        decoder.push(
                            Diagnostic::new(Code::Malformed, key.span, message)
                                .labelled("virtual CPUs are numbered from 0")
                                .with_help("for example `pin = { \"0\" = \"2-3\"; };`"),
                        );
                        continue;
                    };
                    // A number that the machine does not have is what is to be changed.
                    pinned.extend(set.map(|set| (number, Spanned::new(set.value, key.span))));
                }
            }
            found => {
                decoder.wrong_type(input, &found, &Self::kind());
                return None;
            }
        }
        Some(Self(pinned))
    }
}

/// `"2-3"`, or `2` for one CPU.
fn cpu_set<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Spanned<CpuSet>> {
    let span = input.node.span();
    if let Ok(Shape::Int(cpu)) = input.node.shape() {
        if let Some(set) = CpuSet::one(cpu) {
            return Some(Spanned::new(set, span));
        }
        let diagnostic = Diagnostic::new(Code::OutOfRange, span, format!("the hypervisor has no CPU {cpu}"))
            .labelled("CPUs are numbered from 0")
            .with_help("`virsh nodeinfo` says how many the hypervisor has");
        decoder.push(traced(diagnostic, &input.node, input.key));
        return None;
    }
    from_text(input, decoder).map(|set| Spanned::new(set, span))
}

impl Decode for Content {
    fn kind() -> Kind {
        Kind::Union("a text, or a file that holds it", vec![Kind::Text("a text"), Kind::File])
    }

    fn decode<N: Node>(input: &Input<N>, decoder: &mut Decoder<'_>) -> Option<Self> {
        if let Ok(Shape::String(text)) = input.node.shape()
            && !looks_like_a_path(&text.value)
        {
            yaml::check(&text, false, input, decoder);
            return Some(Self::Text(text.value));
        }
        let found = decoder.shape(&input.node)?;
        if !matches!(found, Shape::String(_) | Shape::Path(_)) {
            decoder.wrong_type(input, &found, &Self::kind());
            return None;
        }
        let file = UserFile::decode(input, decoder)?;
        let span = input.node.span();
        if !must_exist(&input.path, &file, span, decoder) {
            return None;
        }
        let content = decoder.context.sources.read(file.absolute.as_ref()?);
        let complaint = match content.map(String::from_utf8) {
            Ok(Ok(text)) => {
                let text = Text::plain(text);
                yaml::check(&text, true, input, decoder);
                return Some(Self::File { file, text: text.value });
            }
            Ok(Err(_)) => "is not text in UTF-8".to_owned(),
            Err(error) => format!("cannot be read: {}", error.kind()),
        };
        let message = format!("the file of `{}` {complaint}", input.path);
        decoder.push(Diagnostic::new(Code::UnreadableFile, span, message).labelled("cannot be used"));
        None
    }
}

impl Placeholder for UserFile {
    fn placeholder(_key: launchnix_diagnostics::Span) -> Self {
        Self { written: String::new(), form: WrittenAs::String, absolute: None }
    }
}

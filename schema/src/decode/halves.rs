//! What other programs say with two options, and we with one: `vendor` and `product` of a USB device.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::{Decoder, same_but_form, string_literal};
use crate::option::OptionInfo;
use crate::{Node, Shape};

/// Two words for one option.
struct Halves {
    option: &'static str,
    /// Another option of the set, to tell it from those that have an option of this name as well.
    beside: &'static str,
    first: &'static [&'static str],
    second: &'static [&'static str],
    between: char,
}

const ALL: &[Halves] = &[
    Halves {
        option: "id",
        beside: "optional",
        first: &["vendor", "vendorId", "idVendor", "vid"],
        second: &["product", "productId", "idProduct", "pid"],
        between: ':',
    },
    Halves {
        option: "id",
        beside: "optional",
        first: &["bus"],
        second: &["device", "dev", "port"],
        between: '.',
    },
];

/// Reports two attributes of a set that are halves of one option. Returns their names and the option.
pub(super) fn report<N: Node>(
    node: &N,
    others: &[(&str, Span, &N)],
    options: &'static [OptionInfo],
    decoder: &mut Decoder<'_>,
) -> Option<([String; 2], &'static str)> {
    let is_here = |name: &str| options.iter().any(|option| option.name == name);
    let find =
        |words: &[&str]| others.iter().find(|(name, ..)| words.iter().any(|word| same_but_form(word, name)));
    ALL.iter().filter(|halves| is_here(halves.option) && is_here(halves.beside)).find_map(|halves| {
        let (first, second) = (find(halves.first)?, find(halves.second)?);
        let option = halves.option;
        let message = format!("there are no options `{}` and `{}`", first.0, second.0);
        let mut diagnostic = Diagnostic::new(Code::UnknownOption, first.1, message)
            .labelled(format!("both are one option, `{option}`"))
            .with_label(second.1, "and this");
        let is_all = others.len() == 2 && matches!(node.shape(), Ok(Shape::Attrs(all)) if all.len() == 2);
        match half(first.2, halves.between).zip(half(second.2, halves.between)) {
            Some((first, second)) => {
                let id = string_literal(&format!("{first}{}{second}", halves.between));
                let binding = format!("{option} = {id};");
                let whole = if is_all { format!("{{ {binding} }}") } else { binding };
                diagnostic = diagnostic.with_help(format!("write `{whole}`"));
                if is_all && node.written().is_some_and(|written| written.starts_with('{')) {
                    diagnostic = diagnostic.with_fix(Fix {
                        span: node.span(),
                        replacement: whole,
                        applicability: Applicability::Unsafe,
                    });
                }
            }
            None => {
                let example =
                    options.iter().find(|known| known.name == option).map_or("…", |known| known.example);
                diagnostic =
                    diagnostic.with_help(format!("write both in one string: `{option} = {example};`"));
            }
        }
        decoder.push_about("halves".to_owned(), diagnostic);
        Some(([first.0.to_owned(), second.0.to_owned()], option))
    })
}

/// A half as it stands in the whole. Of a number nobody knows whether it is meant to be hexadecimal.
fn half<N: Node>(node: &N, between: char) -> Option<String> {
    match node.shape().ok()? {
        Shape::String(text) => Some(text.value.trim_start_matches("0x").to_owned()),
        Shape::Int(number) if between == '.' => Some(number.to_string()),
        _ => None,
    }
}

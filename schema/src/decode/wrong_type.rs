//! Values of the wrong type, with the way out where it can be seen what was meant.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix};

use super::basic::is_literal;
use super::{Decoder, Input, traced};
use crate::option::Kind;
use crate::{Node, Shape};

impl Decoder<'_> {
    /// Reports a value that is `found` where `expected` is needed.
    pub(crate) fn wrong_type<N: Node>(&mut self, input: &Input<N>, found: &Shape<N>, expected: &str) {
        let span = input.node.span();
        // Paths of a machine's options start within `deployment`, which itself has an empty one.
        let path = if input.path.is_empty() {
            input.option.map_or("the file", |option| option.name)
        } else {
            &input.path
        };
        let message = format!("`{path}` is {}, but must be {expected}", found.describe());
        let mut diagnostic = Diagnostic::new(Code::WrongType, span, message).labelled(found.describe());
        let remedy = remedy(input, found);
        diagnostic.help = remedy.help;
        if let Some(replacement) = remedy.replacement {
            let literal = match found {
                Shape::String(text) => is_literal(text, span),
                Shape::Float(_) => true,
                _ => false,
            };
            if literal {
                let applicability = if remedy.sure && !matches!(found, Shape::Float(_)) {
                    Applicability::Safe
                } else {
                    Applicability::Unsafe
                };
                diagnostic = diagnostic.with_fix(Fix { span, replacement, applicability });
            }
        }
        self.push(traced(diagnostic, &input.node, input.key));
    }
}

#[derive(Default)]
struct Remedy {
    help: Option<String>,
    replacement: Option<String>,
    sure: bool,
}

impl Remedy {
    fn help(help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..Self::default() }
    }

    fn write(replacement: String, sure: bool) -> Self {
        Self { help: Some(format!("write `{replacement}`")), replacement: Some(replacement), sure }
    }
}

/// What to write instead.
fn remedy<N: Node>(input: &Input<N>, found: &Shape<N>) -> Remedy {
    let Some(option) = input.option else {
        return match found {
            Shape::Function => Remedy::help("call the function with its arguments"),
            _ => Remedy::default(),
        };
    };
    // For a list's element the option's kind is the list's.
    let in_list = input.path.ends_with(']');
    let kind = match (option.kind)() {
        Kind::List(element) if in_list => *element,
        kind => kind,
    };
    let example = format!("for example `{} = {};`", option.name, option.example);
    let unit = option.unit.or(match kind {
        Kind::SetOr(_, shorthand, _) => shorthand.unit,
        _ => None,
    });
    let kind = simple(kind, found);
    match (&kind, found) {
        (Kind::Integer, Shape::String(text)) => integer_from(&text.value, unit).map_or_else(
            || Remedy::help(unit_help(unit, &example)),
            |(value, sure)| {
                let mut remedy = Remedy::write(value.to_string(), sure);
                if let (Some(unit), Some(help)) = (unit, &mut remedy.help) {
                    *help = format!("`{}` is in {unit}: {help}", option.name);
                }
                remedy
            },
        ),
        (Kind::Integer, Shape::Float(value)) => {
            let whole = value.round();
            // Only what an integer holds exactly; 2^53 is the first gap of doubles.
            if whole.abs() < 9_007_199_254_740_992.0 {
                let up = if (value - whole).abs() < f64::EPSILON { whole } else { value.ceil() };
                Remedy::write(format!("{up:.0}"), (value - whole).abs() < f64::EPSILON)
            } else {
                Remedy::help(unit_help(unit, &example))
            }
        }
        (Kind::Bool, Shape::String(text)) => match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Remedy::write("true".into(), true),
            "false" | "no" | "off" | "0" => Remedy::write("false".into(), true),
            _ => Remedy::help(example),
        },
        (Kind::Bool, Shape::Int(0)) => Remedy::help("write `false`"),
        (Kind::Bool, Shape::Int(1)) => Remedy::help("write `true`"),
        (Kind::List(_), Shape::String(text)) => {
            Remedy::help(format!("put it in a list: `{} = [ {:?} ];`", option.name, text.value))
        }
        (Kind::List(_), _) => Remedy::help(format!("put it in a list, {example}")),
        (Kind::Xml, Shape::Path(_)) => Remedy::help("read the file with `builtins.readFile`"),
        (Kind::Text(_) | Kind::Choice(_), Shape::Int(value)) => {
            Remedy::help(format!("put it in quotes: `\"{value}\"`"))
        }
        (Kind::Text(_), Shape::Path(_)) => Remedy::help("write a string: put it in quotes"),
        (Kind::File, Shape::Fetch(_)) => Remedy::help("name a file of this machine"),
        (_, Shape::Function) => Remedy::help(format!("call the function with its arguments; {example}")),
        (Kind::Set(_), _) if in_list => Remedy::help(example),
        _ => Remedy::help(example),
    }
}

/// Of the types that a value could have, the one that it most likely was meant to have.
fn simple<N>(kind: Kind, found: &Shape<N>) -> Kind {
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

/// The number that a string means, and whether that is certain.
fn integer_from(text: &str, unit: Option<&str>) -> Option<(u64, bool)> {
    let text = text.trim();
    let split = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, suffix) = text.split_at(split);
    let suffix = suffix.trim();
    if suffix.is_empty() {
        return Some((number.parse().ok()?, true));
    }
    if unit != Some("MiB") {
        return None;
    }
    let bytes = unit_bytes(suffix)?;
    let value: f64 = number.parse().ok()?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "units are powers of two and ten that a double holds exactly"
    )]
    let mebibytes = value * bytes as f64 / 1_048_576.0;
    if !(0.0..=1e12).contains(&mebibytes) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked just above"
    )]
    let whole = mebibytes.ceil() as u64;
    // "4 GB" may well mean 4 GiB.
    let sure =
        (mebibytes - mebibytes.ceil()).abs() < f64::EPSILON && !suffix.to_ascii_lowercase().ends_with("gb");
    Some((whole.max(1), sure))
}

fn unit_bytes(suffix: &str) -> Option<u64> {
    Some(match suffix.to_ascii_lowercase().as_str() {
        "b" | "bytes" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        "kb" => 1000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "tb" => 1_000_000_000_000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::integer_from;

    #[test]
    fn sizes_with_units_are_understood() {
        assert_eq!(integer_from("8", None), Some((8, true)));
        assert_eq!(integer_from("4 GiB", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("4G", Some("MiB")), Some((4096, true)));
        assert_eq!(integer_from("1.5 GiB", Some("MiB")), Some((1536, true)));
        assert_eq!(integer_from("512M", Some("MiB")), Some((512, true)));
        assert_eq!(integer_from("4 GB", Some("MiB")), Some((3815, false)));
        assert_eq!(integer_from("4 GiB", None), None);
        assert_eq!(integer_from("1.2.3G", Some("MiB")), None);
        assert_eq!(integer_from("lots", Some("MiB")), None);
        assert_eq!(integer_from("99999999999999999999", None), None);
        assert_eq!(integer_from("", None), None);
    }
}

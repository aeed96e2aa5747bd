//! Values of the wrong type, with the way out where it can be seen what was meant.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::basic::is_literal;
use super::{Decoder, Input, traced};
use crate::option::Kind;
use crate::{Node, Shape};

impl Decoder<'_> {
    /// Reports a value that is `found` where `expected` is needed.
    pub(crate) fn wrong_type<N: Node>(&mut self, input: &Input<N>, found: &Shape<N>, expected: &str) {
        let made = input.node.span();
        let span = place_to_change(input, found);
        // Paths of a machine's options start within `deployment`, which itself has an empty one.
        let path = if input.path.is_empty() {
            input.option.map_or("the file", |option| option.name)
        } else {
            &input.path
        };
        let message = format!("`{path}` is {}, but must be {expected}", found.describe());
        let mut diagnostic = Diagnostic::new(Code::WrongType, span, message).labelled(found.describe());
        let remedy = if input.node.is_computed() {
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
            let label = if matches!(found, Shape::Function) { "this is the function" } else { "made here" };
            diagnostic = diagnostic.with_label(made, label);
        }
        // One literal may be the value of the same option of several sets.
        let name = input.option.map_or(path, |option| option.name);
        self.push_about(format!("{name}: {} for {expected}", found.describe()), diagnostic);
    }
}

/// Whether an expression has nothing in it but numbers.
pub(super) fn is_constant(written: &str) -> bool {
    !written.contains(|letter: char| letter.is_alphabetic() && letter != 'e' && letter != 'E')
}

/// Where a value is to be changed: where a function is used that should be called, or a number is made a string.
fn place_to_change<N: Node>(input: &Input<N>, found: &Shape<N>) -> Span {
    let made = input.node.span();
    let Some(used) = input.node.used() else { return made };
    let is_to_change = match found {
        Shape::Function => true,
        Shape::Attrs(_) => is_of_modules(input),
        Shape::String(_) => {
            let is_quoted = input.node.written().is_none_or(|written| written.starts_with(['"', '\'']));
            !is_quoted && used.contains(made)
        }
        _ => false,
    };
    if is_to_change { used } else { made }
}

/// Whether a set is what the functions of NixOS modules make that give a value a priority or a condition.
fn is_of_modules<N: Node>(input: &Input<N>) -> bool {
    let kind = input.node.attribute("_type");
    kind.and_then(|kind| kind.string().map(std::borrow::Cow::into_owned))
        .is_some_and(|kind| matches!(kind.as_str(), "override" | "order" | "if" | "merge"))
}

#[derive(Default)]
struct Remedy {
    help: Option<String>,
    replacement: Option<String>,
    /// What to add before and after the value.
    around: Option<(String, String)>,
    sure: bool,
    /// Whether the value may be replaced however it is written.
    whatever: bool,
}

impl Remedy {
    fn help(help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..Self::default() }
    }

    fn write(replacement: String, sure: bool) -> Self {
        Self {
            help: Some(format!("write `{replacement}`")),
            replacement: Some(replacement),
            sure,
            ..Self::default()
        }
    }

    fn around(help: impl Into<String>, before: &str, after: &str, sure: bool) -> Self {
        let around = Some((before.to_owned(), after.to_owned()));
        Self { help: Some(help.into()), around, sure, ..Self::default() }
    }

    fn replaced(mut self) -> Self {
        self.whatever = true;
        self
    }
}

/// Whether a value stands in the source as it is, so that something may be put around it.
fn is_whole<N: Node>(input: &Input<N>, found: &Shape<N>) -> bool {
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
    let is_one = choices.iter().any(|choice| choice.value == written);
    let help = format!("put it in quotes: `\"{written}\"`");
    is_one.then(|| Remedy::around(help, "\"", "\"", true))
}

/// The option that a bare value most likely is, where a set with options is needed: the address for an interface.
fn shorthand(path: &str) -> Option<&'static str> {
    for checks in ["healthChecks.", "preDeployChecks."] {
        if path.strip_prefix(checks).is_some_and(|rest| rest.starts_with("http[") && rest.ends_with(']')) {
            return Some("port");
        }
    }
    if path == "cloudInit" {
        return Some("userData");
    }
    let (head, rest) = path.split_once(['.', '['])?;
    if rest.contains('.') {
        return None;
    }
    Some(match head {
        "pciDevices" | "usbDevices" => "id",
        "interfaces" => "network",
        "initialDisks" => "size",
        "networks" => "subnet",
        "pools" => "path",
        _ => return None,
    })
}

/// What to write instead of a bare value where a set is needed.
fn as_set<N: Node>(input: &Input<N>, found: &Shape<N>) -> Option<Remedy> {
    if let (Some(checks), Shape::String(text)) = (input.path.strip_suffix(']'), found)
        && let Some((_, list)) = checks.split_once("Checks.")
        && list.starts_with("cmd[")
    {
        let words: Vec<_> = text.value.split_whitespace().map(|word| format!("{word:?}")).collect();
        return Some(Remedy::write(format!("{{ cmd = [ {} ]; }}", words.join(" ")), false));
    }
    if let (Some(name), Shape::Path(_)) = (input.path.strip_prefix("secrets."), found)
        && !name.contains('.')
    {
        let source = input.node.written()?;
        let after = format!("; destination = \"/var/secrets/{name}\"; }}");
        let help = format!("say where it goes: `{{ source = {source}{after}`");
        return Some(Remedy::around(help, "{ source = ", &after, false));
    }
    let whole = match found {
        Shape::String(text) if text.value.contains('\n') => "…".to_owned(),
        Shape::String(text) => format!("{:?}", text.value),
        Shape::Int(value) => value.to_string(),
        Shape::Path(_) => input.node.written()?,
        _ => return None,
    };
    let (before, after) = if input.path.starts_with("staticIPs[") && !input.path.contains('.') {
        ("{ ips = [ ".to_owned(), " ]; }")
    } else {
        (format!("{{ {} = ", shorthand(&input.path)?), "; }")
    };
    let help = format!("write `{before}{whole}{after}`");
    Some(Remedy::around(help, &before, after, false))
}

/// What to write instead.
fn remedy<N: Node>(input: &Input<N>, found: &Shape<N>) -> Remedy {
    if matches!(found, Shape::Attrs(_)) && is_of_modules(input) {
        return Remedy::help(
            "`mkForce`, `mkDefault` and the like are for NixOS modules: write the value itself; a machine's value \
             goes before that of `defaults`",
        );
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
    let example = format!("for example `{} = {};`", option.name, option.example);
    let unit = option.unit.or(match kind {
        Kind::SetOr(_, shorthand, _) => shorthand.unit,
        _ => None,
    });
    let kind = simple(kind, found);
    if let Some(remedy) = quoted_choice(input, &kind, found) {
        return remedy;
    }
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
        // Nobody has 4.5 MiB of memory.
        (Kind::Integer, Shape::Float(value)) if unit == Some("MiB") && (0.0..64.0).contains(value) => {
            let mebibytes = format!("{:.0}", (value * 1024.0).ceil());
            let help = format!("`{}` is in MiB: {value} GiB are `{mebibytes}`", option.name);
            Remedy { help: Some(help), ..Remedy::write(mebibytes, false) }
        }
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
            let only = elements[0].written().unwrap_or_default();
            let mut remedy = Remedy::write(only, false).replaced();
            remedy.help = remedy.help.map(|help| format!("it takes one value, not a list: {help}"));
            remedy
        }
        (Kind::Named(..), Shape::List(items)) if items.first().is_some_and(is_pair) => Remedy::around(
            "make a set of the pairs with `builtins.listToAttrs`",
            "builtins.listToAttrs (",
            ")",
            true,
        ),
        (Kind::Named(..), Shape::List(_)) => {
            Remedy::help(format!("write a set in which each has a name, {example}"))
        }
        (Kind::Xml, Shape::Path(_)) => {
            Remedy::around("read the file with `builtins.readFile`", "builtins.readFile ", "", true)
        }
        (Kind::Text(_) | Kind::Choice(_), Shape::Int(value)) => {
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

/// The way out for what is no option's value: a machine, or the set of them.
fn machine<N: Node>(input: &Input<N>, found: &Shape<N>) -> Remedy {
    match (found, &*input.path) {
        (Shape::Function, path) if path.starts_with("machines.") => Remedy::help(
            "a machine is `{ deployment = { … }; machine = …; }`: a NixOS module belongs to its `machine`, and \
             another function has to be called",
        ),
        (Shape::Function, _) => Remedy::help("call the function with its arguments"),
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

/// What to write instead of one value where a list of them is needed.
fn list_of<N: Node>(input: &Input<N>, name: &str, element: &Kind, found: &Shape<N>, example: &str) -> Remedy {
    let known = |attribute: crate::Field<N>| {
        element.nested().iter().any(|option| option.name == attribute.name.as_ref())
    };
    let fits = match found {
        Shape::Attrs(attributes) => attributes.clone().any(known),
        found => element.takes(found),
    };
    if fits {
        let help = match found {
            Shape::String(text) => format!("put it in a list: `{name} = [ {:?} ];`", text.value),
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
        _ => Remedy::help(format!("put it in a list, {example}")),
    }
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

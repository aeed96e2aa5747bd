//! What a person most likely meant with what the evaluator finds fault with: what other languages have at such a place,
//! and what NixOS has that a deployment has not.
//!
//! The evaluator speaks Nix's words, which name what it came upon. Here they become the words for what was written.

use std::ffi::OsStr;
use std::path::Path;

use launchnix_diagnostics::{
    About, Applicability, Code, Diagnostic, Fault, FileFault, Fix, Label, Needed, Role, SourceMap, Sources,
    Span, ValueType,
};
use launchnix_evaluator::syntax::{SyntaxKind, Tree, parse_plainly};
use launchnix_schema::{Kind, manual};

use crate::findings::groups_of_digits;
use crate::{misspelt, misused, torn};

/// Says what was meant, where that can be told.
pub(crate) fn explain(diagnostic: &mut Diagnostic, map: &SourceMap, sources: &dyn Sources) {
    if let Some(Fault::Aborted(words)) = &diagnostic.fault {
        diagnostic.message.clone_from(words);
    }
    // Division takes both kinds of numbers.
    if let Some(Fault::WrongType { needed: ValueType::Float, .. }) = diagnostic.fault {
        diagnostic.message = diagnostic.message.replacen("expected a float ", "expected a number ", 1);
    }
    if diagnostic.primary.is_some_and(|span| map.get(span.source).is_data()) {
        assertion(diagnostic, map);
        return;
    }
    let found = unquoted_address(diagnostic, map)
        || unknown_word(diagnostic, map)
        || torn::explain(diagnostic, map)
        || called(diagnostic, map)
        || one_of_many_files(diagnostic, map)
        || function_for_set(diagnostic, map)
        || assertion(diagnostic, map)
        || joined(diagnostic, map)
        || misused::explain(diagnostic, map)
        || one_of_type(diagnostic, map)
        || path_in_quotes(diagnostic, map)
        || path_for_quotient(diagnostic, map)
        || file_for_text(diagnostic, map)
        || misspelt::argument(diagnostic, map)
        || misspelt::attribute(diagnostic, map)
        || sought(diagnostic, map)
        || missing_file(diagnostic, map, sources);
    if !found {
        inherited_name(diagnostic, map);
    }
    nameless(diagnostic, map);
}

pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// `10.20.0.5`, `10.20.0.0/24`, `52:54:00:12:34:56` and `09:00.0` are made of numbers to Nix, and `046d:c52b` and `v1.2.3`
/// of several elements of a list.
fn unquoted_address(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(primary) = diagnostic.primary else { return false };
    let may_be = match diagnostic.code {
        Code::Syntax => diagnostic.message.starts_with("syntax error, unexpected ':'"),
        Code::Evaluation => matches!(&diagnostic.fault, Some(Fault::NoFunction(_))),
        Code::WrongType => matches!(
            diagnostic.about,
            Some(About::Value { found: ValueType::Float | ValueType::Path | ValueType::Integer, .. })
        ),
        Code::UndefinedVariable | Code::Malformed => true,
        _ => false,
    };
    if !may_be {
        return false;
    }
    let text = map.get(primary.source).text();
    let belongs = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | ':' | '/');
    let (before, after) = text.split_at(primary.start as usize);
    let start = before.trim_end_matches(belongs).len();
    let length = after.find(|letter| !belongs(letter)).unwrap_or(after.len());
    let end = before.len() + length;
    let written = &text[start..end];
    let address = kind_of_address(written).filter(|_| diagnostic.code != Code::Malformed);
    let of_pieces = || is_in_pieces(&text[..start], written).then(|| format!("the text `{written}`"));
    let Some(what) = address.map(str::to_owned).or_else(of_pieces) else { return false };
    let span = Span::new(primary.source, offset(start), offset(end));
    let code = if diagnostic.code == Code::Syntax { Code::Syntax } else { Code::WrongType };
    *diagnostic = Diagnostic::new(code, span, format!("{what} is not in quotes"))
        .labelled("a string is needed here")
        .with_help(format!("write `\"{written}\"`"))
        .with_fix(Fix { span, replacement: format!("\"{written}\""), applicability: Applicability::Unsafe });
    true
}

/// Whether a word outside of strings, with digits in it, is several elements of a list to Nix.
fn is_in_pieces(before: &str, written: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("");
    if !written.contains(|letter: char| letter.is_ascii_digit())
        || !written.contains(['.', ':'])
        || line.matches('"').count() % 2 == 1
        || line.contains("''")
    {
        return false;
    }
    let list = format!("[{written}]");
    let parsed = parse_plainly(&list);
    let list = parsed.root().nodes().next().filter(|_| parsed.is_valid());
    list.is_some_and(|list| list.kind() == SyntaxKind::NODE_LIST && list.nodes().count() > 1)
}

fn kind_of_address(written: &str) -> Option<&'static str> {
    let is_number = |text: &str, most: usize, radix: u32| {
        (1..=most).contains(&text.len()) && text.chars().all(|digit| digit.is_digit(radix))
    };
    let (address, prefix) = written.split_once('/').map_or((written, None), |(one, two)| (one, Some(two)));
    let octets: Vec<_> = address.split('.').collect();
    if octets.len() == 4 && octets.iter().all(|octet| is_number(octet, 3, 10)) {
        let of_network = prefix.is_some_and(|prefix| is_number(prefix, 2, 10));
        return match prefix {
            None => Some("an IP address"),
            Some(_) if of_network => Some("a network"),
            Some(_) => None,
        };
    }
    let groups: Vec<_> = written.split(':').collect();
    if groups.len() == 6 && groups.iter().all(|group| group.len() == 2 && is_number(group, 2, 16)) {
        return Some("a MAC address");
    }
    let (device, function) = written.rsplit_once('.')?;
    let parts: Vec<_> = device.split(':').collect();
    let is_pci = matches!(parts.len(), 2 | 3)
        && parts.iter().all(|part| is_number(part, 4, 16))
        && is_number(function, 1, 8);
    is_pci.then_some("a PCI address")
}

/// Words with a meaning in `bootOrder`, beside the names of disks, and names that need no declaration.
const NAMES: [&str; 4] = ["PXE", "cdrom", "boot", "default"];

/// Whether a word is one of the values that some option takes.
fn is_option_value(word: &str) -> bool {
    fn offers(kind: &Kind, word: &str) -> bool {
        match kind {
            Kind::List(inner) | Kind::Named(_, inner) => offers(inner, word),
            kind => kind.offers(word),
        }
    }
    NAMES.contains(&word) || manual::all().iter().any(|(_, option)| offers(&(option.kind)(), word))
}

/// A word that is bound nowhere: what other languages call something, or text without quotes.
fn unknown_word(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::UndefinedVariable) else {
        return false;
    };
    // Whoever knows better has said so.
    if !diagnostic.help.as_ref().is_some_and(|help| help.starts_with("bind it with")) {
        return false;
    }
    let text = map.get(span.source).text();
    let name = map.slice(span).to_owned();
    let (before, after) = (text[..span.start as usize].trim_end(), &text[span.end as usize..]);
    // `${name}` in a string, where the text itself may be meant.
    if text[..span.start as usize].ends_with("${") && after.starts_with('}') {
        let line = before.rsplit('\n').next().unwrap_or("");
        let indented = before.matches("''").count() % 2 == 1 && line.matches('"').count() % 2 == 0
            || !line.contains('"');
        let escaped = if indented { "''${" } else { "\\${" };
        diagnostic.help = diagnostic
            .help
            .take()
            .map(|help| format!("{help}; where the text itself is meant, write `{escaped}{name}}}`"));
        return true;
    }
    let replace = |replacement: &str| {
        Some(Fix { span, replacement: replacement.to_owned(), applicability: Applicability::Unsafe })
    };
    let (help, fix) = match name.as_str() {
        "yes" | "on" | "TRUE" => ("did you mean `true`?".to_owned(), replace("true")),
        "no" | "off" | "FALSE" => ("did you mean `false`?".to_owned(), replace("false")),
        "nil" | "None" | "NULL" | "Null" | "undefined" => {
            ("did you mean `null`?".to_owned(), replace("null"))
        }
        "not" if after.starts_with([' ', '(']) => ("`not` is written `!`".to_owned(), None),
        "or" => ("`or` is written `||`".to_owned(), replace("||")),
        "mod" if before.ends_with(|last: char| last.is_alphanumeric() || last == ')') => {
            ("there is no operator `mod`: the remainder of `a` and `b` is `a - a / b * b`".to_owned(), None)
        }
        "and" => ("`and` is written `&&`".to_owned(), replace("&&")),
        "pkgs" if after.starts_with(".fetchurl") => {
            ("`builtins.fetchurl` is known without `pkgs`".to_owned(), replace("builtins"))
        }
        "pkgs" | "config" => (
            format!(
                "`{name}` is an argument of the guest's module: it is known in `machine = {{ {name}, ... }}: …`"
            ),
            None,
        ),
        "lib" => (
            "`lib` is not given to a deployment: bind it with `let lib = import <nixpkgs/lib>; in`, or use \
             `builtins`"
                .to_owned(),
            None,
        ),
        _ => {
            let after = after.trim_start();
            let is_value = before.ends_with('=') && !before.ends_with("==") && after.starts_with(';')
                || before.ends_with('[')
                || after.starts_with(']');
            if !is_value {
                return false;
            }
            let is_text = is_option_value(&name) || name.contains('-');
            let help = if is_text {
                format!("text stands in quotes: write `\"{name}\"`")
            } else {
                format!("bind it with `let {name} = …; in`, or put it in quotes if it is text")
            };
            (help, replace(&format!("\"{name}\"")).filter(|_| is_text))
        }
    };
    diagnostic.help = Some(help);
    diagnostic.fix = fix;
    true
}

/// The expression at a place, as a tree of its own text.
pub(crate) fn with_tree<T>(
    span: Span,
    map: &SourceMap,
    read: impl FnOnce(Tree<'_>) -> Option<T>,
) -> Option<T> {
    let parsed = parse_plainly(map.slice(span));
    if !parsed.is_valid() {
        return None;
    }
    read(parsed.root().nodes().next()?)
}

pub(crate) fn within(outer: Span, tree: Tree<'_>) -> Span {
    Span::new(outer.source, outer.start + tree.start(), outer.start + tree.end())
}

/// What is called and is no function, or the argument that is one too many.
fn called(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::NoFunction(found))) = (diagnostic.primary, &diagnostic.fault) else {
        return false;
    };
    let what = found.described();
    let places = with_tree(span, map, |call| {
        let mut arguments = Vec::new();
        let mut function = call;
        while function.kind() == SyntaxKind::NODE_APPLY {
            let mut parts = function.nodes();
            let (inner, argument) = (parts.next()?, parts.next()?);
            arguments.push(within(span, argument));
            function = inner;
        }
        let is_set = function.kind() == SyntaxKind::NODE_ATTR_SET;
        Some((within(span, function), arguments, is_set))
    });
    let Some((function, arguments, is_set)) = places else { return false };
    diagnostic.message = format!("attempt to call something which is not a function but {what}");
    if groups_of_digits(diagnostic, span, map) {
        return true;
    }
    let Some(&last) = arguments.first() else {
        diagnostic.primary_label = format!("this is {what}");
        diagnostic.help = Some("a function is needed here".to_owned());
        return true;
    };
    let name = map.slice(function).rsplit('.').next().unwrap_or("").to_owned();
    let gives = match name.as_str() {
        "mapAttrs" => Some("the name and the value: `name: value: …`"),
        "foldl'" => Some("what there is so far and an element: `sum: element: …`"),
        _ => None,
    };
    if let (Some(gives), Some(&given)) = (gives, arguments.last()) {
        diagnostic.primary = Some(given);
        "this takes fewer than two arguments".clone_into(&mut diagnostic.primary_label);
        diagnostic.help = Some(format!("`{name}` gives it two, {gives}"));
    } else if is_set {
        let end = Span::new(function.source, function.end, function.end);
        diagnostic.primary = Some(last);
        "this stands where the argument of a function would".clone_into(&mut diagnostic.primary_label);
        diagnostic.labels.push(Label::new(end, "after a set, which is no function"));
        diagnostic.help = Some("join sets with `//`, or remove one of them".to_owned());
    } else if arguments.len() == 1 {
        diagnostic.primary = Some(function);
        diagnostic.primary_label = format!("this is {what}");
        diagnostic.help = Some("remove the argument, or call a function".to_owned());
    } else {
        diagnostic.primary = Some(last);
        "one argument too many".clone_into(&mut diagnostic.primary_label);
        diagnostic.labels.push(Label::new(function, format!("with fewer arguments this is {what}")));
        diagnostic.help = Some("remove the argument".to_owned());
    }
    true
}

/// A function in place of what it makes: the place where it is not called is to change, not the function.
fn function_for_set(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let is_function = matches!(
        &diagnostic.fault,
        Some(Fault::WrongType { found: ValueType::Function, .. } | Fault::NoText(ValueType::Function))
    );
    if !is_function {
        return false;
    }
    if diagnostic.place_of(Role::Uncalled).is_some() {
        "a function that is not called".clone_into(&mut diagnostic.primary_label);
        diagnostic.help = Some("call the function with all of its arguments".to_owned());
        return true;
    }
    let Some(used) = diagnostic.labels.iter().position(|label| label.role == Some(Role::Used)) else {
        return false;
    };
    // A function that is written where it is passed on is not called there.
    let is_passed = |made: Span| map.get(made.source).text()[..made.start as usize].trim_end().ends_with('(');
    if diagnostic.primary.is_some_and(is_passed) {
        "this is a function".clone_into(&mut diagnostic.primary_label);
        diagnostic.help = Some("pass what the function makes, not the function".to_owned());
        return true;
    }
    let used = diagnostic.labels.remove(used).span;
    if let Some(made) = diagnostic.primary.replace(used) {
        diagnostic.labels.insert(0, Label::new(made, "this is the function"));
    }
    "a function that is not called".clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some("call the function with all of its arguments".to_owned());
    true
}

/// Files that are imported by a name that is computed are used alike: the one that does not fit is to change, not the
/// place that imports them all.
fn one_of_many_files(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    /// Arguments that begin farther in front are those of something else.
    const FAR: usize = 300;
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::Evaluation) else { return false };
    if matches!(&diagnostic.fault, Some(Fault::UnexpectedArgument(_))) {
        let function = diagnostic.labels.iter().position(|label| label.role == Some(Role::Callee));
        let Some(function) = function.filter(|&at| diagnostic.labels[at].span.source != span.source) else {
            return false;
        };
        let text = &map.get(span.source).text()[..span.start as usize];
        let call = text.rfind("import").map_or("", |at| &text[at..]);
        if call.len() > FAR || !imports_computed(call.split(" {").next().unwrap_or("")) {
            return false;
        }
        let name = map.slice(span).to_owned();
        let label = &mut diagnostic.labels[function];
        let function = std::mem::replace(&mut label.span, span);
        "given here".clone_into(&mut label.message);
        diagnostic.primary = Some(function);
        diagnostic.primary_label = format!("takes no `{name}`");
        diagnostic.help = Some(format!("add `{name}` to the arguments, or `...` for any other"));
        return true;
    }
    if !matches!(&diagnostic.fault, Some(Fault::WrongType { found: ValueType::Function, .. })) {
        return false;
    }
    let used = diagnostic.labels.iter_mut().find(|label| label.role == Some(Role::Used));
    let Some(used) = used.filter(|label| label.span.source != span.source) else { return false };
    if !imports_computed(map.slice(used.span)) {
        return false;
    }
    "imported here".clone_into(&mut used.message);
    "a function".clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some("remove its arguments: the file is used as it is".to_owned());
    true
}

/// Whether a call has a file imported whose path is made of parts.
fn imports_computed(call: &str) -> bool {
    call.trim_start_matches(['(', ' ', '{', '\n']).starts_with("import")
        && (call.contains('+') || call.contains("${"))
}

/// Of an assertion the condition is to be seen, as it is written.
fn assertion(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::FailedAssertion)) = (diagnostic.primary, &diagnostic.fault) else {
        return false;
    };
    // Where a value is to change that was given elsewhere, a label is at the condition.
    if let Some(condition) = diagnostic.place_of(Role::False) {
        diagnostic.message = format!("assertion `{}` failed", on_one_line(map.slice(condition)));
        return true;
    }
    let condition = with_tree(span, map, |assert| {
        let is_assertion = assert.kind() == SyntaxKind::NODE_ASSERT;
        assert.nodes().next().filter(|_| is_assertion).map(|condition| within(span, condition))
    });
    let Some(condition) = condition else { return false };
    diagnostic.message = format!("assertion `{}` failed", on_one_line(map.slice(condition)));
    diagnostic.primary = Some(condition);
    if diagnostic.primary_label.is_empty() {
        "this is false".clone_into(&mut diagnostic.primary_label);
    }
    true
}

fn on_one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `+` joins strings: lists are joined by `++`, and sets by `//`.
fn joined(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary else { return false };
    let (operator, what) = match &diagnostic.fault {
        Some(Fault::NoText(ValueType::List)) => ("++", "lists"),
        Some(Fault::NoText(ValueType::Set)) => ("//", "sets"),
        _ => return false,
    };
    let text = map.get(span.source).text();
    let (before, after) = (text[..span.start as usize].trim_end(), &text[span.end as usize..]);
    let space = after.len() - after.trim_start().len();
    let plus = if after.trim_start().starts_with('+') && !after.trim_start().starts_with("++") {
        span.end as usize + space
    } else if before.ends_with('+') && !before.ends_with("++") {
        before.len() - 1
    } else {
        return false;
    };
    let span = Span::new(span.source, offset(plus), offset(plus + 1));
    diagnostic.help = Some(format!("`+` joins strings: {what} are joined by `{operator}`"));
    diagnostic.fix =
        Some(Fix { span, replacement: operator.to_owned(), applicability: Applicability::Unsafe });
    true
}

/// One value where another type is needed that can be made of it: a number in quotes, one element of a list, a function
/// in the place of what it is to be applied to.
fn one_of_type(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::Evaluation) else { return false };
    let written = map.slice(span);
    let text = map.get(span.source).text();
    let (before, after) = (text[..span.start as usize].trim_end(), text[span.end as usize..].trim_start());
    let quoted = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (needed, found) = match &diagnostic.fault {
        Some(Fault::WrongType { needed, found }) => (Some(*needed), *found),
        Some(Fault::NoText(found) | Fault::NoFunction(found)) => (None, *found),
        _ => return false,
    };
    let replacement = if (needed, found) == (Some(ValueType::Integer), ValueType::String) {
        let Some(number) = quoted.filter(|text| is_number(text)) else { return false };
        diagnostic.help = Some(format!("write the number without quotes: `{number}`"));
        number.to_owned()
    } else if needed == Some(ValueType::String)
        && diagnostic.help.as_deref() == Some(&format!("put it in quotes: `\"{written}\"`"))
    {
        format!("\"{written}\"")
    } else if (needed, found) == (Some(ValueType::List), ValueType::String)
        && (before.ends_with("++") || after.starts_with("++"))
        && quoted.is_some()
    {
        diagnostic.help = Some(format!("put it in a list: `[ {written} ]`"));
        format!("[ {written} ]")
    } else if found == ValueType::Function {
        let call = before.trim_end_matches('(');
        let takes_function =
            ["mapAttrs", "map", "filter", "concatMap", "all", "any", "sort", "concatMapStringsSep"];
        // The word before the first argument, which is a value in brackets or a name.
        let line = call.rsplit(['\n', '=', ';']).next().unwrap_or("");
        let words =
            || line.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty());
        let Some(name) = words().find(|word| takes_function.contains(word)) else { return false };
        "a function".clone_into(&mut diagnostic.primary_label);
        diagnostic.help = Some(format!("`{name}` takes the function first, and then what it is applied to"));
        return true;
    } else {
        return false;
    };
    diagnostic.fix = Some(Fix { span, replacement, applicability: Applicability::Unsafe });
    true
}

/// `import "web.nix"`: a string is no relative path.
fn path_in_quotes(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::RelativePath)) = (diagnostic.primary, &diagnostic.fault) else {
        return false;
    };
    let argument = with_tree(span, map, |call| {
        let argument = if call.kind() == SyntaxKind::NODE_APPLY { call.nodes().last()? } else { call };
        Some(within(span, argument))
    });
    let Some(argument) = argument else { return false };
    let written = map.slice(argument);
    let Some(path) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    if path.is_empty() || path.contains(|letter: char| letter.is_whitespace() || "\"\\$".contains(letter)) {
        return false;
    }
    let path =
        if path.starts_with("./") || path.starts_with("../") { path.to_owned() } else { format!("./{path}") };
    diagnostic.primary = Some(argument);
    "a string, which is no path".clone_into(&mut diagnostic.primary_label);
    diagnostic.help = Some(format!("a path is written without quotes: `{path}`"));
    diagnostic.fix = Some(Fix { span: argument, replacement: path, applicability: Applicability::Unsafe });
    true
}

/// `total/2` is a path: an operator that can stand in one has space around it.
fn path_for_quotient(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary else { return false };
    let wants_number = match diagnostic.code {
        Code::WrongType => match diagnostic.about {
            Some(About::Value { needed, found: ValueType::Path, .. }) => match needed {
                Needed::OneOf(values) => values.starts_with(ValueType::Integer.described()),
                needed => needed == Needed::Integer,
            },
            _ => false,
        },
        Code::Evaluation => matches!(
            &diagnostic.fault,
            Some(
                Fault::WrongType { needed: ValueType::Integer, found: ValueType::Path }
                    | Fault::NoSummand(ValueType::Path)
            )
        ),
        _ => false,
    };
    let parts: Vec<_> = map.slice(span).split('/').collect();
    let is_operand = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !wants_number || parts.len() < 2 || !parts.iter().all(is_operand) {
        return false;
    }
    let quotient = parts.join(" / ");
    diagnostic.help = Some(format!("put spaces around `/` to divide: `{quotient}`"));
    diagnostic.fix = Some(Fix { span, replacement: quotient, applicability: Applicability::Unsafe });
    true
}

/// `builtins.fromJSON ./file.json`: these read text, not files.
fn file_for_text(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let Some(span) = diagnostic.primary else { return false };
    if diagnostic.fault != Some(Fault::WrongType { needed: ValueType::String, found: ValueType::Path }) {
        return false;
    }
    let before = map.get(span.source).text()[..span.start as usize].trim_end_matches([' ', '\n', '(']);
    let Some(reader) = ["fromJSON", "fromTOML"].into_iter().find(|reader| before.ends_with(reader)) else {
        return false;
    };
    let written = map.slice(span);
    "a path, which is no text".clone_into(&mut diagnostic.primary_label);
    diagnostic.help =
        Some(format!("have the file read first: `builtins.{reader} (builtins.readFile {written})`"));
    let replacement = format!("(builtins.readFile {written})");
    diagnostic.fix = Some(Fix { span, replacement, applicability: Applicability::Unsafe });
    true
}

/// A file that does not exist: the one beside it that has nearly its name.
fn missing_file(diagnostic: &mut Diagnostic, map: &SourceMap, sources: &dyn Sources) -> bool {
    let (Some(_), Some(Fault::File(FileFault::Missing(path)))) = (diagnostic.primary, &diagnostic.fault)
    else {
        return false;
    };
    let path = Path::new(path);
    let Some((directory, name)) = path.parent().zip(path.file_name().and_then(OsStr::to_str)) else {
        return false;
    };
    // The evaluator names what a link leads to.
    let written = diagnostic.primary.map(|span| map.slice(span)).unwrap_or_default();
    let is_path = written.starts_with(['.', '/']) && !written.contains("${");
    if let Some(link) = Path::new(written).file_name().filter(|&link| is_path && link != name)
        && name != "default.nix"
    {
        let link = link.to_string_lossy();
        diagnostic.help =
            Some(format!("`{link}` is a link to it: mend the link, or name a file that exists"));
        return true;
    }
    let Ok(entries) = sources.read_dir(directory) else { return false };
    let mut names: Vec<String> =
        entries.into_iter().filter_map(|(name, _)| String::from_utf8(name).ok()).collect();
    names.sort_unstable();
    let help = if name == "default.nix" {
        let file = names.iter().find(|name| Path::new(name).extension().is_some_and(|end| end == "nix"));
        let file = file.map(|file| format!(", such as its `{file}`")).unwrap_or_default();
        format!("of a directory the `default.nix` is imported: create it, or name a file{file}")
    } else {
        let distance = |known: &String| strsim::damerau_levenshtein(name, known);
        let near = names.iter().min_by_key(|known| distance(known));
        let Some(near) = near.filter(|near| distance(near) <= (name.len() / 4).max(1)) else { return false };
        format!("did you mean `{near}`, which is beside it?")
    };
    diagnostic.help = Some(help);
    true
}

/// A name in an `inherit` cannot be changed by itself: it is the name of what is inherited as well.
fn inherited_name(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(span) = diagnostic.primary.filter(|_| diagnostic.code == Code::UnknownOption) else { return };
    let text = &map.get(span.source).text()[..span.start as usize];
    let statement = text.rsplit([';', '{']).next().unwrap_or("");
    if statement
        .trim_start()
        .strip_prefix("inherit")
        .is_some_and(|rest| rest.starts_with([' ', '\n', '(', '\t']))
        && let Some(fix) = diagnostic.fix.take()
    {
        let name = map.slice(span);
        diagnostic.help = Some(format!("take it out of the `inherit`: `{} = {name};`", fix.replacement));
    }
}

/// What is looked for in a list and is not there, rather than that the list of what was found is empty.
fn sought(diagnostic: &mut Diagnostic, map: &SourceMap) -> bool {
    let (Some(span), Some(Fault::EmptyList)) = (diagnostic.primary, &diagnostic.fault) else { return false };
    if diagnostic.place_of(Role::Sought).is_none() {
        return false;
    }
    diagnostic.message = format!("nothing in the list has {}", map.slice(span));
    "this is not there".clone_into(&mut diagnostic.primary_label);
    true
}

/// A function that has no name is called by that of its file, where it is all of that.
fn nameless(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let how = match &diagnostic.fault {
        Some(Fault::UnexpectedArgument(name)) => format!("with unexpected argument '{name}'"),
        Some(Fault::MissingArgument(name)) => format!("without required argument '{name}'"),
        _ => return,
    };
    if !diagnostic.message.starts_with("function 'anonymous lambda'") {
        return;
    }
    let of_file = diagnostic.place_of(Role::Callee).filter(|place| place.start == 0);
    let file = of_file.and_then(|place| Path::new(map.get(place.source).name()).file_name());
    let whose = file.map(|file| format!(" of `{}`", file.to_string_lossy())).unwrap_or_default();
    diagnostic.message = format!("the function{whose} is called {how}");
}

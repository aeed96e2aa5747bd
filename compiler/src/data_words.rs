//! Help in the language of the file that it is about: what is read from JSON or TOML is not to be mended with Nix.

use std::path::Path;

use launchnix_diagnostics::{Diagnostic, SourceMap};
use launchnix_evaluator::syntax::SyntaxKind::*;
use launchnix_evaluator::syntax::{Tree, parse_plainly};

/// A language for data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Json,
    Toml,
}

/// Says the help of a diagnostic about a file of data in its own language; what cannot be said in it is left out.
pub(crate) fn speak(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(span) = diagnostic.primary else { return };
    let file = map.get(span.source);
    if !file.is_data() {
        return;
    }
    let has_ending = |ending: &str| Path::new(file.name()).extension().is_some_and(|known| known == ending);
    let language = if has_ending("toml") {
        Language::Toml
    } else if has_ending("json") || file.text().trim_start().starts_with('{') {
        Language::Json
    } else {
        return;
    };
    diagnostic.help = diagnostic.help.take().and_then(|help| translated(&help, language));
}

/// A help with each code between backticks in another language.
fn translated(help: &str, language: Language) -> Option<String> {
    let mut out = String::new();
    for (at, part) in help.split('`').enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
        } else {
            out.push('`');
            out.push_str(&code(part, language)?);
            out.push('`');
        }
    }
    Some(out)
}

/// Code in another language; `None` where that has no such thing.
fn code(nix: &str, language: Language) -> Option<String> {
    if nix.contains('…') {
        return None;
    }
    let parsed = parse_plainly(nix);
    if parsed.is_valid() {
        let tree = parsed.root().nodes().next()?;
        // A name is that of an option.
        return match tree.kind() {
            NODE_IDENT | NODE_SELECT => Some(nix.to_owned()),
            _ => value(tree, language),
        };
    }
    let in_set = format!("{{ {nix} }}");
    let parsed = parse_plainly(&in_set);
    if !parsed.is_valid() {
        // Words that are no code.
        return (!nix.contains([';', '='])).then(|| nix.to_owned());
    }
    let set = parsed.root().nodes().next()?;
    let bindings = bindings(set, language)?;
    Some(bindings.join(if language == Language::Json { ", " } else { "`, `" }))
}

fn bindings(set: Tree<'_>, language: Language) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for binding in set.nodes() {
        let mut parts = binding.nodes();
        let (path, bound) = (parts.next()?, parts.next()?);
        if binding.kind() != NODE_ATTRPATH_VALUE {
            return None;
        }
        let bound = value(bound, language)?;
        let names: Option<Vec<_>> = path.nodes().map(name).collect();
        found.push(match language {
            Language::Toml => format!("{} = {bound}", path.text()),
            Language::Json => {
                let names = names?;
                let (last, around) = names.split_last()?;
                let innermost = format!("\"{last}\": {bound}");
                around.iter().rev().fold(innermost, |inner, name| format!("\"{name}\": {{ {inner} }}"))
            }
        });
    }
    Some(found)
}

fn name(tree: Tree<'_>) -> Option<String> {
    match tree.kind() {
        NODE_IDENT => Some(tree.text().to_owned()),
        NODE_STRING => Some(tree.text().trim_matches('"').to_owned()),
        _ => None,
    }
}

fn value(tree: Tree<'_>, language: Language) -> Option<String> {
    let text = tree.text();
    match tree.kind() {
        NODE_LITERAL => Some(text.to_owned()),
        NODE_IDENT => matches!(text, "true" | "false").then(|| text.to_owned()),
        NODE_STRING => (!text.starts_with("''") && !text.contains("${")).then(|| text.to_owned()),
        NODE_LIST => {
            let items: Option<Vec<_>> = tree.nodes().map(|item| value(item, language)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        NODE_ATTR_SET => Some(format!("{{ {} }}", bindings(tree, language)?.join(", "))),
        _ => None,
    }
}

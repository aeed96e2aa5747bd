//! What is wrong with text that `fromJSON` is given, in the words of who wrote it.

use launchnix_diagnostics::{Diagnostic, Fault, SourceMap};

/// Says what is wrong with JSON, where something does not belong where it stands.
pub(crate) fn explain(diagnostic: &mut Diagnostic, map: &SourceMap) {
    let Some(Fault::Json { within, found }) = diagnostic.fault else { return };
    let at = diagnostic.primary.map(|span| {
        let text = map.get(span.source).text();
        let (before, after) = text.split_at((span.start as usize).min(text.len()));
        (before.trim_end().chars().next_back(), after.chars().next())
    });
    let help = help(within, found, at);
    let message = match found {
        "end of input" => "this is not valid JSON: it ends too early".to_owned(),
        found if found.starts_with("invalid literal") => "this is not valid JSON".to_owned(),
        "string literal" => "this is not valid JSON: a string does not belong here".to_owned(),
        "number literal" => "this is not valid JSON: a number does not belong here".to_owned(),
        found => format!("this is not valid JSON: {} does not belong here", found.replace('\'', "`")),
    };
    diagnostic.message = message;
    if diagnostic.help.is_none() {
        diagnostic.help = help;
    }
}

/// What to write instead; `at` are the characters before and behind the place.
fn help(within: &str, found: &str, at: Option<(Option<char>, Option<char>)>) -> Option<String> {
    let (before, behind) = at.unwrap_or_default();
    Some(match (within, found, before, behind) {
        (_, "'}'" | "']'", Some(','), _) => {
            format!("remove the comma before {}: JSON has none behind the last one", found.replace('\'', "`"))
        }
        (_, "end of input", ..) => "close what is open with `}` or `]`".into(),
        (_, _, _, Some('\'')) => "strings stand in double quotes".into(),
        (_, _, _, Some('/' | '#')) | (_, _, Some('/'), _) => "JSON has no comments: remove it".into(),
        (_, _, _, Some('=' | ';')) => {
            "JSON has `:` between name and value, and `,` between such pairs".into()
        }
        (
            "object" | "array" | "object separator",
            "string literal" | "number literal" | "'{'" | "'['",
            ..,
        ) => "separate it with a comma from what stands before it".into(),
        ("object key", ..) => "names stand in double quotes, as strings do".into(),
        _ => return None,
    })
}

//! The fixes of diagnostics as quick fixes of the editor.
//!
//! What a fix changes is kept in its diagnostic's `data`, in the protocol's terms, from when the check was made. An
//! editor that asks while a newer check is due gets nothing: places may have moved.

use std::collections::BTreeMap;

use gen_lsp_types::{Diagnostic, Position, Range};
use launchnix_diagnostics::{self as diagnostics, Applicability, Edit};
use serde_json::{Value, json};

/// The most characters of a text that a title quotes.
const QUOTED: usize = 40;

/// The `data` of a diagnostic: its title, whether it is sure to be meant, and its edits by URI. `located` gives the
/// file and range of an edit; a fix of which a part is in no file is left out.
pub(crate) fn data(
    diagnostic: &diagnostics::Diagnostic,
    text: &dyn Fn(&Edit) -> String,
    located: &dyn Fn(&Edit) -> Option<(String, Range)>,
) -> Option<Value> {
    let fix = diagnostic.fix.as_ref()?;
    let edits = diagnostic.edits();
    let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for edit in &edits {
        let (uri, range) = located(edit)?;
        changes.entry(uri).or_default().push(json!({ "range": range, "newText": edit.replacement }));
    }
    let first = edits.first()?;
    Some(json!({
        "title": title(&text(first), &first.replacement),
        "isSafe": fix.applicability == Applicability::Safe,
        "changes": changes,
    }))
}

/// What a fix does, in a few words.
fn title(old: &str, new: &str) -> String {
    match (old.trim().is_empty(), new.trim().is_empty()) {
        (true, _) => format!("Insert {}", quoted(new)),
        (_, true) => format!("Remove {}", quoted(old)),
        _ => format!("Replace {} with {}", quoted(old), quoted(new)),
    }
}

/// A text on one line, not too long.
fn quoted(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let line = words.join(" ");
    let more = line.char_indices().nth(QUOTED);
    more.map_or_else(|| format!("`{line}`"), |(at, _)| format!("`{}…`", &line[..at]))
}

/// The quick fixes for diagnostics that touch a range.
pub(crate) fn actions(diagnostics: &[Diagnostic], range: Range) -> Vec<Value> {
    let touching = diagnostics.iter().filter(|diagnostic| touch(diagnostic.range, range));
    let action = |diagnostic: &Diagnostic| {
        let data = diagnostic.data.as_ref()?;
        Some(json!({
            "title": data["title"],
            "kind": "quickfix",
            "diagnostics": [diagnostic],
            "isPreferred": data["isSafe"],
            "edit": { "changes": data["changes"] },
        }))
    };
    touching.filter_map(action).collect()
}

fn touch(one: Range, other: Range) -> bool {
    let key = |position: Position| (position.line, position.character);
    key(one.start) <= key(other.end) && key(other.start) <= key(one.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_is_done() {
        assert_eq!(title("\"4 GiB\"", "4096"), "Replace `\"4 GiB\"` with `4096`");
        assert_eq!(title("", "\n  ram = 1;"), "Insert `ram = 1;`");
        assert_eq!(title("a = 1;", ""), "Remove `a = 1;`");
        assert_eq!(title(&"é".repeat(50), "x"), format!("Replace `{}…` with `x`", "é".repeat(40)));
    }
}

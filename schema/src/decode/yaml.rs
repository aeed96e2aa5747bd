//! YAML for cloud-init, which ignores what it cannot read, in a guest that nobody can log in to then.

use std::collections::HashMap;
use std::ops::Range;

use launchnix_diagnostics::{Code, Diagnostic};
use saphyr_parser::{Event, Parser, ScanError};

use super::wrong_type::Remedy;
use super::{Decoder, Input, traced};
use crate::option::{Kind, OptionInfo};
use crate::{Node, Shape, Text};

/// What is wrong with a text as YAML.
enum Fault {
    /// It cannot be read on from here.
    Broken { at: Range<usize>, label: String },
    /// It is none of the names with values that cloud-init looks for.
    NoMapping { at: Range<usize> },
    /// A name at the top that comes again, so that its first value is lost.
    Twice { name: String, first: Range<usize>, again: Range<usize> },
}

/// Reports what cloud-init could not read of an option's text. Of a file there is no place but that of its name.
pub(super) fn check<N: Node>(text: &Text, is_file: bool, input: &Input<N>, decoder: &mut Decoder<'_>) {
    let is_user_data = input.option.is_some_and(|option| option.name == "userData");
    if is_user_data && !is_cloud_config(&text.value) {
        return;
    }
    let whole = input.node.span();
    let place = |at: &Range<usize>| if is_file { whole } else { text.locate(at.start, at.end, whole) };
    let line = |at: &Range<usize>| {
        let before = text.value[..at.start].matches('\n').count();
        if is_file { format!("line {}: ", before + 1) } else { String::new() }
    };
    for fault in faults(&text.value) {
        let malformed = |at: &Range<usize>, what: &str, label: &str| {
            let message = format!("`{}` is not {what}", input.path);
            Diagnostic::new(Code::Malformed, place(at), message).labelled(format!("{}{label}", line(at)))
        };
        let diagnostic = match &fault {
            Fault::Broken { at, label } => malformed(at, "YAML", label),
            Fault::NoMapping { at } => malformed(at, "a mapping", "names with values belong here")
                .with_help("write `name: value`, with a space behind the colon, one on each line"),
            Fault::Twice { name, first, again } => {
                let message = format!("`{name}` has no effect here");
                Diagnostic::new(Code::NoEffect, place(first), message)
                    .labelled(format!("{}`{name}` comes again", line(first)))
                    .with_label(place(again), format!("{}this one is used", line(again)))
                    .with_help("make one of them, or remove one")
            }
        };
        decoder.push(traced(diagnostic, &input.node, input.key));
    }
}

/// Whether user data is YAML of one document; other forms say so in their first line.
fn is_cloud_config(text: &str) -> bool {
    let first = text.trim_start().lines().next().unwrap_or_default();
    first.trim_end().eq_ignore_ascii_case("#cloud-config")
}

fn faults(text: &str) -> Vec<Fault> {
    // Places are counted in characters.
    let offsets: Vec<usize> = if text.is_ascii() {
        Vec::new()
    } else {
        text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect()
    };
    let offset = |index: usize| {
        let known =
            if offsets.is_empty() { Some(index.min(text.len())) } else { offsets.get(index).copied() };
        known.unwrap_or(text.len())
    };
    let mut faults = Vec::new();
    let mut known: HashMap<String, Range<usize>> = HashMap::new();
    let (mut depth, mut is_key) = (0_usize, true);
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                faults.push(broken(text, offset(error.marker().index()), &error));
                break;
            }
        };
        let at = offset(span.start.index())..offset(span.end.index());
        let is_value = matches!(event, Event::Scalar(..) | Event::Alias(_));
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        let closes = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        if depth == 0 && (is_value || opens) && !matches!(event, Event::MappingStart(..)) {
            faults.push(Fault::NoMapping { at: word_at(text, at.start) });
            break;
        }
        if depth == 1
            && is_key
            && let Event::Scalar(name, ..) = &event
            && let Some(first) = known.insert(name.to_string(), at.clone())
        {
            faults.push(Fault::Twice { name: name.to_string(), first, again: at });
        }
        depth = if opens { depth + 1 } else { depth.saturating_sub(usize::from(closes)) };
        if depth == 1 && (is_value || closes) {
            is_key = !is_key;
        } else if depth == 1 && opens {
            // The mapping of the document itself.
            is_key = true;
        }
    }
    faults
}

/// Where reading ended, and why, in words that say what to look for.
fn broken(text: &str, at: usize, error: &ScanError) -> Fault {
    let said = error.info();
    let has = |words: &str| said.contains(words);
    let character = said.strip_prefix("unexpected character: `").and_then(|rest| rest.chars().next());
    let label = if let Some(character) = character {
        format!("no text can begin with `{character}` without quotes")
    } else if has("mapping values are not allowed") {
        "no `:` can stand here: put the text in quotes, or indent like the line before".to_owned()
    } else if has("parsing a block") {
        "this line is indented unlike those it belongs to".to_owned()
    } else if has("tabs disallowed") {
        "a tab: YAML is indented with spaces".to_owned()
    } else if has("expect ':'") {
        "a `:` is missing behind this".to_owned()
    } else if has("unexpected end of stream") || has("invalid indentation in quoted scalar") {
        "this quote is not closed".to_owned()
    } else if has("trailing content") {
        "the quotes end before this".to_owned()
    } else if has("unknown anchor") {
        "there is no anchor of this name".to_owned()
    } else {
        said.to_owned()
    };
    // What is missing at the end of a line is noticed on the next.
    let is_behind = has("expect ':'") || has("flow") && text[at..].trim_start_matches(' ').is_empty();
    let at = if is_behind { line_before(text, at) } else { word_at(text, at) };
    Fault::Broken { at, label }
}

/// What stands at a place, to the next space.
fn word_at(text: &str, at: usize) -> Range<usize> {
    let rest = &text[at..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let one = rest.chars().next().filter(|&first| first != '\n').map_or(0, char::len_utf8);
    at..at + length.max(one)
}

/// The last words before a place.
fn line_before(text: &str, at: usize) -> Range<usize> {
    let end = text[..at].trim_end().len();
    let start = text[..end].rfind('\n').map_or(0, |newline| newline + 1);
    let line = &text[start..end];
    end - line.trim_start().len()..end
}

/// What to write instead of a set where a text is needed that cloud-init reads as YAML, which JSON is.
pub(super) fn text_of_set<N: Node>(option: &OptionInfo, kind: &Kind, found: &Shape<N>) -> Option<Remedy> {
    let (Kind::Union(form, _), Shape::Attrs(_)) = (kind, found) else { return None };
    if !form.starts_with("a text, or a file") {
        return None;
    }
    let begin = if option.name == "userData" { "#cloud-config\\n" } else { "" };
    let before = format!("\"{begin}${{builtins.toJSON ");
    let help = format!("write it as text: `{} = {before}{{ … }}}}\";`", option.name);
    Some(Remedy::around(help, &before, "}\"", false))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is marked, and what is said of it.
    fn said(text: &str) -> Vec<(&str, String)> {
        faults(text)
            .into_iter()
            .map(|fault| match fault {
                Fault::Broken { at, label } => (&text[at], label),
                Fault::NoMapping { at } => (&text[at], "no mapping".to_owned()),
                Fault::Twice { name, first, again } => {
                    (&text[first], format!("{name} again at {}", again.start))
                }
            })
            .collect()
    }

    #[test]
    fn what_cannot_be_read_is_marked() {
        let cases = [
            ("a:\n\t- b\n", "-", "a tab"),
            ("a: b: c\n", ":", "no `:` can stand here"),
            ("é: @foo\n", "@foo", "no text can begin with `@`"),
            ("a:\n  - b\n - c\n", "-", "indented unlike"),
            ("a: \"b\n", "\"b", "not closed"),
            ("a:\n  - b\nfoo\n", "foo", "a `:` is missing"),
            ("a: *b\n", "*b", "no anchor"),
            ("packages:[nginx]\n", "packages:[nginx]", "no mapping"),
            ("- a\n", "-", "no mapping"),
            ("a: [1]\nb: {c: d}\na: 2\n", "a", "a again at 17"),
        ];
        for (text, marked, label) in cases {
            let said = said(text);
            let [(place, words)] = said.as_slice() else { panic!("{text:?}: {said:?}") };
            assert_eq!(*place, marked, "{text:?}: {words}");
            assert!(words.contains(label), "{text:?}: {words}");
        }
    }

    #[test]
    fn what_can_be_read_is_fine() {
        for text in ["", "#cloud-config\n", "a: {b: [c]}\nd:\n- e: f\n  g: |\n    h\n", "a: b\nc:\n  a: d\n"]
        {
            assert!(said(text).is_empty(), "{text:?}: {:?}", said(text));
        }
    }
}

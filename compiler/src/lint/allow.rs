//! `# launchnix: allow(LNX0702)`: comments that silence warnings.
//!
//! A comment at the end of a line is about what begins on that line; one on a line of its own is about the binding or
//! expression that follows; one before everything else is about the whole file.

use std::ops::Range;

use launchnix_diagnostics::{About, Code, Diagnostic, Severity, SourceId, Span};
use launchnix_evaluator::syntax::{Parsed, Tree};
use launchnix_schema::Text;

use crate::xml::{Element, Recovered};

/// A comment that silences.
pub(crate) struct Allow {
    source: SourceId,
    /// The codes, each with its place and whether it silenced anything.
    codes: Vec<(Code, Span, bool)>,
    /// Where warnings are silenced: their primary place begins here.
    start: u32,
    end: u32,
}

/// Comments of a file that silence, and what is wrong with those that try to.
pub(super) fn allows(source: SourceId, text: &str, parsed: &Parsed<'_>) -> (Vec<Allow>, Vec<Diagnostic>) {
    let (mut allows, mut diagnostics) = (Vec::new(), Vec::new());
    for (comment, written) in parsed.comments() {
        let place =
            |start: usize, end: usize| Span::new(source, comment + offset(start), comment + offset(end));
        if let Some(codes) = said(written, &place, &mut diagnostics) {
            let (start, end) = extent(text, parsed, comment, comment + offset(written.len()));
            allows.push(Allow { source, codes, start, end });
        }
    }
    (allows, diagnostics)
}

/// Comments in XML that silence, and what is wrong with those that try to. `whole` is the place of the text.
pub(crate) fn of_xml(xml: &Recovered, text: &Text, whole: Span) -> (Vec<Allow>, Vec<Diagnostic>) {
    let (mut allows, mut diagnostics) = (Vec::new(), Vec::new());
    for comment in &xml.comments {
        let written = &text.value[comment.clone()];
        let place = |start: usize, end: usize| text.locate(comment.start + start, comment.start + end, whole);
        if let Some(codes) = said(written, &place, &mut diagnostics) {
            let (start, end) = extent_in_xml(xml, &text.value, comment);
            let span = text.locate(start, end, whole);
            allows.push(Allow { source: span.source, codes, start: span.start, end: span.end });
        }
    }
    (allows, diagnostics)
}

/// The codes that a comment names, each with its place and `false`; `None` for one that does not silence.
fn said(
    written: &str,
    place: &dyn Fn(usize, usize) -> Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<(Code, Span, bool)>> {
    // Prose may speak of it; a comment that silences begins with it.
    let found = written.len() - written.trim_start_matches(['#', '/', '*', ' ', '\t', '\n', '\r']).len();
    if let Some(attempt) = without_colon(&written[found..]) {
        diagnostics.push(not_understood(place(found, found + attempt)));
        return None;
    }
    let name = written.get(found..found + NAME.len()).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let lists = lists(written, found + NAME.len());
    if lists.is_empty() {
        // A sentence may begin with the name.
        if name == NAME {
            let end = written.trim_end_matches(['*', '/', ' ', '\t', '\n', '\r']).len();
            diagnostics.push(not_understood(place(found, end.max(found))));
        }
        return None;
    }
    let mut codes = Vec::new();
    for (from, to) in lists {
        if written[from..to].trim_matches([',', ' ', '\t']).is_empty() {
            diagnostics.push(
                Diagnostic::new(Code::UselessAllow, place(from - 1, to + 1), "no warning is named here")
                    .labelled("silences nothing")
                    .with_help("name a warning by its code, such as `LNX0703`, or remove the comment"),
            );
        }
        let mut start = from;
        for word in words(&written[from..to]) {
            let inner = start + (word.len() - word.trim_start().len());
            let span = place(inner, inner + word.trim().len());
            start += word.len() + 1;
            match Code::parse(word.trim()) {
                _ if word.trim().is_empty() => {}
                Some(code) if code.severity() == Severity::Warning => codes.push((code, span, false)),
                Some(code) => diagnostics.push(
                    Diagnostic::new(
                        Code::UselessAllow,
                        span,
                        format!("{code} is an error, which cannot be silenced"),
                    )
                    .labelled("silences nothing")
                    .with_help("only warnings can be silenced: mend the mistake"),
                ),
                None => diagnostics.push(unknown(word.trim(), span)),
            }
        }
    }
    Some(codes)
}

/// The words of a list, with commas between them, or only space where each is a code.
fn words(list: &str) -> Vec<&str> {
    let by_space = || list.split([' ', '\t', ',']);
    let are_codes = by_space().filter(|word| !word.is_empty()).all(|word| Code::parse(word).is_some());
    if are_codes { by_space().collect() } else { list.split(',').collect() }
}

/// The length of a comment that lacks only the colon: `launchnix allow(LNX0703)`.
fn without_colon(text: &str) -> Option<usize> {
    let name = NAME.trim_end_matches(':');
    let rest = text
        .get(..name.len())
        .filter(|start| start.eq_ignore_ascii_case(name))
        .map(|_| &text[name.len()..])?;
    let list = rest.trim_start().strip_prefix("allow")?.trim_start();
    let end = list.starts_with('(').then(|| list.find(')'))??;
    Some(text.len() - list.len() + end + 1)
}

/// What a comment begins with that silences.
const NAME: &str = "launchnix:";

fn not_understood(place: Span) -> Diagnostic {
    Diagnostic::new(Code::UselessAllow, place, "this comment is not understood")
        .labelled("silences nothing")
        .with_help("write `# launchnix: allow(LNX0703)`, with the codes of warnings between commas")
}

/// Texts are shorter than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The bytes between the parentheses of each `allow(…)`.
fn lists(written: &str, after: usize) -> Vec<(usize, usize)> {
    let mut lists = Vec::new();
    let mut rest = &written[after..];
    while let Some(inner) = rest
        .trim_start_matches([' ', '\t', ','])
        .strip_prefix("allow")
        .and_then(|rest| rest.trim_start().strip_prefix('('))
    {
        let Some(length) = inner.find(')') else { break };
        let from = written.len() - inner.len();
        lists.push((from, from + length));
        rest = &inner[length + 1..];
    }
    lists
}

fn unknown(word: &str, span: Span) -> Diagnostic {
    let warnings: Vec<String> = Code::ALL
        .iter()
        .filter(|code| code.severity() == Severity::Warning)
        .map(ToString::to_string)
        .collect();
    let diagnostic = Diagnostic::new(Code::UselessAllow, span, format!("there is no warning `{word}`"))
        .labelled("silences nothing");
    let lower = match word.parse::<u16>() {
        Ok(number) => format!("LNX{number:04}"),
        Err(_) => word.to_uppercase(),
    };
    let near = warnings.iter().min_by_key(|code| strsim::damerau_levenshtein(code, &lower));
    match near.filter(|code| word.len() < 20 && strsim::damerau_levenshtein(code, &lower) <= 2) {
        Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
        None => diagnostic.with_help("name a warning by its code, such as `LNX0703`"),
    }
}

/// The bytes that a comment is about, which is at `start..end` itself.
fn extent(text: &str, parsed: &Parsed<'_>, start: u32, end: u32) -> (u32, u32) {
    let root = parsed.root();
    if start < root.start() {
        return (0, offset(text.len()));
    }
    if let Some((start, end)) = line_around(text, start as usize) {
        return (offset(start), offset(end));
    }
    parsed.next_token(end).map_or((end, end), |first| (first, end_of(root, first)))
}

/// The line of a comment that stands behind something else.
fn line_around(text: &str, comment: usize) -> Option<(usize, usize)> {
    let (before, after) = (&text[..comment], &text[comment..]);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| comment + at);
    (!before[start..].trim().is_empty()).then_some((start, end))
}

/// The bytes that a comment in XML is about.
fn extent_in_xml(xml: &Recovered, text: &str, comment: &Range<usize>) -> (usize, usize) {
    if xml.elements.first().is_none_or(|first| comment.end <= first.at.start) {
        return (0, text.len());
    }
    let start = comment.start.saturating_sub("<!--".len());
    line_around(text, start)
        .or_else(|| next_element(&xml.elements, comment.end).map(|next| (next.at.start, next.end)))
        .unwrap_or((comment.end, comment.end))
}

/// The first element that starts behind a place.
fn next_element(elements: &[Element], after: usize) -> Option<&Element> {
    let mut found = elements.iter().find(|element| element.end > after)?;
    while found.at.start < after {
        found = found.elements().find(|element| element.end > after)?;
    }
    Some(found)
}

/// Where the binding or expression that starts at a token ends: the outermost one that does.
fn end_of(root: Tree<'_>, first: u32) -> u32 {
    let mut around = root;
    // What follows an operator goes on to the end of what it is a part of.
    while let Some(inner) = around.nodes().find(|node| node.start() <= first && first < node.end()) {
        if inner.start() == first {
            return inner.end();
        }
        around = inner;
    }
    around.end()
}

/// Takes out the warnings that are silenced.
pub(super) fn silence(allows: &mut [Allow], diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.retain(|diagnostic| {
        let (Some(primary), Severity::Warning) = (diagnostic.primary, diagnostic.severity) else {
            return true;
        };
        let mut silenced = false;
        // What is wrong with the XML of a file concerns the option that has it.
        let holder = match diagnostic.about {
            Some(About::XmlOf(option)) => Some(option),
            _ => None,
        };
        let places: Vec<_> = holder.into_iter().chain([primary]).collect();
        for allow in allows.iter_mut() {
            let is_meant = |place: &Span| {
                allow.source == place.source && (allow.start..=allow.end).contains(&place.start)
            };
            if !places.iter().any(is_meant) {
                continue;
            }
            for (code, _, useful) in &mut allow.codes {
                if *code == diagnostic.code {
                    *useful = true;
                    silenced = true;
                }
            }
        }
        !silenced
    });
}

/// Codes that silenced nothing.
pub(super) fn useless(allows: &[Allow]) -> Vec<Diagnostic> {
    let idle = allows.iter().flat_map(|allow| &allow.codes);
    // Guests warn only where they are evaluated.
    let idle = idle.filter(|(code, _, useful)| !useful && *code != Code::GuestWarning);
    idle.map(|(code, span, _)| {
        Diagnostic::new(Code::UselessAllow, *span, format!("there is no {code} here to silence"))
            .labelled("silences nothing")
            .with_help("remove it: it would hide a mistake that is made later")
    })
    .collect()
}

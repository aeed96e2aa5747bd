//! `# launchnix: allow(LNX0702)`: comments that silence warnings.
//!
//! A comment at the end of a line is about what begins on that line, and behind a `=` also about the value below; one on
//! a line of its own is about the binding or expression that follows; one before everything else is about the whole
//! file.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use launchnix_diagnostics::{About, Code, Diagnostic, Severity, SourceId, Span};
use launchnix_evaluator::syntax::Parsed;
use launchnix_schema::Text;

use crate::xml::{Child, Element, Recovered};

mod extent;
use extent::{Extents, line_around};

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
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    let mut extents = Extents::new(text, parsed);
    for (comment, written) in parsed.comments() {
        let place =
            |start: usize, end: usize| Span::new(source, comment + offset(start), comment + offset(end));
        if let Some(codes) = said(written, &place, &mut diagnostics) {
            extents.add(comment, comment + offset(written.len()));
            found.push(codes);
        }
    }
    let allow = |(codes, (start, end))| Allow { source, codes, start, end };
    (found.into_iter().zip(extents.find()).map(allow).collect(), diagnostics)
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
    let mut found = elements.get(elements.partition_point(|element| element.end <= after))?;
    while found.at.start < after {
        found = first_behind(&found.children, after)?;
    }
    Some(found)
}

/// The first of the elements that ends behind a place.
fn first_behind(children: &[Child], after: usize) -> Option<&Element> {
    let next = |from: usize| children[from..].iter().find_map(Child::element);
    let (mut low, mut high) = (0, children.len());
    while low < high {
        let middle = low.midpoint(high);
        // Of text it is not known where it stands: before the next element.
        if next(middle).is_some_and(|element| element.end <= after) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    next(low)
}

/// Takes out the warnings that are silenced.
pub(super) fn silence(allows: &mut [Allow], diagnostics: &mut Vec<Diagnostic>) {
    let reach = Reach::of(allows);
    let mut silenced = Places::new();
    diagnostics.retain(|diagnostic| {
        let (Some(primary), Severity::Warning) = (diagnostic.primary, diagnostic.severity) else {
            return true;
        };
        // What is wrong with the XML of a file concerns the option that has it.
        let holder = match diagnostic.about {
            Some(About::XmlOf(option)) => Some(option),
            _ => None,
        };
        let places = || holder.into_iter().chain([primary]);
        let is_silenced = places().any(|place| reach.has(diagnostic.code, place));
        if is_silenced {
            for place in places() {
                silenced.entry((place.source, diagnostic.code)).or_default().push(place.start);
            }
        }
        !is_silenced
    });
    for starts in silenced.values_mut() {
        starts.sort_unstable();
    }
    for allow in allows {
        for (code, _, useful) in &mut allow.codes {
            let starts = silenced.get(&(allow.source, *code)).map_or(&[][..], Vec::as_slice);
            let first = starts.partition_point(|start| *start < allow.start);
            *useful |= starts.get(first).is_some_and(|start| *start <= allow.end);
        }
    }
}

/// Where warnings of a code begin in a file that were silenced.
type Places = HashMap<(SourceId, Code), Vec<u32>>;

/// What comments silence, to be asked for many warnings: for each file and code, where comments begin to, in order, and
/// the furthest end of those up to there.
struct Reach(HashMap<(SourceId, Code), Vec<(u32, u32)>>);

impl Reach {
    fn of(allows: &[Allow]) -> Self {
        let mut reach: HashMap<_, Vec<(u32, u32)>> = HashMap::new();
        for allow in allows {
            for (code, ..) in &allow.codes {
                reach.entry((allow.source, *code)).or_default().push((allow.start, allow.end));
            }
        }
        for ranges in reach.values_mut() {
            ranges.sort_unstable();
            let mut furthest = 0;
            for (_, end) in ranges {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
        Self(reach)
    }

    /// Whether what begins at a place is silenced.
    fn has(&self, code: Code, place: Span) -> bool {
        let Some(ranges) = self.0.get(&(place.source, code)) else { return false };
        let before = ranges.partition_point(|(start, _)| *start <= place.start);
        before.checked_sub(1).is_some_and(|last| place.start <= ranges[last].1)
    }
}

/// Codes that silenced nothing. A comment in the XML of several machines needs to do so for one of them.
pub(super) fn useless(allows: &[Allow]) -> Vec<Diagnostic> {
    let codes = || allows.iter().flat_map(|allow| &allow.codes);
    let mut told: HashSet<Span> = codes().filter(|(.., useful)| *useful).map(|(_, span, _)| *span).collect();
    // Guests warn only where they are evaluated.
    let idle = codes().filter(|(code, span, _)| *code != Code::GuestWarning && told.insert(*span));
    idle.map(|(code, span, _)| {
        Diagnostic::new(Code::UselessAllow, *span, format!("there is no {code} here to silence"))
            .labelled("silences nothing")
            .with_help("remove it: it would hide a mistake that is made later")
    })
    .collect()
}

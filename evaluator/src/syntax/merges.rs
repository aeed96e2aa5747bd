//! What version control leaves in a file: the markers of a merge that was left half done, and the signs of a patch.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, SourceId, Span};
use rnix::SyntaxKind::*;

use super::error::LOOK_AHEAD;
use super::lexer::{END, Scanned, offset};
use super::parser::{Cause, MergeConflict, Mistake};
use super::tree::Parsed;

/// How the lines start that a patch has between its parts.
const HEADERS: [&str; 4] = ["diff --git ", "@@ -", "--- a/", "+++ b/"];

/// What is to be left out of a text, and why.
#[derive(Default)]
pub(super) struct Marks {
    merges: Vec<MergeConflict>,
    /// The first line of a patch.
    patch: Option<u32>,
    /// What is left out, in order.
    left_out: Vec<(u32, u32)>,
}

/// A line: where it starts, and where the next one does.
type Line = (u32, u32);

/// Finds what version control left in a text that was parsed as it stands.
pub(super) fn find(first: &Parsed<'_>) -> Marks {
    let mut marks = Marks::default();
    find_merges(first, &mut marks);
    find_patch(first, &mut marks);
    marks.left_out.sort_unstable();
    marks
}

fn lines(text: &str) -> impl Iterator<Item = (Line, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += offset(line.len());
        ((start, at), line)
    })
}

/// Whether a token starts with a line, which is no part of a string then.
fn starts_with_token(parsed: &Parsed<'_>, line: Line) -> bool {
    let found = parsed.tokens.binary_search_by_key(&line.0, |token| token.start);
    found.is_ok_and(|at| !matches!(parsed.tokens[at].kind, TOKEN_STRING_CONTENT | TOKEN_STRING_END | END))
}

/// The markers of a merge that were found so far.
#[derive(Clone, Copy, Default)]
struct Markers {
    ours: Option<Line>,
    base: Option<Line>,
    theirs: Option<Line>,
}

fn find_merges(parsed: &Parsed<'_>, marks: &mut Marks) {
    let mut found = Markers::default();
    for (line, written) in lines(parsed.text) {
        if written.starts_with("<<<<<<< ") {
            marks.without_end(parsed, std::mem::take(&mut found));
            found.ours = Some(line);
        } else if written.starts_with("||||||| ") && found.ours.is_some() {
            found.base = Some(line);
        } else if written.trim_end() == "=======" {
            if found.ours.is_none() {
                marks.without_end(parsed, std::mem::take(&mut found));
            }
            found.theirs = Some(line);
        } else if written.starts_with(">>>>>>> ") {
            marks.with_end(parsed, std::mem::take(&mut found), line);
        }
    }
    marks.without_end(parsed, found);
}

impl Marks {
    /// A merge whose last marker is there.
    fn with_end(&mut self, parsed: &Parsed<'_>, found: Markers, end: Line) {
        let first = found.ours.or(found.theirs).unwrap_or(end);
        let rest = found.base.or(found.theirs).unwrap_or(end);
        if found.ours.is_none() && !starts_with_token(parsed, first) {
            return;
        }
        self.left_out.extend(found.ours);
        self.left_out.push((rest.0, end.1));
        let theirs = found.theirs.unwrap_or(first).0;
        self.merges.push(MergeConflict { ours: first.0, theirs, end: end.0 });
    }

    /// Markers of a merge whose last one is not there.
    fn without_end(&mut self, parsed: &Parsed<'_>, found: Markers) {
        let lines = [found.ours, found.base, found.theirs].into_iter().flatten();
        let lines: Vec<Line> = lines.filter(|line| starts_with_token(parsed, *line)).collect();
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            self.merges.push(MergeConflict { ours: first.0, theirs: last.0, end: last.0 });
            self.left_out.extend(lines);
        }
    }
}

/// Finds lines with the signs of a patch in front of them, all of which are one mistake.
fn find_patch(parsed: &Parsed<'_>, marks: &mut Marks) {
    let marked: Vec<(Line, &str)> = lines(parsed.text)
        .filter(|(line, written)| {
            (written.starts_with(['+', '-']) || is_header(written)) && starts_with_token(parsed, *line)
        })
        .collect();
    let is_sign = |(line, written): &(Line, &str)| {
        is_header(written) || written.starts_with('+') && starts_binding(parsed, *line)
    };
    if marked.len() < 2 || !marked.iter().any(is_sign) {
        return;
    }
    marks.patch = marked.first().map(|(line, _)| line.0);
    marks.left_out.extend(marked.into_iter().map(|(line, written)| {
        let is_added = written.starts_with('+') && !is_header(written);
        if is_added { (line.0, line.0 + 1) } else { line }
    }));
}

/// Whether a line stands between the parts of a patch.
fn is_header(written: &str) -> bool {
    let names_versions = written.starts_with("index ") && written.contains("..") && !written.contains('=');
    names_versions || HEADERS.iter().any(|header| written.starts_with(header))
}

/// Whether a binding may start at a line.
fn starts_binding(parsed: &Parsed<'_>, line: Line) -> bool {
    let at = parsed.tokens.partition_point(|token| token.start < line.0);
    let before = at.checked_sub(1).map(|before| parsed.tokens[before].kind);
    matches!(before, Some(TOKEN_SEMICOLON | TOKEN_L_BRACE | TOKEN_R_BRACE | TOKEN_L_BRACK | TOKEN_LET) | None)
}

/// Leaves out what is not part of the file that is meant.
pub(super) fn leave_out(marks: &Marks, scanned: &mut Scanned) {
    if marks.left_out.is_empty() {
        return;
    }
    let is_left_out = |at: u32| {
        let next = marks.left_out.partition_point(|&(start, _)| start <= at);
        next.checked_sub(1).is_some_and(|before| at < marks.left_out[before].1)
    };
    scanned.tokens.retain(|token| token.kind == END || !is_left_out(token.start));
    scanned.comments.retain(|&(start, _)| !is_left_out(start));
}

/// Notes what version control left.
pub(super) fn noted<'t>(mut parsed: Parsed<'t>, marks: &Marks) -> Parsed<'t> {
    let merges = marks.merges.iter().map(|&markers| (markers.ours, Cause::MergeConflict(markers)));
    let patch = marks.patch.map(|start| (start, Cause::Patch(start)));
    for (start, cause) in merges.chain(patch) {
        let token = parsed.tokens.partition_point(|token| token.start < start);
        let token = token.min(parsed.tokens.len() - 1);
        parsed.mistakes.push(Mistake { token, before: token, expecting: &[], cause });
    }
    parsed
}

/// The line that starts at a place.
fn line(parsed: &Parsed<'_>, start: u32, source: SourceId) -> Span {
    let text = parsed.text[start as usize..].lines().next().map_or(1, |line| line.trim_end().len());
    Span::new(source, start, start + offset(text))
}

/// Says that two versions of a part of the file stand one after the other.
pub(super) fn merge_diagnostic(parsed: &Parsed<'_>, markers: MergeConflict, source: SourceId) -> Diagnostic {
    let at = |start: u32| line(parsed, start, source);
    let said = Diagnostic::new(Code::Syntax, at(markers.ours), "syntax error, a merge was left half done");
    if markers.ours == markers.end {
        return said.labelled("a marker of the merge").with_help("keep what is right, and remove the line");
    }
    let starts_here = |said: Diagnostic| said.with_label(at(markers.theirs), "the other one starts here");
    let said = said.labelled("one version starts here");
    let said = if markers.theirs == markers.ours { said } else { starts_here(said) };
    let said =
        if markers.end == markers.theirs { said } else { said.with_label(at(markers.end), "and ends here") };
    said.with_help("keep what is right of the two, and remove the lines with the markers")
}

/// Says that the lines of a patch are no lines of a file.
pub(super) fn patch_diagnostic(parsed: &Parsed<'_>, first: u32, source: SourceId) -> Diagnostic {
    let here = line(parsed, first, source);
    let is_line = is_header(&parsed.text[first as usize..]);
    let span = if is_line { here } else { Span::new(source, first, first + 1) };
    let said = Diagnostic::new(Code::Syntax, span, "syntax error, this is a line of a patch")
        .labelled("no part of the file")
        .with_help(
            "remove the `+` in front of the lines that are added, and the lines that start with `-` or `@@`",
        );
    let mut edits = lines(&parsed.text[first as usize..])
        .filter(|(_, written)| written.starts_with(['+', '-']) || is_header(written))
        .take(LOOK_AHEAD)
        .map(|((start, end), written)| {
            let is_added = written.starts_with('+') && !is_header(written);
            Span::new(source, first + start, if is_added { first + start + 1 } else { first + end })
        });
    let Some(span) = edits.next() else { return said };
    let said = said.with_fix(Fix { span, replacement: String::new(), applicability: Applicability::Unsafe });
    edits.fold(said, |said, span| said.with_further_edit(span, ""))
}

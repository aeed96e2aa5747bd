//! What a fix does to the source, as a small diff.

use launchnix_diagnostics::{Diagnostic, Edit, SourceFile, SourceMap};

use super::crop::Crop;
use super::snippet::Mark;
use super::{Charset, Look, is_known, text};

/// A fix that adds or removes more lines than this is shown in part.
const MAX_LINES: usize = 12;

/// So much of a word is kept in sight at most.
const WORD: usize = 24;

/// A line that is taken out or put in.
struct Line<'t> {
    /// The number that is shown, from 1.
    number: usize,
    sign: char,
    text: &'t str,
}

/// The lines that a fix changes, grouped as they lie together in the file.
pub(crate) struct Change {
    /// The file's name, where it is not that of the primary place.
    pub(crate) name: Option<String>,
    /// Lines to print, each at most as wide as the screen.
    pub(crate) lines: Vec<String>,
}

/// All that the fix changes; nothing where it cannot be applied.
pub(crate) fn changes(diagnostic: &Diagnostic, sources: &SourceMap, look: &Look) -> Vec<Change> {
    let mut edits = diagnostic.edits();
    if edits.iter().any(|edit| !is_known(sources, edit.span)) {
        return Vec::new();
    }
    edits.sort_by_key(|edit| (edit.span.source, edit.span.start, edit.span.end));
    let mut groups: Vec<Vec<Edit>> = Vec::new();
    for edit in edits {
        let file = sources.get(edit.span.source);
        match groups.last_mut() {
            Some(group) if touch(group, &edit, file) => group.push(edit),
            _ => groups.push(vec![edit]),
        }
    }
    let primary = diagnostic.primary.map(|span| span.source);
    groups
        .iter()
        .map(|group| {
            let source = group[0].span.source;
            let file = sources.get(source);
            let name = (Some(source) != primary).then(|| text::one_line(file.name(), look.charset));
            Change { name, lines: change(file, group, look) }
        })
        .collect()
}

/// Whether an edit begins on the line that the last one of a group ends on.
fn touch(group: &[Edit], edit: &Edit, file: &SourceFile) -> bool {
    let last = group[group.len() - 1].span;
    last.source == edit.span.source && file.line_index(last.end) >= file.line_index(edit.span.start)
}

fn change(file: &SourceFile, edits: &[Edit], look: &Look) -> Vec<String> {
    let first = file.line_index(edits[0].span.start);
    let last = file.line_index(edits[edits.len() - 1].span.end);
    let start = file.line_starts()[first] as usize;
    let end = file.line_starts().get(last + 1).map_or(file.text().len(), |&next| next as usize);
    let old = &file.text()[start..end];
    let mut new = String::new();
    let mut at = start;
    for edit in edits {
        let from = file.text().floor_char_boundary((edit.span.start as usize).clamp(at, end));
        let to = file.text().ceil_char_boundary((edit.span.end as usize).clamp(from, end));
        new.push_str(&file.text()[at..from]);
        new.push_str(&edit.replacement);
        at = to;
    }
    new.push_str(&file.text()[at..end]);

    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let same_before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same_before;
    let same_after = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let same_after = same_after.min(rest);
    let removed = &old[same_before..old.len() - same_after];
    let added = &new[same_before..new.len() - same_after];
    let number = first + same_before + 1;
    let lines: Vec<Line<'_>> = signed(removed, '-', number).chain(signed(added, '+', number)).collect();
    let focus = match (removed.first(), added.first()) {
        (Some(old), Some(new)) => difference(old, new),
        _ => (0, 0),
    };
    draw(&lines, focus, look)
}

fn signed<'t>(lines: &'t [&'t str], sign: char, first: usize) -> impl Iterator<Item = Line<'t>> {
    lines.iter().enumerate().map(move |(at, text)| Line { number: first + at, sign, text })
}

/// Where two lines begin to differ, and how many bytes at their ends are the same again.
fn difference(old: &str, new: &str) -> (usize, usize) {
    let before: usize =
        old.chars().zip(new.chars()).take_while(|(old, new)| old == new).map(|(old, _)| old.len_utf8()).sum();
    let after = old[before..].chars().rev().zip(new[before..].chars().rev());
    (before, after.take_while(|(old, new)| old == new).map(|(old, _)| old.len_utf8()).sum())
}

fn draw(lines: &[Line<'_>], focus: (usize, usize), look: &Look) -> Vec<String> {
    let bar = if look.charset == Charset::Unicode { '│' } else { '|' };
    let digits = lines.iter().map(|line| line.number.to_string().len()).max().unwrap_or(1);
    // ` 12 │ - `.
    let room = look.width.saturating_sub(digits + 6).max(16);
    let crops: Vec<_> = lines.iter().take(MAX_LINES).map(|line| crop(line.text, focus, look)).collect();
    let margin = crops.iter().map(|(crop, mark)| crop.margin(mark.iter(), room)).max().unwrap_or(0);
    let mut drawn: Vec<_> = lines
        .iter()
        .zip(&crops)
        .enumerate()
        .map(|(at, (line, (crop, _)))| {
            // The lines that begin to differ are cropped alike, so that the difference shows.
            let is_first = at == 0 || lines[at - 1].sign != line.sign;
            let margin = if is_first { margin } else { crop.margin_beside(margin, room) };
            let shown = crop.show(margin, room, 0).text;
            let text = format!("{} {shown}", line.sign);
            let text = match line.sign {
                _ if !look.color => text,
                '-' => format!("\u{1b}[31m{}\u{1b}[0m", text.trim_end()),
                _ => format!("\u{1b}[32m{}\u{1b}[0m", text.trim_end()),
            };
            let number = format!(" {:>digits$}", line.number);
            let number = if look.color { format!("\u{1b}[2m{number}\u{1b}[0m") } else { number };
            format!("{number} {bar} {text}").trim_end().to_owned()
        })
        .collect();
    if lines.len() > MAX_LINES {
        let (more, dots) = (lines.len() - MAX_LINES, look.charset.ellipsis());
        drawn.push(format!(" {:>digits$} {bar} {dots} {more} more lines", ""));
    }
    drawn
}

fn in_word(character: char) -> bool {
    !character.is_whitespace() && !matches!(character, ';' | '{' | '}' | '[' | ']' | '(' | ')')
}

/// A line as a file of its own, with the part of it that has to stay in sight.
fn crop(line: &str, (before, after): (usize, usize), look: &Look) -> (Crop, Option<Mark>) {
    let file = SourceFile::new("", line);
    let start = line.floor_char_boundary(before.min(line.len()));
    let end = line.floor_char_boundary(line.len().saturating_sub(after)).max(start);
    // A difference within a word is told by the whole word.
    let end = end
        + line[end..]
            .chars()
            .take(WORD)
            .take_while(|&character| in_word(character))
            .map(char::len_utf8)
            .sum::<usize>();
    let mark = Mark { start, end, first_line: 0, last_line: 0, message: String::new(), primary: true };
    let mark = (before > 0).then_some(mark);
    (Crop::new(&file, 0, mark.as_ref(), look.charset), mark)
}

//! From spans to the pieces of source that a rendering shows.
//!
//! miette is good at drawing frames and underlines, and trusts what it is given. Left to itself it would join
//! labels that lie hundreds of lines apart into one snippet, drop all snippets for one span outside the file,
//! count columns in bytes, print lines of any length, and draw overlapping labels over each other. So it never
//! sees the files: it sees an excerpt prepared here, in which every line is short and safe, distant labels stand
//! in pieces of their own, and each piece knows the lines that it came from.

use std::ops::Range;

use launchnix_diagnostics::{LineColumn, SourceFile, SourceMap, Span};

use super::Charset;
use super::crop::{Crop, ShownLine};
use super::text;

/// Lines shown around a labelled one.
const CONTEXT: usize = 1;
/// A label over more lines than this is shown at its first line only.
const MAX_LINES: usize = 6;
/// The narrowest column that label texts are wrapped to.
const MIN_LABEL_WIDTH: usize = 8;

/// A place to be shown.
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) primary: bool,
}

/// What miette draws: the text of all pieces, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    pub(crate) text: String,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) labels: Vec<Label>,
}

/// Consecutive lines of one file.
#[derive(Debug)]
pub(crate) struct Piece {
    /// The bytes of [`Excerpt::text`].
    pub(crate) range: Range<usize>,
    /// The file's name, safe to print.
    pub(crate) name: String,
    /// The file's line that comes first, from 0.
    pub(crate) first_line: usize,
    /// How many lines there are.
    pub(crate) lines: usize,
}

/// A label on the excerpt.
#[derive(Debug)]
pub(crate) struct Label {
    /// The bytes of [`Excerpt::text`].
    pub(crate) range: Range<usize>,
    pub(crate) message: Option<String>,
    pub(crate) primary: bool,
    /// The place in the file.
    pub(crate) at: LineColumn,
}

/// A place within its file: clamped, on character boundaries.
#[derive(Clone)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) first_line: usize,
    pub(crate) last_line: usize,
    pub(crate) message: String,
    pub(crate) primary: bool,
}

/// Prepares the places for a terminal of `width` columns.
pub(crate) fn excerpt(sources: &SourceMap, places: Vec<Place>, charset: Charset, width: usize) -> Excerpt {
    let mut excerpt = Excerpt::default();
    for (file, marks) in by_file(sources, places, charset) {
        let layers = layers(marks, file, charset, width);
        let mut groups: Vec<Vec<Mark>> = layers.into_iter().flat_map(groups).collect();
        // The piece that says what to change comes first; the others follow in the order of their lines.
        groups.sort_by_key(|group| !group.iter().any(|mark| mark.primary));
        for group in groups {
            excerpt.push(file, &group, charset, width);
        }
    }
    excerpt
}

/// Sorts places into their files, the primary one's first, and joins those that are the same.
fn by_file(sources: &SourceMap, mut places: Vec<Place>, charset: Charset) -> Vec<(&SourceFile, Vec<Mark>)> {
    places.sort_by_key(|place| !place.primary);
    let mut files: Vec<(usize, &SourceFile, Vec<Mark>)> = Vec::new();
    for place in places {
        let Some((id, file)) = sources.iter().nth(place.span.source.index()) else { continue };
        let mark = mark(file, &place, charset);
        let known = files.iter().position(|(index, ..)| *index == id.index());
        let at = known.unwrap_or(files.len());
        if known.is_none() {
            files.push((id.index(), file, Vec::new()));
        }
        let marks = &mut files[at].2;
        match marks.iter_mut().find(|other| (other.start, other.end) == (mark.start, mark.end)) {
            Some(same) if same.message.is_empty() => same.message = mark.message,
            Some(same) if same.message == mark.message || mark.message.is_empty() => {}
            Some(same) => same.message = format!("{}\n{}", same.message, mark.message),
            None => marks.push(mark),
        }
    }
    files.into_iter().map(|(_, file, marks)| (file, marks)).collect()
}

/// Clamps a place to its file.
fn mark(file: &SourceFile, place: &Place, charset: Charset) -> Mark {
    let source = file.text();
    let start = source.floor_char_boundary((place.span.start as usize).min(source.len()));
    let end = source.ceil_char_boundary((place.span.end as usize).min(source.len())).max(start);
    // A span that reaches into the next line only by its newline would be drawn over both.
    let end = start + source[start..end].trim_end().len();
    let line_of = |offset: usize| file.line_index(u32::try_from(offset).unwrap_or(u32::MAX));
    let first_line = line_of(start);
    let last_line = line_of(end.saturating_sub(1).max(start));
    let mut message = text::message(&place.message, charset);
    let (end, shown_line) = if last_line - first_line >= MAX_LINES {
        let (dash, last) = (if message.is_empty() { "" } else { ", " }, last_line + 1);
        message = format!("{message}{dash}up to line {last}");
        let line_end = file.line_starts()[first_line] as usize + file.line_text(first_line).len();
        (start + source[start..line_end.max(start)].trim_end().len(), first_line)
    } else {
        (end, last_line)
    };
    Mark { start, end, first_line, last_line: shown_line, message, primary: place.primary }
}

/// Distributes marks so that within a layer none is drawn over another; the primary one is in the first.
fn layers(marks: Vec<Mark>, file: &SourceFile, charset: Charset, width: usize) -> Vec<Vec<Mark>> {
    let mut layers: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        let fits = |layer: &Vec<Mark>| !layer.iter().any(|other| collide(other, &mark, file, charset, width));
        match layers.iter_mut().find(|layer| fits(layer)) {
            Some(layer) => layer.push(mark),
            None => layers.push(vec![mark]),
        }
    }
    layers
}

/// Whether two marks cannot be drawn in one piece: one over the other, or so far apart on one line that no room is
/// left for what they say.
fn collide(one: &Mark, other: &Mark, file: &SourceFile, charset: Charset, width: usize) -> bool {
    let is_multiline = |mark: &Mark| mark.first_line != mark.last_line;
    if is_multiline(one) && is_multiline(other) {
        return one.first_line <= other.last_line + 1 && other.first_line <= one.last_line + 1;
    }
    if one.first_line != other.first_line {
        return false;
    }
    // Of a mark over several lines only the start is on this one.
    let end = |mark: &Mark| if is_multiline(mark) { mark.start } else { mark.end };
    let overlap = one.start < end(other).max(other.start + 1) && other.start < end(one).max(one.start + 1);
    let between = &file.text()[one.start.min(other.start)..end(one).max(end(other))];
    // No character takes less than a quarter of its bytes, so that a long text need not be measured.
    let room = width.saturating_sub(30).max(width / 3);
    let columns = || text::cells(between, charset).iter().map(|cell| cell.width).sum::<usize>();
    overlap && !is_multiline(one) && !is_multiline(other) || between.len() > 16 * room || columns() > room
}

/// Splits a layer where the next mark is so far down that the lines between would only fill the screen.
fn groups(mut marks: Vec<Mark>) -> Vec<Vec<Mark>> {
    marks.sort_by_key(|mark| (mark.first_line, mark.start));
    let mut groups: Vec<Vec<Mark>> = Vec::new();
    let mut last_line = 0;
    for mark in marks {
        match groups.last_mut() {
            Some(group) if mark.first_line <= last_line + 2 * CONTEXT + 1 => {
                last_line = last_line.max(mark.last_line);
                group.push(mark);
            }
            _ => {
                last_line = mark.last_line;
                groups.push(vec![mark]);
            }
        }
    }
    groups
}

impl Excerpt {
    /// Each piece as an excerpt of its own, so that it is drawn by itself.
    pub(crate) fn into_pieces(self) -> Vec<Self> {
        let Self { text, pieces, mut labels } = self;
        let split = pieces.into_iter().map(|piece| {
            let within =
                |label: &Label| piece.range.start <= label.range.start && label.range.end <= piece.range.end;
            let labels = labels.extract_if(.., |label| within(label)).collect();
            Self { text: text.clone(), pieces: vec![piece], labels }
        });
        split.collect()
    }

    /// Adds a piece with its lines and labels.
    fn push(&mut self, file: &SourceFile, marks: &[Mark], charset: Charset, width: usize) {
        let lines = lines_of(file, marks);
        let digits = lines.end.to_string().len();
        let multiline = marks.iter().any(|mark| mark.first_line != mark.last_line);
        // ` 12 │ `, and before multi-line labels a gutter of miette's.
        let room = width.saturating_sub(digits + 4 + if multiline { 4 } else { 0 }).max(2 * MIN_LABEL_WIDTH);
        let leading = marks.iter().find(|mark| mark.primary).unwrap_or(&marks[0]);

        let piece_start = self.text.len();
        let mut shown_lines: Vec<ShownLine> = Vec::new();
        let starting_at = |line: usize| marks.iter().filter(move |mark| mark.first_line == line);
        let common_margin = Crop::new(file, leading.first_line, Some(leading), charset)
            .margin(starting_at(leading.first_line), room);
        for line in lines.clone() {
            let focus = starting_at(line).next().or_else(|| marks.iter().find(|mark| mark.last_line == line));
            let crop = Crop::new(file, line, focus, charset);
            let is_marked = starting_at(line).next().is_some();
            let margin = if is_marked {
                crop.margin(starting_at(line), room)
            } else {
                crop.margin_beside(common_margin, room)
            };
            let shown = crop.show(margin, room, self.text.len());
            self.text.push_str(&shown.text);
            self.text.push('\n');
            shown_lines.push(shown);
        }
        let place = |mark: &Mark| {
            let at = file.line_column(u32::try_from(mark.start).unwrap_or(u32::MAX));
            format!("{}{}", at.line, at.column).len()
        };
        // ` 12 ╭─[name:12:34]`.
        let around = digits + 2 + "╭─[::]".chars().count() + marks.iter().map(place).max().unwrap_or(0);
        let name = text::one_line(file.name(), charset);
        self.pieces.push(Piece {
            range: piece_start..self.text.len(),
            name: text::last_columns(&name, width.saturating_sub(around), charset).into_owned(),
            first_line: lines.start,
            lines: lines.len(),
        });
        // A gap between pieces, so that a label at the very end of one never touches the next.
        self.text.push_str("\n\n");

        // Up to which column of which line there are underlines: what is at the same place is drawn beside them.
        let mut drawn = (usize::MAX, 0);
        for mark in marks {
            let first = &shown_lines[mark.first_line - lines.start];
            let last = &shown_lines[mark.last_line - lines.start];
            let start = first.position(mark.start);
            // Where the end of a mark was cropped away it must not slip back to the line before.
            let first_shown = last.text.chars().next().map_or(0, char::len_utf8);
            let earliest = if mark.first_line == mark.last_line { start } else { last.start + first_shown };
            let end = last.position(mark.end).max(earliest);
            let label_room = if mark.first_line == mark.last_line {
                let column = text::columns(&self.text[first.start..start]);
                let column = if drawn.0 == mark.first_line { column.max(drawn.1) } else { column };
                let underlined = text::columns(&self.text[start..end]);
                drawn = (mark.first_line, column + underlined.max(1));
                room.saturating_sub(column + underlined / 2 + 4)
            } else {
                room.saturating_sub(4)
            };
            let wrapped = text::wrap(&mark.message, label_room.max(MIN_LABEL_WIDTH));
            self.labels.push(Label {
                range: start..end,
                message: (!mark.message.is_empty()).then(|| wrapped.join("\n")),
                primary: mark.primary,
                at: file.line_column(u32::try_from(mark.start).unwrap_or(u32::MAX)),
            });
        }
    }
}

/// The lines that a piece shows: those with marks and some around them, without blank ones at the edges.
fn lines_of(file: &SourceFile, marks: &[Mark]) -> Range<usize> {
    let first_marked = marks.iter().map(|mark| mark.first_line).min().unwrap_or(0);
    let last_marked = marks.iter().map(|mark| mark.last_line).max().unwrap_or(0);
    let is_blank = |line: usize| file.line_text(line).trim().is_empty();
    let mut first = first_marked.saturating_sub(CONTEXT);
    while first < first_marked && is_blank(first) {
        first += 1;
    }
    let mut last = (last_marked + CONTEXT).min(file.line_starts().len() - 1);
    while last > last_marked && is_blank(last) {
        last -= 1;
    }
    first..last + 1
}

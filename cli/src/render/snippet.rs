//! From spans to the pieces of source that a rendering shows.
//!
//! miette is good at drawing frames and underlines, and trusts what it is given. Left to itself it would join
//! labels that lie hundreds of lines apart into one snippet, drop all snippets for one span outside the file,
//! count columns in bytes, print lines of any length, and draw overlapping labels over each other. So it never
//! sees the files: it sees an excerpt prepared here, in which every line is short and safe, distant labels stand
//! in pieces of their own, and each piece knows the lines that it came from.

use std::ops::Range;

use launchnix_diagnostics::{LineColumn, SourceFile, SourceMap, Span};
use unicode_width::UnicodeWidthStr;

use super::Charset;
use super::text::{self, Cell};

/// Lines shown around a labelled one.
const CONTEXT: usize = 1;
/// A label over more lines than this is shown at its first line only.
const MAX_LINES: usize = 6;
/// Columns kept before a label when its line is cropped.
const LEAD: usize = 8;
/// The narrowest column that label texts are wrapped to.
const MIN_LABEL_WIDTH: usize = 16;
/// Bytes of one line that are looked at, around its label: a minified file may be one line of many megabytes.
const LINE_WINDOW: usize = 4096;

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
struct Mark {
    start: usize,
    end: usize,
    first_line: usize,
    last_line: usize,
    message: String,
    primary: bool,
}

/// Prepares the places for a terminal of `width` columns.
pub(crate) fn excerpt(sources: &SourceMap, places: Vec<Place>, charset: Charset, width: usize) -> Excerpt {
    let mut excerpt = Excerpt::default();
    for (file, marks) in by_file(sources, places, charset) {
        let mut groups: Vec<Vec<Mark>> = layers(marks, width).into_iter().flat_map(groups).collect();
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
fn layers(marks: Vec<Mark>, width: usize) -> Vec<Vec<Mark>> {
    let mut layers: Vec<Vec<Mark>> = Vec::new();
    for mark in marks {
        match layers.iter_mut().find(|layer| !layer.iter().any(|other| collide(other, &mark, width))) {
            Some(layer) => layer.push(mark),
            None => layers.push(vec![mark]),
        }
    }
    layers
}

/// Whether two marks cannot be drawn in one piece.
fn collide(one: &Mark, other: &Mark, width: usize) -> bool {
    let is_multiline = |mark: &Mark| mark.first_line != mark.last_line;
    match (is_multiline(one), is_multiline(other)) {
        (true, true) => one.first_line <= other.last_line + 1 && other.first_line <= one.last_line + 1,
        (false, false) if one.first_line == other.first_line => {
            let overlap =
                one.start < other.end.max(other.start + 1) && other.start < one.end.max(one.start + 1);
            overlap || one.start.abs_diff(other.start) > width / 2
        }
        _ => false,
    }
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
    /// Adds a piece with its lines and labels.
    fn push(&mut self, file: &SourceFile, marks: &[Mark], charset: Charset, width: usize) {
        let lines = lines_of(file, marks);
        let digits = lines.end.to_string().len();
        let multiline = marks.iter().any(|mark| mark.first_line != mark.last_line);
        // ` 12 │ `, and before multi-line labels a gutter of miette's.
        let room = width.saturating_sub(digits + 4 + if multiline { 4 } else { 0 }).max(MIN_LABEL_WIDTH + 4);
        let leading = marks.iter().find(|mark| mark.primary).unwrap_or(&marks[0]);

        let piece_start = self.text.len();
        let mut shown_lines: Vec<ShownLine> = Vec::new();
        let common_margin = Crop::new(file, leading.first_line, Some(leading), charset).margin(leading, room);
        for line in lines.clone() {
            let on_line = marks
                .iter()
                .find(|mark| mark.first_line == line && mark.primary)
                .or_else(|| marks.iter().find(|mark| mark.first_line == line || mark.last_line == line));
            let crop = Crop::new(file, line, on_line, charset);
            let margin = match on_line {
                Some(mark) if mark.first_line == line => crop.margin(mark, room),
                _ => common_margin,
            };
            let shown = crop.show(margin, room, self.text.len());
            self.text.push_str(&shown.text);
            self.text.push('\n');
            shown_lines.push(shown);
        }
        self.pieces.push(Piece {
            range: piece_start..self.text.len(),
            name: text::one_line(file.name(), charset),
            first_line: lines.start,
            lines: lines.len(),
        });
        // A gap between pieces, so that a label at the very end of one never touches the next.
        self.text.push_str("\n\n");

        for mark in marks {
            let first = &shown_lines[mark.first_line - lines.start];
            let last = &shown_lines[mark.last_line - lines.start];
            let start = first.position(mark.start);
            let end = last.position(mark.end).max(start);
            let label_room = if mark.first_line == mark.last_line {
                let column = self.text[first.start..start].width();
                let middle = column + self.text[start..end].width() / 2;
                room.saturating_sub(middle + 4)
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

/// A line on its way to the screen.
struct Crop {
    /// Byte offset in the file of the part of the line that is looked at.
    base: usize,
    cells: Vec<Cell>,
    /// Bytes of the part.
    length: usize,
    cut_before: bool,
    cut_after: bool,
    ellipsis: &'static str,
}

/// A line as it is shown.
struct ShownLine {
    /// Byte offset in the excerpt.
    start: usize,
    text: String,
    /// For each character of the source, and for the end of the line: file offset, excerpt offset.
    positions: Vec<(usize, usize)>,
}

impl Crop {
    fn new(file: &SourceFile, line: usize, mark: Option<&Mark>, charset: Charset) -> Self {
        let line_start = file.line_starts()[line] as usize;
        let whole = file.line_text(line);
        let focus = mark.map_or(0, |mark| mark.start.saturating_sub(line_start).min(whole.len()));
        let (from, to) = if whole.len() <= LINE_WINDOW {
            (0, whole.len())
        } else {
            let from = whole.floor_char_boundary(focus.saturating_sub(LINE_WINDOW / 4));
            (from, whole.floor_char_boundary((from + LINE_WINDOW).min(whole.len())))
        };
        Self {
            base: line_start + from,
            cells: text::cells(&whole[from..to], charset),
            length: to - from,
            cut_before: from > 0,
            cut_after: to < whole.len(),
            ellipsis: charset.ellipsis(),
        }
    }

    /// The column at which a file offset is, before cropping.
    fn column(&self, offset: usize) -> usize {
        let offset = offset.saturating_sub(self.base);
        self.cells.iter().take_while(|cell| cell.offset < offset).map(|cell| cell.width).sum()
    }

    /// How many columns to leave out at the left, so that a mark and the start of its message fit.
    fn margin(&self, mark: &Mark, room: usize) -> usize {
        let start = self.column(mark.start);
        let end =
            if mark.first_line == mark.last_line { self.column(mark.end).max(start + 1) } else { start + 1 };
        let message = mark.message.split('\n').map(UnicodeWidthStr::width).max().unwrap_or(0);
        let message_room = message.min(room / 2);
        let needed = end.max(usize::midpoint(start, end) + 4 + message_room) + self.ellipsis.width();
        needed.saturating_sub(room).min(start.saturating_sub(LEAD))
    }

    /// The line without its first `margin` columns, in at most `room` columns.
    fn show(&self, margin: usize, room: usize, start: usize) -> ShownLine {
        let ellipsis_width = self.ellipsis.width();
        let mut skipped = 0;
        let mut from = 0;
        let mut blank = !self.cut_before;
        for cell in &self.cells {
            // Leaving out nothing but indentation needs no ellipsis, and then no room for one.
            let wanted = if margin == 0 || blank && cell.shown.trim().is_empty() {
                margin
            } else {
                margin + ellipsis_width
            };
            if skipped >= wanted {
                break;
            }
            blank &= cell.shown.trim().is_empty();
            skipped += cell.width;
            from += 1;
        }
        let mut text = String::new();
        if (from > 0 || self.cut_before) && !blank {
            text.push_str(self.ellipsis);
        }
        let mut used = text.width();
        let rest: usize = self.cells[from..].iter().map(|cell| cell.width).sum();
        let is_cut = self.cut_after || used + rest > room;
        let limit = if is_cut { room.saturating_sub(ellipsis_width) } else { room };

        let mut positions: Vec<_> =
            self.cells[..from].iter().map(|cell| (self.base + cell.offset, start)).collect();
        let mut cells = self.cells[from..].iter();
        for cell in cells.by_ref() {
            if used + cell.width > limit {
                positions.push((self.base + cell.offset, start + text.len()));
                break;
            }
            positions.push((self.base + cell.offset, start + text.len()));
            text.push_str(&cell.shown);
            used += cell.width;
        }
        positions.extend(cells.map(|cell| (self.base + cell.offset, start + text.len())));
        positions.push((self.base + self.length, start + text.len()));
        if is_cut {
            text.push_str(self.ellipsis);
        }
        ShownLine { start, text, positions }
    }
}

impl ShownLine {
    /// Where a file offset is in the excerpt; what was cropped is at the edge that it was cropped from.
    fn position(&self, offset: usize) -> usize {
        let at = self.positions.partition_point(|&(source, _)| source < offset).min(self.positions.len() - 1);
        self.positions[at].1
    }
}

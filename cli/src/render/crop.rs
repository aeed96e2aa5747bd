//! A line of source, cut to what fits on the screen around its labels.

use launchnix_diagnostics::SourceFile;

use super::Charset;
use super::snippet::Mark;
use super::text::{self, Cell};

/// Columns kept before a label when its line is cropped, on a screen that is wide enough.
const LEAD: usize = 8;
/// Bytes of one line that are looked at, around its label: a minified file may be one line of many megabytes.
const LINE_WINDOW: usize = 4096;

/// A line on its way to the screen.
pub(crate) struct Crop {
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
pub(crate) struct ShownLine {
    /// Byte offset in the excerpt.
    pub(crate) start: usize,
    pub(crate) text: String,
    /// For each character of the source, and for the end of the line: file offset, excerpt offset.
    positions: Vec<(usize, usize)>,
}

impl Crop {
    pub(crate) fn new(file: &SourceFile, line: usize, mark: Option<&Mark>, charset: Charset) -> Self {
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

    /// How many columns to leave out of a line without marks, beside one that leaves out `common`: as many, unless that
    /// would take text from a line that fits as it is.
    pub(crate) fn margin_beside(&self, common: usize, room: usize) -> usize {
        let mut used = 0;
        let mut left_out = self.cells.iter().take_while(|cell| {
            used += cell.width;
            used <= common
        });
        let loses_text = left_out.any(|cell| !cell.shown.trim().is_empty());
        let fits = !self.cut_before && self.cells.iter().map(|cell| cell.width).sum::<usize>() <= room;
        if loses_text && fits { 0 } else { common }
    }

    /// The column at which a file offset is, before cropping.
    fn column(&self, offset: usize) -> usize {
        let offset = offset.saturating_sub(self.base);
        self.cells.iter().take_while(|cell| cell.offset < offset).map(|cell| cell.width).sum()
    }

    /// How many columns to leave out at the left, so that the marks on the line and what they say fit, as far as
    /// the first of them stays in sight.
    pub(crate) fn margin<'m>(&self, marks: impl Iterator<Item = &'m Mark>, room: usize) -> usize {
        let mut first = usize::MAX;
        let mut margin = 0;
        for mark in marks {
            let start = self.column(mark.start);
            let is_single = mark.first_line == mark.last_line;
            let end = if is_single { self.column(mark.end).max(start + 1) } else { start + 1 };
            let message = mark.message.split('\n').map(text::columns).max().unwrap_or(0);
            let message_end = usize::midpoint(start, end) + 4 + message.min((room / 4).max(16));
            let needed = end.max(message_end) + text::columns(self.ellipsis);
            margin = margin.max(needed.saturating_sub(room));
            first = first.min(start);
        }
        margin.min(first.saturating_sub(LEAD.min(room / 5)))
    }

    /// The line without its first `margin` columns, in at most `room` columns.
    pub(crate) fn show(&self, margin: usize, room: usize, start: usize) -> ShownLine {
        let ellipsis_width = text::columns(self.ellipsis);
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
        let mut used = text::columns(&text);
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
    pub(crate) fn position(&self, offset: usize) -> usize {
        let at = self.positions.partition_point(|&(source, _)| source < offset).min(self.positions.len() - 1);
        self.positions[at].1
    }
}

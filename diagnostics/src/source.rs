//! Source files and places in them.

use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

/// A source file in a [`SourceMap`]: its number, from 1, so that an optional [`Span`] takes no more room than one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(NonZeroU32);

impl SourceId {
    /// The position of the file in its map, from 0.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A half-open range of byte offsets in one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of `source`; a reversed range becomes empty at `start`.
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        Self { source, start, end: end.max(start) }
    }

    /// The smallest span that covers both; `self` where they are in different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.source == other.source {
            Self::new(self.source, self.start.min(other.start), self.end.max(other.end))
        } else {
            self
        }
    }

    /// Whether all of another span is inside of this one.
    pub fn contains(self, other: Self) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }

    /// Length in bytes.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A place for people: both numbers count from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct LineColumn {
    /// Line, from 1. A line ends after `\n`.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// A file's name, text and line starts.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    /// Found out when first asked for: of most files, nobody asks.
    line_starts: OnceLock<Arc<[u32]>>,
    /// How many characters start before each block of the text; asked for where lines are long.
    characters_before: OnceLock<Arc<[u32]>>,
    is_data: bool,
}

/// Bytes of a block whose characters are counted once.
const BLOCK: usize = 1024;

impl SourceFile {
    /// A file called `name` in messages.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters_before: OnceLock::new(),
            is_data: false,
        }
    }

    /// Whether this is no program, but text that one has read.
    pub fn is_data(&self) -> bool {
        self.is_data
    }

    /// The name that messages use: the path as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Byte offset at which each line starts.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(newlines.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }

    /// The line (from 0) that holds a byte offset; offsets past the end belong to the last line.
    pub fn line_index(&self, offset: u32) -> usize {
        self.line_starts().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Text of a line (from 0) without its line ending; empty past the end.
    pub fn line_text(&self, line: usize) -> &str {
        let Some(&start) = self.line_starts().get(line) else { return "" };
        let end = self.line_starts().get(line + 1).map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches('\n').trim_end_matches('\r')
    }

    /// Line and column of a byte offset. An offset inside a character counts as its start.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = self.floor_char(offset as usize);
        let line = self.line_index(u32::try_from(offset).unwrap_or(u32::MAX));
        let start = self.line_starts()[line] as usize;
        let column = self.characters_in(start, offset) + 1;
        LineColumn {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
        }
    }

    /// How many characters there are from one offset to another. Thousands of places may be on one long line.
    fn characters_in(&self, start: usize, end: usize) -> usize {
        if end - start <= 2 * BLOCK {
            return self.text[start..end].chars().count();
        }
        self.characters_up_to(end) - self.characters_up_to(start)
    }

    fn characters_up_to(&self, offset: usize) -> usize {
        // All bytes but those that continue a character.
        let starts = |bytes: &[u8]| bytes.iter().filter(|&byte| byte & 0xC0 != 0x80).count();
        let bytes = self.text.as_bytes();
        let before = self.characters_before.get_or_init(|| {
            let mut all = 0;
            let blocks = (0..=bytes.len() / BLOCK).map(|block| {
                let before = all;
                all += starts(&bytes[block * BLOCK..bytes.len().min((block + 1) * BLOCK)]);
                u32::try_from(before).unwrap_or(u32::MAX)
            });
            blocks.collect()
        });
        let block = offset / BLOCK;
        before[block] as usize + starts(&bytes[block * BLOCK..offset])
    }

    /// As [`line_column`](Self::line_column), with the column in bytes, as Nix counts it.
    pub fn line_byte(&self, offset: u32) -> LineColumn {
        let offset = self.floor_char(offset as usize);
        let line = self.line_index(u32::try_from(offset).unwrap_or(u32::MAX));
        let start = self.line_starts()[line] as usize;
        LineColumn {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(offset - start + 1).unwrap_or(u32::MAX),
        }
    }

    /// The text of a span, clamped to the file and to character boundaries.
    pub fn slice(&self, span: Span) -> &str {
        let start = self.floor_char(span.start as usize);
        let end = self.floor_char(span.end as usize).max(start);
        &self.text[start..end]
    }

    fn floor_char(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}

/// All source files that a run has read.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and gives it its identity.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.files.push(SourceFile::new(name, text));
        let number = u32::try_from(self.files.len()).ok().and_then(NonZeroU32::new);
        SourceId(number.expect("a file was added, and fewer than 2^32 fit in memory"))
    }

    /// Adds a file that a program has read, in whatever language it is.
    pub fn add_data(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = self.add(name, text);
        if let Some(file) = self.files.last_mut() {
            file.is_data = true;
        }
        id
    }

    /// The file behind an identity that this map gave out.
    pub fn get(&self, id: SourceId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// All files, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (1u32..).filter_map(NonZeroU32::new).map(SourceId).zip(&self.files)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether no file was added yet.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_long_lines_are_counted_alike() {
        for line in ["x".repeat(3 * BLOCK), "é\u{1F600}a".repeat(BLOCK), "ß".repeat(2 * BLOCK)] {
            let text = format!("ä\n{line}");
            let file = SourceFile::new("a.nix", text.as_str());
            for (at, (offset, _)) in line.char_indices().enumerate() {
                let place = file.line_column(u32::try_from(offset + 3).expect("small"));
                assert_eq!((place.line as usize, place.column as usize), (2, at + 1));
            }
            let end = file.line_column(u32::try_from(text.len()).expect("small"));
            assert_eq!(end.column as usize, line.chars().count() + 1);
        }
    }

    #[test]
    fn columns_count_unicode_scalar_values() {
        let file = SourceFile::new("a.nix", "é = 1;\r\n  \u{1F600}x");
        assert_eq!(file.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(file.line_column(2), LineColumn { line: 1, column: 2 });
        assert_eq!(file.line_column(1), LineColumn { line: 1, column: 1 }, "inside é");
        assert_eq!(file.line_column(15), LineColumn { line: 2, column: 4 });
        assert_eq!(file.line_column(999), LineColumn { line: 2, column: 5 }, "past the end");
        assert_eq!(file.line_text(0), "é = 1;");
        assert_eq!(file.line_text(7), "");
    }

    #[test]
    fn spans_join_only_within_one_file() {
        let mut map = SourceMap::new();
        let (a, b) = (map.add("a", "0123456789"), map.add("b", ""));
        assert_eq!(Span::new(a, 2, 4).to(Span::new(a, 6, 8)), Span::new(a, 2, 8));
        assert_eq!(Span::new(a, 2, 4).to(Span::new(b, 0, 0)), Span::new(a, 2, 4));
        assert_eq!(map.slice(Span::new(a, 2, 4)), "23");
        assert_eq!(Span::new(a, 9, 3).len(), 0);
    }
}

//! Byte offsets and the positions of the protocol.
//!
//! A position is a line and a column, both from 0. What a column counts is negotiated: UTF-16 code units unless
//! the client offers something else.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use launchnix_diagnostics::{SourceFile, Span};
use serde_json::Value;

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The first that the client offers and the server knows, which are all three.
    pub(crate) fn negotiate(initialize: &Value) -> Self {
        let offered = initialize.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let known = offered.into_iter().flatten().find_map(|name| match name.as_str()? {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        });
        known.unwrap_or(Self::Utf16)
    }

    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Columns that a text takes.
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The position of a byte offset; past the end it is the end, within a character the character's start.
    pub(crate) fn position(self, file: &SourceFile, offset: u32) -> Position {
        let text = file.text();
        let offset = text.floor_char_boundary((offset as usize).min(text.len()));
        let line = file.line_index(u32::try_from(offset).unwrap_or(u32::MAX));
        let start = file.line_starts()[line] as usize;
        Position { line: number(line), character: number(self.length(&text[start..offset])) }
    }

    /// The range of a span.
    pub(crate) fn range(self, file: &SourceFile, span: Span) -> Range {
        Range { start: self.position(file, span.start), end: self.position(file, span.end) }
    }

    /// The byte offset of a position; a column past the end of its line is the line's end, a line past the end of
    /// the file the file's end.
    pub(crate) fn offset(self, file: &SourceFile, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = file.line_starts().get(line) else { return file.text().len() };
        let mut left = position.character as usize;
        let text = file.line_text(line);
        let within = text.char_indices().find(|&(_, character)| {
            let width = self.length(character.encode_utf8(&mut [0; 4]));
            let is_here = left < width;
            left = left.saturating_sub(width);
            is_here
        });
        start as usize + within.map_or(text.len(), |(offset, _)| offset)
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\r\n😀é x\n";

    #[test]
    fn each_encoding_counts_its_units() {
        let file = SourceFile::new("x", TEXT);
        let x = u32::try_from(TEXT.find('x').unwrap()).unwrap();
        for (encoding, column) in [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)] {
            let position = encoding.position(&file, x);
            assert_eq!(position, Position { line: 1, character: column }, "{encoding:?}");
            assert_eq!(encoding.offset(&file, position), x as usize, "{encoding:?}");
        }
    }

    #[test]
    fn positions_outside_are_clamped() {
        let file = SourceFile::new("x", TEXT);
        let offset = |line, character| Encoding::Utf16.offset(&file, Position { line, character });
        assert_eq!(offset(0, 99), 1, "before the line ending");
        assert_eq!(offset(1, 1), 3, "within the emoji");
        assert_eq!(offset(2, 5), TEXT.len());
        assert_eq!(offset(99, 0), TEXT.len());
        assert_eq!(Encoding::Utf8.position(&file, u32::MAX), Position { line: 2, character: 0 });
    }

    #[test]
    fn every_offset_survives_the_round_trip() {
        let file = SourceFile::new("x", "é😀\nab\n\n日本語");
        for (offset, _) in file.text().char_indices() {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = encoding.position(&file, u32::try_from(offset).unwrap());
                assert_eq!(encoding.offset(&file, position), offset, "{encoding:?}");
            }
        }
    }

    #[test]
    fn the_clients_preference_counts() {
        let initialize = |encodings: &[&str]| serde_json::json!({ "capabilities": { "general": { "positionEncodings": encodings } } });
        assert_eq!(Encoding::negotiate(&serde_json::json!({})), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(&initialize(&["utf-7", "utf-32", "utf-8"])), Encoding::Utf32);
        assert_eq!(Encoding::negotiate(&initialize(&["utf-8", "utf-16"])), Encoding::Utf8);
    }
}

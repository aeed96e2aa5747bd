//! Making text safe and measurable for a terminal.
//!
//! A deployment may hold any character, and a terminal obeys some of them: an escape sequence could hide a line
//! of the rendering, a bidirectional override could reorder it. What is not plain text is therefore shown as an
//! escape (`\u{1b}`), and every width is counted on what is shown.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

use super::Charset;

/// Columns between tab stops: half of a terminal's, which leaves room for deeply indented code.
const TAB_WIDTH: usize = 4;

/// The most characters of one message that are shown.
const MESSAGE_LIMIT: usize = 4000;

/// What is shown for one character of the source.
pub(crate) struct Cell {
    /// Byte offset of the character in its line.
    pub(crate) offset: usize,
    /// The text to show.
    pub(crate) shown: String,
    /// Columns that it takes.
    pub(crate) width: usize,
}

/// Columns that a text takes, one character after the other: miette draws its underlines by the same count, and
/// terminals disagree on what joins to what.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).sum()
}

/// A line of source as the cells that show it.
pub(crate) fn cells(line: &str, charset: Charset) -> Vec<Cell> {
    let mut column = 0;
    line.char_indices()
        .map(|(offset, character)| {
            let (shown, width) = if character == '\t' {
                let width = TAB_WIDTH - column % TAB_WIDTH;
                (" ".repeat(width), width)
            } else {
                let shown = shown(character, charset);
                let width = columns(&shown);
                (shown.into_owned(), width)
            };
            column += width;
            Cell { offset, shown, width }
        })
        .collect()
}

/// A message as it may be printed: hostile characters escaped, newlines kept, endless text cut.
pub(crate) fn message(text: &str, charset: Charset) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        if at == MESSAGE_LIMIT {
            let rest = text.chars().count() - MESSAGE_LIMIT;
            let cut = format!("{} ({rest} more characters)", charset.ellipsis());
            safe.push_str(&cut);
            break;
        }
        match character {
            '\n' => safe.push('\n'),
            '\t' => safe.push_str("    "),
            other => safe.push_str(&shown(other, charset)),
        }
    }
    // `\r\n` inside a message is a newline, and a trailing newline would tear the frame.
    let safe = safe.replace("\\r\n", "\n");
    safe.trim_end().to_owned()
}

/// A message on one line.
pub(crate) fn one_line(text: &str, charset: Charset) -> String {
    message(text, charset)
        .split('\n')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Breaks text into lines of at most `width` columns, at spaces where there are any.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for (at, word) in paragraph.split(' ').enumerate() {
            let mut word = word;
            if at > 0 && used + 1 + columns(word) > width && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if at > 0 {
                line.push(' ');
                used += 1;
            }
            while used + columns(word) > width {
                let at = split_at_width(word, width - used);
                if at == word.len() {
                    break;
                }
                line.push_str(&word[..at]);
                word = &word[at..];
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(word);
            used += columns(word);
        }
        lines.push(line);
    }
    lines
}

/// The end of a text, in at most `width` columns: of a path, what comes last tells most.
pub(crate) fn last_columns(text: &str, width: usize, charset: Charset) -> Cow<'_, str> {
    if columns(text) <= width {
        return Cow::Borrowed(text);
    }
    let mut room = width.saturating_sub(columns(charset.ellipsis()));
    let fits = |&(_, character): &(usize, char)| {
        let wide = character.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    let start = text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}{}", charset.ellipsis(), &text[start..]))
}

/// The byte offset at which `text` has filled `width` columns; at least one character, so that wrapping ends.
fn split_at_width(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (offset, character) in text.char_indices() {
        used += character.width().unwrap_or(0);
        if used > width && offset > 0 {
            return offset;
        }
    }
    text.len()
}

/// What stands for a character: itself, or an escape where a terminal would not simply print it.
fn shown(character: char, charset: Charset) -> Cow<'static, str> {
    match character {
        ' '..='~' => Cow::Owned(character.to_string()),
        '\r' => Cow::Borrowed("\\r"),
        _ if charset == Charset::Ascii => match character {
            '…' => Cow::Borrowed("..."),
            '–' | '—' | '‐' | '‑' => Cow::Borrowed("-"),
            '‘' | '’' => Cow::Borrowed("'"),
            '“' | '”' => Cow::Borrowed("\""),
            _ => Cow::Owned(character.escape_unicode().to_string()),
        },
        _ if is_hostile(character) => Cow::Owned(character.escape_unicode().to_string()),
        _ => Cow::Owned(character.to_string()),
    }
}

/// Whether a terminal would act on a character, or show nothing for it.
fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen; Arabic letter mark; zero-width characters and direction marks.
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            // Line and paragraph separator; bidirectional embeddings, overrides and isolates; invisible operators.
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Byte order mark, interlinear annotation, tags, private use and noncharacters.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..
        )
        || u32::from(character) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        let text = "a\u{1b}[31mb\u{202e}c\u{200d}d\u{7}e\tf\r\ng\u{85}";
        assert_eq!(
            message(text, Charset::Unicode),
            "a\\u{1b}[31mb\\u{202e}c\\u{200d}d\\u{7}e    f\ng\\u{85}"
        );
        assert_eq!(one_line("a\n  b\n", Charset::Unicode), "a b");
        assert_eq!(message("é … ‘x’", Charset::Ascii), "\\u{e9} ... 'x'");
    }

    #[test]
    fn long_text_is_cut_and_says_so() {
        let shown = message(&"x".repeat(5000), Charset::Unicode);
        assert!(shown.ends_with("x… (1000 more characters)"), "{}", &shown[3990..]);
    }

    #[test]
    fn wrapping_keeps_words_and_breaks_what_does_not_fit() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
        assert_eq!(wrap("日本語", 4), ["日本", "語"]);
        assert_eq!(wrap("日", 1), ["日"]);
        assert_eq!(wrap("a\n\n  b", 9), ["a", "", "  b"]);
    }

    #[test]
    fn long_names_lose_their_beginnings() {
        assert_eq!(last_columns("a/b.nix", 7, Charset::Unicode), "a/b.nix");
        assert_eq!(last_columns("lang/日b.nix", 8, Charset::Unicode), "…日b.nix");
        assert_eq!(last_columns("lang/日b.nix", 7, Charset::Unicode), "…b.nix");
        assert_eq!(last_columns("long/b.nix", 7, Charset::Ascii), "....nix");
        assert_eq!(last_columns("abc", 0, Charset::Unicode), "…");
    }

    #[test]
    fn tabs_reach_the_next_stop() {
        let widths: Vec<_> = cells("a\t\tb", Charset::Unicode).iter().map(|cell| cell.width).collect();
        assert_eq!(widths, [1, 3, 4, 1]);
    }
}

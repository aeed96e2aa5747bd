//! Making text safe and measurable for a terminal.
//!
//! A deployment may hold any character, and a terminal obeys some of them: an escape sequence could hide a line
//! of the rendering, a bidirectional override could reorder it. What is not plain text is therefore shown as an
//! escape (`\u{1b}`), and every width is counted on what is shown.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::Charset;

/// Columns between tab stops: half of a terminal's, which leaves room for deeply indented code.
const TAB_WIDTH: usize = 4;
const TAB: &str = "    ";

/// The characters of ASCII that are shown as they are, in order. Most of all that is shown is made of them.
const PLAIN: &str =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// The most accents and the like that may stand on one character: whole stacks of them reach into other lines.
const MARKS_LIMIT: usize = 4;

/// The most characters of one message that are shown.
const MESSAGE_LIMIT: usize = 4000;

/// What is shown for one character of the source.
pub(crate) struct Cell {
    /// Byte offset of the character in its line.
    pub(crate) offset: usize,
    /// The text to show.
    pub(crate) shown: Cow<'static, str>,
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
    let mut shower = Shower::new(charset);
    line.char_indices()
        .map(|(offset, character)| {
            let (shown, width) = if character == '\t' {
                let width = TAB_WIDTH - column % TAB_WIDTH;
                (Cow::Borrowed(&TAB[..width]), width)
            } else {
                let shown = shower.shown(character);
                let width = columns(&shown);
                (shown, width)
            };
            column += width;
            Cell { offset, shown, width }
        })
        .collect()
}

/// A message as it may be printed: hostile characters escaped, newlines kept, endless text cut.
pub(crate) fn message(text: &str, charset: Charset) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut shower = Shower::new(charset);
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
            other => safe.push_str(&shower.shown(other)),
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

/// JSON without anything that a terminal would act on, for it may be printed to one: each such character stands in a
/// string, where it can be written as an escape, which means the same.
pub(crate) fn json(json: String) -> String {
    let is_raw = |character: char| character != '\n' && is_hostile(character);
    if !json.contains(is_raw) {
        return json;
    }
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if is_raw(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Shows the characters of a text one after the other.
struct Shower {
    charset: Charset,
    /// How many accents and the like stand on the last character.
    marks: usize,
}

impl Shower {
    fn new(charset: Charset) -> Self {
        Self { charset, marks: 0 }
    }

    fn shown(&mut self, character: char) -> Cow<'static, str> {
        let is_mark = !character.is_ascii() && character.width() == Some(0);
        self.marks = if is_mark { self.marks + 1 } else { 0 };
        if self.marks > MARKS_LIMIT {
            return Cow::Owned(character.escape_unicode().to_string());
        }
        shown(character, self.charset)
    }
}

/// What stands for a character: itself, or an escape where a terminal would not simply print it.
fn shown(character: char, charset: Charset) -> Cow<'static, str> {
    match character {
        ' '..='~' => {
            let at = character as usize - ' ' as usize;
            Cow::Borrowed(&PLAIN[at..=at])
        }
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

/// Whether a terminal would act on a character, show nothing for it, or join it with the one before to something of
/// another width.
fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen; grapheme joiner; Arabic letter mark; fillers of Hangul and vowels of Khmer that show nothing.
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{17b4}' | '\u{17b5}'
            // Selectors of variants, Mongolian and others: some make two columns of one.
            | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}'
            // Zero-width characters and direction marks.
            | '\u{200b}'..='\u{200f}'
            // Line and paragraph separator; bidirectional embeddings, overrides and isolates; invisible operators.
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Byte order mark, interlinear annotation, tags, private use and noncharacters.
            | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
            // Controls of hieroglyphs, shorthand and music; letters of flags, and skin tones.
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}'
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
    fn what_shows_nothing_or_joins_is_escaped() {
        assert_eq!(message("a\u{3164}b\u{34f}\u{1d173}", Charset::Unicode), "a\\u{3164}b\\u{34f}\\u{1d173}");
        assert_eq!(
            message("\u{2764}\u{fe0f} \u{1f44d}\u{1f3fd}", Charset::Unicode),
            "❤\\u{fe0f} 👍\\u{1f3fd}"
        );
        let stacked = format!("a{}b{}", "\u{300}".repeat(6), "\u{301}".repeat(4));
        let shown = format!("a{}\\u{{300}}\\u{{300}}b{}", "\u{300}".repeat(4), "\u{301}".repeat(4));
        assert_eq!(message(&stacked, Charset::Unicode), shown);
        assert_eq!(
            columns(&cells(&stacked, Charset::Unicode).iter().map(|cell| &*cell.shown).collect::<String>()),
            16
        );
    }

    #[test]
    fn json_is_safe_to_print_and_means_the_same() {
        let text = "é\u{7f}\u{9b}31m\u{202e}\u{2028}\u{e0041}\n日";
        let safe = json(serde_json::to_string_pretty(&[text]).expect("strings are always JSON"));
        assert_eq!(safe, "[\n  \"é\\u007f\\u009b31m\\u202e\\u2028\\udb40\\udc41\\n日\"\n]");
        assert_eq!(serde_json::from_str::<Vec<String>>(&safe).expect("it still is JSON"), [text]);
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
    fn plain_characters_are_shown_as_they_are() {
        let plain: String = (' '..='~').collect();
        assert_eq!(plain, PLAIN);
        assert_eq!(message(&plain, Charset::Ascii), plain);
    }

    #[test]
    fn tabs_reach_the_next_stop() {
        let widths: Vec<_> = cells("a\t\tb", Charset::Unicode).iter().map(|cell| cell.width).collect();
        assert_eq!(widths, [1, 3, 4, 1]);
    }
}

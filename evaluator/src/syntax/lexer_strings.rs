//! The inside of strings: content, interpolations and the end, also of strings that nothing closes.

use rnix::SyntaxKind::*;

use super::lexer::{Context, Ending, Lexer, offset};

/// Whether an expression ends before a text, or is joined there with another one.
pub(super) fn ends_expression(text: &[u8]) -> bool {
    let next = text.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    next.is_none_or(|next| b";,)]}+\r\n".contains(next))
}

/// Whether a text looks like a binding after another one.
fn goes_on_with_binding(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let length = text.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"_-.".contains(byte)));
    let (name, rest) = text.split_at(length.unwrap_or(text.len()));
    let rest = rest.trim_ascii_start();
    let binds = rest.starts_with(b"=") && !rest.starts_with(b"==");
    name.first().is_some_and(u8::is_ascii_alphabetic) && (binds || name == b"inherit")
}

/// Whether a line ends with a bracket that opens, which text hardly ever does.
pub(super) fn opens_bracket(line: &[u8]) -> bool {
    line.trim_ascii_end().last().is_some_and(|last| b"{[(".contains(last))
}

impl Lexer<'_> {
    /// The length of what looks like a string in single quotes, which the language does not have; 1 where only one
    /// of them stands in the line.
    pub(super) fn single_quoted(&self) -> usize {
        /// What is longer is no text.
        const LONGEST: usize = 4_000;
        let rest = &self.bytes[self.at + 1..];
        let Some(end) = rest.iter().take(LONGEST).position(|&byte| byte == b'\'') else { return 1 };
        // Over several lines, it has to be seen that the second one closes something.
        let is_text = !rest[..end].contains(&b'\n') || ends_expression(&rest[end + 1..]);
        if is_text { end + 2 } else { 1 }
    }

    fn content(&mut self, end: usize) {
        if end > self.at {
            self.push(TOKEN_STRING_CONTENT, end);
        }
    }

    fn string_ends(&mut self, at: usize, quotes: usize) {
        self.content(at);
        self.push(TOKEN_STRING_END, at + quotes);
        self.contexts.pop();
    }

    fn interpolation_starts(&mut self, at: usize) {
        self.content(at);
        self.contexts.push(Context::Interpolation { braces: 0 });
        self.push(TOKEN_INTERPOL_START, at + 2);
    }

    /// Where text goes on after a `$` in it; `None` where that starts an interpolation.
    fn after_dollar(&self, at: usize) -> Option<usize> {
        match self.byte(at + 1) {
            b'{' => None,
            b'$' => Some(at + 2),
            _ => Some(at + 1),
        }
    }

    pub(super) fn quoted(&mut self, start: usize) {
        if self.strings.cut.binary_search(&offset(start)).is_ok() {
            return self.cut_quoted();
        }
        let mut at = self.at;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'"' => return self.string_ends(at, 1),
                b'\\' => at += 2,
                b'$' => match self.after_dollar(at) {
                    Some(next) => at = next,
                    None => return self.interpolation_starts(at),
                },
                _ => at += 1,
            }
        }
        self.push(TOKEN_ERROR, self.bytes.len());
    }

    pub(super) fn indented(&mut self, start: usize) {
        if self.strings.cut.binary_search(&offset(start)).is_ok() {
            return self.cut_indented(start);
        }
        let whole = self.strings.whole;
        let ending =
            whole.binary_search_by_key(&offset(start), |&(start, _)| start).ok().map(|at| whole[at].1);
        let mut at = self.at;
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'\'' if self.byte(at + 1) == b'\'' => match self.byte(at + 2) {
                    b'\'' | b'$' => at += 3,
                    b'\\' => at += 4,
                    _ if ending.is_some_and(|ending| !self.may_end(at, ending)) => at += 2,
                    _ => return self.string_ends(at, 2),
                },
                b'$' => match self.after_dollar(at) {
                    Some(next) => at = next,
                    None if self.strings.literal.binary_search(&offset(at)).is_ok() => at += 2,
                    None => return self.interpolation_starts(at),
                },
                _ => at += 1,
            }
        }
        self.push(TOKEN_ERROR, self.bytes.len());
    }

    /// A string that nothing closes ends with its line, before the punctuation that ends that.
    fn cut_quoted(&mut self) {
        let rest = &self.bytes[self.at..];
        let line = &rest[..rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())];
        let kept = line.iter().rposition(|byte| !b" \t\r;,)]}".contains(byte)).map_or(0, |last| last + 1);
        let goes_on = (0..kept).find(|&at| line[at] == b';' && goes_on_with_binding(&line[at + 1..]));
        let word = opens_bracket(line).then(|| {
            // `f "a 1 (x: {`: the string is one word, before the quote or after it.
            let closes = self.bytes[..self.at - 1].last().is_some_and(u8::is_ascii_alphanumeric);
            let length = line.iter().position(|&byte| byte == b' ').unwrap_or(kept);
            if closes { 0 } else { length }
        });
        self.string_ends(self.at + goes_on.or(word).unwrap_or(kept), 0);
    }

    /// A `''` string that nothing closes ends before the first line that has no more spaces in front than the one
    /// that it starts on.
    fn cut_indented(&mut self, start: usize) {
        let indentation = self.indentation(start);
        let mut end = self.at;
        loop {
            let rest = &self.bytes[end..];
            let Some(newline) = rest.iter().position(|&byte| byte == b'\n') else {
                end = self.bytes.len();
                break;
            };
            let next = end + newline + 1;
            let first = self.bytes[next..].iter().position(|&byte| byte != b' ' && byte != b'\t');
            let blank = matches!(self.byte(next + first.unwrap_or(0)), b'\n' | b'\r');
            if !blank && first.is_some_and(|first| first <= indentation) {
                let quotes = next + first.unwrap_or(0);
                if self.byte(quotes) == b'\'' && self.byte(quotes + 1) == b'\'' {
                    // It is closed, and what is in it is not.
                    return self.string_ends(quotes, 2);
                }
                end += newline;
                break;
            }
            end = next;
        }
        self.string_ends(end, 0);
    }

    /// Whether the quotes at a place end a string that has others inside.
    fn may_end(&self, at: usize, ending: Ending) -> bool {
        match ending {
            Ending::Line => self.begins_line(at),
            Ending::Expression => ends_expression(&self.bytes[at + 2..]),
        }
    }

    /// Whether nothing but spaces is in front of a place on its line.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.bytes[..at].iter().rfind(|byte| !matches!(byte, b' ' | b'\t'));
        before.is_none_or(|&byte| byte == b'\n')
    }

    /// How many spaces are in front of the line of a place.
    fn indentation(&self, at: usize) -> usize {
        let line = self.bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        self.bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }
}

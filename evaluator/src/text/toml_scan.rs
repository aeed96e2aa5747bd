//! The parts of TOML that stand by themselves: spaces, comments, strings and keys, and what Nix says of those that
//! are wrong. TOML 1.0 counts, as for Nix; what 1.1 added is refused.

use std::ops::Range;

/// Why a text is no TOML: Nix's words for it, and what is to be said of the place.
pub(super) type Reason = (&'static str, &'static str);

/// What is wrong, and from which byte on.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) reason: Reason,
    pub(super) at: usize,
}

pub(super) type Scanned<T> = Result<T, Wrong>;

/// A text that ends with a newline, and how much of it was read.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
}

/// One part of a dotted name.
pub(super) struct Name {
    pub(super) name: Vec<u8>,
    pub(super) range: Range<usize>,
}

impl Scanner<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    pub(super) fn eat(&mut self, expected: &[u8]) -> bool {
        let found = self.rest().starts_with(expected);
        self.at += if found { expected.len() } else { 0 };
        found
    }

    fn eat_while(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        self.at > start
    }

    pub(super) fn spaces(&mut self) -> bool {
        self.eat_while(|byte| matches!(byte, b' ' | b'\t'))
    }

    pub(super) fn newline(&mut self) -> bool {
        self.eat(b"\n") || self.eat(b"\r\n")
    }

    /// The text of a comment, up to what may not be in one.
    fn comment(&mut self) -> bool {
        let found = self.eat(b"#");
        while found && self.character(|byte| matches!(byte, b'\t' | b' '..=b'~')) {}
        found
    }

    /// A character: one that is wanted, or any beyond ASCII.
    fn character(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let length = match self.peek() {
            Some(byte) if byte < 0x80 => usize::from(wanted(byte)),
            Some(_) => beyond_ascii(self.rest()),
            None => 0,
        };
        self.at += length;
        length > 0
    }

    /// Spaces, newlines and whole comments; tells whether a line ended in between.
    pub(super) fn spacer(&mut self) -> bool {
        let mut line_ended = false;
        loop {
            let start = self.at;
            if (self.comment() && self.newline()) || {
                self.at = start;
                self.newline()
            } {
                line_ended = true;
            } else if !self.spaces() {
                return line_ended;
            }
        }
    }

    /// A comment up to the end of its line, if there is one.
    pub(super) fn comment_line(&mut self) -> Scanned<bool> {
        let start = self.at;
        self.spaces();
        if !self.comment() {
            self.at = start;
            return Ok(false);
        }
        if self.peek().is_some() && !self.newline() {
            return Err(self.wrong(CONTROL_IN_COMMENT));
        }
        Ok(true)
    }

    /// `a."b".c` in front of `=`.
    pub(super) fn name(&mut self) -> Scanned<Vec<Name>> {
        let mut names = Vec::new();
        loop {
            let start = self.at;
            let name = self.simple_name()?;
            names.push(Name { name, range: start..self.at });
            let end = self.at;
            self.spaces();
            if !self.eat(b".") {
                self.at = end;
                return Ok(names);
            }
            self.spaces();
        }
    }

    fn simple_name(&mut self) -> Scanned<Vec<u8>> {
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.basic_string(),
            Some(b'\'') => self.literal_string(),
            _ if self.eat_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) => {
                Ok(self.text[start..self.at].to_vec())
            }
            _ => Err(self.wrong(INVALID_KEY)),
        }
    }

    pub(super) fn string(&mut self) -> Scanned<Vec<u8>> {
        if self.eat(b"\"\"\"") {
            self.long_basic_string()
        } else if self.eat(b"'''") {
            self.long_literal_string()
        } else if self.peek() == Some(b'"') {
            self.basic_string()
        } else {
            self.literal_string()
        }
    }

    fn literal_string(&mut self) -> Scanned<Vec<u8>> {
        self.at += 1;
        let start = self.at;
        while self.character(|byte| matches!(byte, b'\t' | b' '..=b'~') && byte != b'\'') {}
        let string = self.text[start..self.at].to_vec();
        if self.eat(b"'") { Ok(string) } else { Err(self.wrong(LITERAL_STRING)) }
    }

    fn basic_string(&mut self) -> Scanned<Vec<u8>> {
        self.at += 1;
        let mut string = Vec::new();
        // What an escape stands for is only looked at when the whole string is there.
        let mut no_code_point = None;
        loop {
            self.plain(&mut string, |byte| matches!(byte, b'\t' | b' '..=b'~'));
            if self.eat(b"\"") {
                return no_code_point.map_or(Ok(string), Err);
            }
            if !self.escape(&mut string, &mut no_code_point) {
                return Err(self.wrong(BASIC_STRING));
            }
        }
    }

    /// What is no escape and no quote.
    fn plain(&mut self, string: &mut Vec<u8>, wanted: impl Fn(u8) -> bool) {
        let start = self.at;
        while self.character(|byte| wanted(byte) && !matches!(byte, b'"' | b'\\')) {}
        string.extend_from_slice(&self.text[start..self.at]);
    }

    /// An escape, if here is one.
    fn escape(&mut self, string: &mut Vec<u8>, no_code_point: &mut Option<Wrong>) -> bool {
        let &[b'\\', letter, ref rest @ ..] = self.rest() else { return false };
        let plain = match letter {
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'"' | b'\\' => letter,
            b'u' | b'U' => {
                let digits = rest.get(..if letter == b'u' { 4 } else { 8 });
                let Some(digits) = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit)) else {
                    return false;
                };
                let code =
                    std::str::from_utf8(digits).ok().and_then(|text| u32::from_str_radix(text, 16).ok());
                match code.and_then(char::from_u32) {
                    Some(character) => {
                        string.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                    None => {
                        let surrogate = code.is_some_and(|code| code < 0x11_0000);
                        let reason = if surrogate { SURROGATE } else { BEYOND_UNICODE };
                        no_code_point.get_or_insert(self.wrong(reason));
                    }
                }
                self.at += 2 + digits.len();
                return true;
            }
            _ => return false,
        };
        string.push(plain);
        self.at += 2;
        true
    }

    fn long_basic_string(&mut self) -> Scanned<Vec<u8>> {
        self.newline();
        let mut string = Vec::new();
        let mut no_code_point = None;
        loop {
            self.plain(&mut string, |byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~'));
            if self.eat(b"\r\n") {
                string.extend_from_slice(b"\r\n");
            } else if self.peek() == Some(b'"') {
                if self.closing_quotes(b'"', &mut string) {
                    return no_code_point.map_or(Ok(string), Err);
                }
            } else if !self.escaped_newline() && !self.escape(&mut string, &mut no_code_point) {
                return Err(self.wrong(LONG_BASIC_STRING));
            }
        }
    }

    /// A backslash at the end of a line takes the spaces and newlines that follow away.
    fn escaped_newline(&mut self) -> bool {
        let start = self.at;
        if self.eat(b"\\") {
            self.spaces();
            if self.newline() {
                while self.spaces() || self.newline() {}
                return true;
            }
        }
        self.at = start;
        false
    }

    fn long_literal_string(&mut self) -> Scanned<Vec<u8>> {
        self.newline();
        let mut string = Vec::new();
        loop {
            let start = self.at;
            while self.character(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~') && byte != b'\'')
                || self.eat(b"\r\n")
            {}
            string.extend_from_slice(&self.text[start..self.at]);
            if self.peek() != Some(b'\'') {
                return Err(self.wrong(LONG_LITERAL_STRING));
            }
            if self.closing_quotes(b'\'', &mut string) {
                return Ok(string);
            }
        }
    }

    /// Quotes: three end a string, and up to two before those belong to it.
    fn closing_quotes(&mut self, quote: u8, string: &mut Vec<u8>) -> bool {
        let count = self.rest().iter().take(5).take_while(|&&byte| byte == quote).count();
        self.at += count;
        let closes = count >= 3;
        string.extend(std::iter::repeat_n(quote, if closes { count - 3 } else { count }));
        closes
    }

    pub(super) fn wrong(&self, reason: Reason) -> Wrong {
        Wrong { reason, at: self.at }
    }
}

/// How many bytes the character beyond ASCII that starts a text has; 0 where it is none.
fn beyond_ascii(text: &[u8]) -> usize {
    let start = &text[..text.len().min(4)];
    let valid = match std::str::from_utf8(start) {
        Ok(valid) => valid,
        Err(error) => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
    };
    valid.chars().next().map_or(0, char::len_utf8)
}

const CONTROL_IN_COMMENT: Reason = (
    "toml::parse_comment_line: newline (LF / CRLF) or EOF is expected",
    "most of the control characters are not allowed in comments",
);
const INVALID_KEY: Reason = (
    "toml::parse_simple_key: invalid key: key must be \"quoted\", 'quoted-literal', or bare key.",
    "expected a name: letters, digits, '-' and '_', or anything in quotes",
);
const BASIC_STRING: Reason = (
    "toml::parse_basic_string: invalid string format",
    "expected '\"', or a character or escape of a string",
);
const LITERAL_STRING: Reason =
    ("toml::parse_literal_string: invalid string format", "expected '\\'', or a character of a string");
const LONG_BASIC_STRING: Reason = (
    "toml::parse_ml_basic_string: invalid string format",
    "expected '\"\"\"', or a character or escape of a string",
);
const LONG_LITERAL_STRING: Reason =
    ("toml::parse_ml_literal_string: invalid string format", "expected \"'''\", or a character of a string");
const SURROGATE: Reason = (
    "toml::parse_utf8_codepoint: [0xD800, 0xDFFF] is not a valid UTF-8",
    "half of a surrogate pair is no character",
);
const BEYOND_UNICODE: Reason =
    ("toml::parse_utf8_codepoint: input codepoint is too large.", "must be in range [0x00, 0x10FFFF]");

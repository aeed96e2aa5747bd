//! The tokens of a Nix file, as far as lints need them.
//!
//! Lints look at every file of a deployment on every check, so that this is a single pass over the bytes without a
//! tree. Only files that parse come here; what is not understood is passed over.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A string without interpolations, with its quotes.
    Text,
    /// The start of a string or a path that has interpolations.
    Joined,
    /// `${`
    Interpolation,
    /// A path, a lookup path, a URI or a number.
    Literal,
    /// Any other token.
    Symbol,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many tokens come before it.
    pub(super) token: usize,
}

/// A file in tokens.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<Comment>,
}

/// Where the reader is.
enum Mode {
    /// In an expression, with this many braces open since the interpolation began.
    Expression(usize),
    /// In a `"…"` that began with the token of this position.
    Quoted(usize),
    /// In a `''…''`.
    Indented(usize),
    /// In a path.
    Path(usize),
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    modes: Vec<Mode>,
    out: Tokens,
    /// Where the characters end that a path may have, and those of a URI's scheme: found once for each run of them.
    path_end: usize,
    scheme_end: usize,
}

/// Splits a file into tokens.
pub(super) fn tokens(text: &str) -> Tokens {
    let mut reader = Reader {
        text: text.as_bytes(),
        at: 0,
        modes: vec![Mode::Expression(0)],
        out: Tokens::default(),
        path_end: 0,
        scheme_end: 0,
    };
    while reader.at < reader.text.len() {
        match reader.modes.last() {
            Some(Mode::Quoted(token)) => reader.quoted(*token),
            Some(Mode::Indented(token)) => reader.indented(*token),
            Some(Mode::Path(token)) => reader.path(*token),
            _ => reader.expression(),
        }
    }
    reader.out
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'\'' | b'-')
}

fn is_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+')
}

fn is_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"%/?:@&=+$,-_.!~*'".contains(&byte)
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let end = (self.at + length).min(self.text.len());
        self.out.tokens.push(Token { kind, start: self.at, end });
        self.at = end;
    }

    /// Length of what follows as long as the bytes are of a kind.
    fn run(&self, from: usize, is_part: fn(u8) -> bool) -> usize {
        let rest = self.text.get(self.at + from..).unwrap_or_default();
        rest.iter().position(|&byte| !is_part(byte)).unwrap_or(rest.len())
    }

    fn expression(&mut self) {
        let byte = self.peek(0);
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
            b'#' => {
                let length = self.run(0, |byte| byte != b'\n' && byte != b'\r');
                self.comment(length);
            }
            b'/' if self.peek(1) == b'*' => {
                let rest = &self.text[self.at + 2..];
                let end = rest.windows(2).position(|pair| pair == b"*/").map_or(rest.len() + 2, |at| at + 4);
                self.comment(end);
            }
            b'"' => self.open(1, Mode::Quoted),
            b'\'' if self.peek(1) == b'\'' => self.open(2, Mode::Indented),
            b'$' if self.peek(1) == b'{' => self.interpolation(),
            b'{' => {
                if let Some(Mode::Expression(depth)) = self.modes.last_mut() {
                    *depth += 1;
                }
                self.push(Kind::Symbol, 1);
            }
            b'}' => {
                self.push(Kind::Symbol, 1);
                let nested = self.modes.len() > 1;
                match self.modes.last_mut() {
                    Some(Mode::Expression(0)) if nested => drop(self.modes.pop()),
                    Some(Mode::Expression(depth)) => *depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            _ => self.word_or_symbol(byte),
        }
    }

    fn word_or_symbol(&mut self, byte: u8) {
        if self.at >= self.path_end {
            self.path_end = self.at + self.run(0, is_path);
        }
        let path = self.path_end - self.at;
        let begins_path = (self.peek(path) == b'/' && is_path(self.peek(path + 1)))
            || (self.peek(path) == b'/' && self.peek(path + 1) == b'$' && self.peek(path + 2) == b'{');
        let home = byte == b'~' && self.peek(1) == b'/';
        if begins_path || home {
            let token = self.out.tokens.len();
            self.push(Kind::Literal, if home { 2 } else { path + 1 });
            self.modes.push(Mode::Path(token));
            return;
        }
        if byte == b'<' {
            let inner = self.run(1, |byte| is_path(byte) || byte == b'/');
            if inner > 0 && self.peek(inner + 1) == b'>' {
                return self.push(Kind::Literal, inner + 2);
            }
        }
        if is_word_start(byte) {
            if self.at >= self.scheme_end {
                let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
                self.scheme_end = self.at + self.run(0, is_part);
            }
            let scheme = self.scheme_end - self.at;
            if byte != b'_' && self.peek(scheme) == b':' && is_uri(self.peek(scheme + 1)) {
                let length = scheme + 1 + self.run(scheme + 1, is_uri);
                return self.push(Kind::Literal, length);
            }
            let length = self.run(0, is_word);
            return self.push(Kind::Word, length);
        }
        if byte.is_ascii_digit() || (byte == b'.' && self.peek(1).is_ascii_digit()) {
            let length = self.run(0, |byte| byte.is_ascii_digit() || byte == b'.');
            return self.push(Kind::Literal, length);
        }
        let pair = [byte, self.peek(1)];
        let length = match &pair {
            _ if byte == b'.' && pair[1] == b'.' && self.peek(2) == b'.' => 3,
            b"//" | b"++" | b"==" | b"!=" | b"<=" | b">=" | b"&&" | b"||" | b"->" | b"|>" | b"<|" => 2,
            // All bytes of a character that Nix does not know.
            _ if !byte.is_ascii() => 1 + self.run(1, |byte| byte & 0xc0 == 0x80),
            _ => 1,
        };
        self.push(Kind::Symbol, length);
    }

    fn comment(&mut self, length: usize) {
        let end = (self.at + length).min(self.text.len());
        self.out.comments.push(Comment { start: self.at, end, token: self.out.tokens.len() });
        self.at = end;
    }

    fn open(&mut self, quote: usize, mode: fn(usize) -> Mode) {
        let token = self.out.tokens.len();
        self.push(Kind::Text, quote);
        self.modes.push(mode(token));
    }

    fn interpolation(&mut self) {
        self.push(Kind::Interpolation, 2);
        self.modes.push(Mode::Expression(0));
    }

    /// Ends a string or a path at the current place.
    fn close(&mut self, token: usize) {
        self.out.tokens[token].end = self.at;
        self.modes.pop();
    }

    fn join(&mut self, token: usize) {
        self.out.tokens[token].kind = Kind::Joined;
        self.interpolation();
    }

    fn quoted(&mut self, token: usize) {
        match (self.peek(0), self.peek(1)) {
            (b'$', b'{') => self.join(token),
            // `$$` is no start of an interpolation, whatever follows.
            (b'\\', _) | (b'$', b'$') => self.at += 2,
            (b'"', _) => {
                self.at += 1;
                self.close(token);
            }
            _ => self.at += 1,
        }
    }

    fn indented(&mut self, token: usize) {
        match (self.peek(0), self.peek(1), self.peek(2)) {
            (b'\'', b'\'', b'$' | b'\'') => self.at += 3,
            (b'\'', b'\'', b'\\') => self.at += 4,
            (b'\'', b'\'', _) => {
                self.at += 2;
                self.close(token);
            }
            (b'$', b'{', _) => self.join(token),
            (b'$', b'$', _) => self.at += 2,
            _ => self.at += 1,
        }
    }

    fn path(&mut self, token: usize) {
        let byte = self.peek(0);
        if byte == b'$' && self.peek(1) == b'{' {
            self.join(token);
        } else if is_path(byte) || (byte == b'/' && (is_path(self.peek(1)) || self.peek(1) == b'$')) {
            self.at += 1;
        } else {
            self.close(token);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(Kind, &str)> {
        tokens(text).tokens.iter().map(|token| (token.kind, &text[token.start..token.end])).collect()
    }

    #[test]
    fn strings_paths_and_uris_are_tokens() {
        use Kind::{Interpolation, Joined, Literal, Symbol, Text, Word};
        assert_eq!(shown(r#"a "b # c" x:y"#), [(Word, "a"), (Text, r#""b # c""#), (Literal, "x:y")]);
        assert_eq!(
            shown("./a/b <n/p> ~/x 1.5"),
            [(Literal, "./a/b"), (Literal, "<n/p>"), (Literal, "~/x"), (Literal, "1.5")]
        );
        assert_eq!(shown(r#""a${b}c""#)[1..], [(Interpolation, "${"), (Word, "b"), (Symbol, "}")]);
        assert_eq!(shown(r#""a${ { } }c" d"#)[0], (Joined, r#""a${ { } }c""#));
        assert_eq!(shown("''a ''${b} ''' '' c"), [(Text, "''a ''${b} ''' ''"), (Word, "c")]);
        assert_eq!(shown("a/b a / b"), [(Literal, "a/b"), (Word, "a"), (Symbol, "/"), (Word, "b")]);
        assert_eq!(
            shown("x: a.b or c"),
            [(Word, "x"), (Symbol, ":"), (Word, "a"), (Symbol, "."), (Word, "b"), (Word, "or"), (Word, "c")]
        );
    }

    #[test]
    fn comments_are_kept_apart() {
        let text = "a # one\n/* two */ b";
        let read = tokens(text);
        let comments: Vec<_> =
            read.comments.iter().map(|comment| (&text[comment.start..comment.end], comment.token)).collect();
        assert_eq!(comments, [("# one", 1), ("/* two */", 1)]);
    }

    #[test]
    fn nothing_makes_it_fail() {
        for text in ["\"", "''", "\"${", "}", "${", "/*", "~/", "<a", "''\\", "\"\\", "a/", "é\u{0}"] {
            let _ = tokens(text);
        }
    }
}

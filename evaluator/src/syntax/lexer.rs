//! From text to tokens, by the rules of Nix's own scanner: the longest match wins, and paths and URIs go before
//! names.
//!
//! Spaces are left out, comments are kept apart. Time is linear in the length of the text: what a run of characters
//! that can stand in paths ends with is looked up once, not once for each token in it.

use rnix::SyntaxKind::{self, *};

use super::blocks::Block;

/// A token, with its place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: SyntaxKind,
}

/// The kind of what follows the last token. There is no token of this kind otherwise.
pub(super) const END: SyntaxKind = TOKEN_WHITESPACE;
/// How many tokens of the kind [`END`] there are, so that the parser can look ahead without asking.
pub(super) const SENTINELS: usize = 4;

/// The tokens of a text.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// In order, with some of the kind [`END`] at the end.
    pub(super) tokens: Vec<Token>,
    pub(super) comments: Vec<(u32, u32)>,
    /// Whether the text ends inside of a string.
    pub(super) ends_in_string: bool,
}

/// What may stand where; bits of [`CLASS`].
const NAME: u8 = 1;
const PATH: u8 = 2;
const SCHEME: u8 = 4;
const URI: u8 = 8;
const DIGIT: u8 = 16;
const LETTER: u8 = 32;

static CLASS: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut character = 0_u8;
    while character < 128 {
        let mut class = 0;
        if character.is_ascii_alphanumeric() {
            class |= NAME | PATH | SCHEME | URI;
        }
        if character.is_ascii_alphabetic() {
            class |= LETTER;
        }
        if character.is_ascii_digit() {
            class |= DIGIT;
        }
        match character {
            b'_' => class |= NAME | PATH | URI | LETTER,
            b'\'' => class |= NAME | URI,
            b'-' => class |= NAME | PATH | SCHEME | URI,
            b'.' | b'+' => class |= PATH | SCHEME | URI,
            b'%' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'$' | b',' | b'!' | b'~' | b'*' => class |= URI,
            _ => {}
        }
        table[character as usize] = class;
        character += 1;
    }
    table
}

fn is(byte: u8, class: u8) -> bool {
    CLASS[byte as usize] & class != 0
}

/// What the scanner is in.
#[derive(Clone, Copy)]
pub(super) enum Context {
    /// `${ … }`, with so many braces open inside.
    Interpolation {
        braces: u32,
    },
    Quoted {
        start: usize,
    },
    Indented {
        start: usize,
    },
    Path(SyntaxKind),
}

pub(super) struct Lexer<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    out: Scanned,
    pub(super) contexts: Vec<Context>,
    /// Up to here no path starts: the run of path characters that ends here is not followed by a slash.
    no_path_before: usize,
    /// From here up to `no_path_before` a letter starts a URI.
    uri_from: usize,
    /// Whether `*/` was found each time that it was looked for.
    comments_close: bool,
    pub(super) strings: Strings<'t>,
}

/// Places of strings, in order, that do not end where the language has them end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Strings<'t> {
    /// Those that end on their line though nothing closes them.
    pub(super) cut: &'t [u32],
    /// Those that have quotes inside.
    pub(super) whole: &'t [(u32, Ending)],
    /// Texts whose quotes are not those that the language has.
    pub(super) blocks: &'t [Block],
    /// Where `${` is text.
    pub(super) literal: &'t [u32],
}

/// Which `''` end a string that has others inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    /// Those that begin a line.
    Line,
    /// Those before what ends an expression.
    Expression,
}

/// Takes a text apart.
pub(super) fn tokenize(text: &str, strings: Strings<'_>) -> Scanned {
    let mut out = Scanned::default();
    // Few programs have a token in fewer than two bytes; what is not used is never touched.
    out.tokens.reserve(text.len() / 2 + SENTINELS);
    let mut lexer = Lexer {
        bytes: text.as_bytes(),
        at: 0,
        out,
        contexts: Vec::new(),
        no_path_before: 0,
        uri_from: usize::MAX,
        comments_close: true,
        strings,
    };
    // In one loop, so that the scanner is compiled into it.
    for block in strings.blocks.iter().map(Some).chain([None]) {
        let end = block.map_or(text.len(), |block| block.start as usize);
        lexer.bytes = &text.as_bytes()[..end];
        lexer.run();
        if let Some(block) = block {
            lexer.block(block);
        }
    }
    // Nix takes the NUL byte that ends a program for a part of it.
    let end = offset(text.len().min(lexer.bytes.len() + 1));
    lexer.out.tokens.extend([Token { start: end, end, kind: END }; SENTINELS]);
    lexer.out
}

/// Texts are shorter than 4 GiB: reading a file checks that.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Lexer<'_> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn push(&mut self, kind: SyntaxKind, end: usize) {
        self.out.tokens.push(Token { start: offset(self.at), end: offset(end), kind });
        self.at = end;
    }

    /// Takes a text as the string that it should be.
    fn block(&mut self, block: &Block) {
        if self.at != block.start as usize || !self.contexts.is_empty() {
            return;
        }
        self.push(TOKEN_STRING_START, block.content as usize);
        self.push(TOKEN_STRING_CONTENT, block.closing as usize);
        self.push(TOKEN_STRING_END, block.end as usize);
    }

    fn run(&mut self) {
        while self.at < self.bytes.len() {
            match self.contexts.last() {
                Some(&Context::Quoted { start }) => self.quoted(start),
                Some(&Context::Indented { start }) => self.indented(start),
                Some(&Context::Path(kind)) => self.path_rest(kind),
                _ => self.code(),
            }
        }
        self.out.ends_in_string = self
            .contexts
            .iter()
            .any(|context| matches!(context, Context::Quoted { .. } | Context::Indented { .. }));
    }

    fn code(&mut self) {
        let first = self.bytes[self.at];
        match first {
            b' ' | b'\t' | b'\r' | b'\n' => {
                self.at += 1;
                while matches!(self.byte(self.at), b' ' | b'\t' | b'\r' | b'\n') {
                    self.at += 1;
                }
            }
            // As a character, so that it may stand in strings and comments, a NUL byte is the end of the text for Nix.
            0 => self.bytes = &self.bytes[..self.at],
            b'#' => {
                let rest = &self.bytes[self.at..];
                let length =
                    rest.iter().position(|&byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                self.comment(self.at + length);
            }
            b'/' if self.byte(self.at + 1) == b'*' => self.long_comment(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name(),
            b'0'..=b'9' => {
                if !self.path_or_uri(self.at) {
                    self.number();
                }
            }
            b'"' => {
                self.contexts.push(Context::Quoted { start: self.at });
                self.push(TOKEN_STRING_START, self.at + 1);
            }
            b'\'' if self.byte(self.at + 1) == b'\'' => {
                self.contexts.push(Context::Indented { start: self.at });
                self.push(TOKEN_STRING_START, self.at + 2);
            }
            b'.' | b'+' | b'-' | b'/' | b'~' | b'<' => self.path_or_operator(first),
            b'{' => {
                if let Some(Context::Interpolation { braces }) = self.contexts.last_mut() {
                    *braces += 1;
                }
                self.push(TOKEN_L_BRACE, self.at + 1);
            }
            b'}' => {
                let kind = match self.contexts.last_mut() {
                    Some(Context::Interpolation { braces: 0 }) => {
                        self.contexts.pop();
                        TOKEN_INTERPOL_END
                    }
                    Some(Context::Interpolation { braces }) => {
                        *braces -= 1;
                        TOKEN_R_BRACE
                    }
                    _ => TOKEN_R_BRACE,
                };
                self.push(kind, self.at + 1);
            }
            b'$' if self.byte(self.at + 1) == b'{' => {
                self.contexts.push(Context::Interpolation { braces: 0 });
                self.push(TOKEN_INTERPOL_START, self.at + 2);
            }
            _ => self.operator(first),
        }
    }

    fn comment(&mut self, end: usize) {
        self.out.comments.push((offset(self.at), offset(end)));
        self.at = end;
    }

    fn long_comment(&mut self) {
        let body = &self.bytes[self.at + 2..];
        if self.comments_close {
            if let Some(length) = body.windows(2).position(|pair| pair == b"*/") {
                return self.comment(self.at + 2 + length + 2);
            }
            self.comments_close = false;
        }
        // Nothing closes it: so that the rest of the file is not lost, only its line is taken for one.
        let length = body.iter().position(|&byte| byte == b'\n').unwrap_or(body.len());
        self.push(TOKEN_ERROR, self.at + 2 + length);
    }

    /// The end of a run of characters of a class.
    fn run_of(&self, class: u8, from: usize) -> usize {
        let rest = &self.bytes[from..];
        from + rest.iter().position(|&byte| !is(byte, class)).unwrap_or(rest.len())
    }

    fn name(&mut self) {
        let start = self.at;
        let end = self.run_of(NAME, start + 1);
        let next = self.byte(end);
        // Only these can make more than a name of it.
        if (matches!(next, b'/' | b'.' | b'+' | b':')) && self.path_or_uri(start) {
            return;
        }
        self.push(keyword(&self.bytes[start..end]), end);
    }

    /// Takes a path or URI that starts here, if one does.
    fn path_or_uri(&mut self, start: usize) -> bool {
        if start >= self.no_path_before {
            self.classify(start);
        }
        if start < self.no_path_before {
            if start < self.uri_from || !is(self.bytes[start], LETTER) || self.bytes[start] == b'_' {
                return false;
            }
            let end = self.run_of(URI, start);
            self.push(TOKEN_URI, end);
            return true;
        }
        let kind = if self.bytes[start] == b'/' { TOKEN_PATH_ABS } else { TOKEN_PATH_REL };
        self.path(kind);
        true
    }

    /// Looks at what ends the run of path characters here. Where no path starts in it, notes that.
    fn classify(&mut self, start: usize) {
        let end = self.run_of(PATH, start);
        let (next, after) = (self.byte(end), self.byte(end + 1));
        let interpolated = after == b'$' && self.byte(end + 2) == b'{';
        if next == b'/' && (is(after, PATH) || interpolated) {
            return;
        }
        self.no_path_before = end.max(start + 1);
        self.uri_from = usize::MAX;
        if next == b':' && is(after, URI) {
            let run = &self.bytes[start..end];
            self.uri_from = run.iter().rposition(|byte| *byte == b'_').map_or(start, |at| start + at + 1);
        }
    }

    fn path(&mut self, kind: SyntaxKind) {
        self.contexts.push(Context::Path(kind));
        self.path_part(kind, true);
    }

    /// A part of a path up to an interpolation or the path's end.
    fn path_part(&mut self, kind: SyntaxKind, is_first: bool) {
        let start = self.at;
        let first = if is_first && self.bytes[start] == b'~' { start + 1 } else { start };
        let rest = &self.bytes[first..];
        let end = first + rest.iter().position(|&byte| byte != b'/' && !is(byte, PATH)).unwrap_or(rest.len());
        let text = &self.bytes[start..end];
        if self.bytes[end..].starts_with(b"${") {
            self.push(kind, end);
            return;
        }
        self.contexts.pop();
        let faulty = text.ends_with(b"/") || is_first && text.windows(2).any(|pair| pair == b"//");
        self.push(if faulty { TOKEN_ERROR } else { kind }, end);
    }

    /// Goes on with a path after an interpolation.
    fn path_rest(&mut self, kind: SyntaxKind) {
        let first = self.bytes[self.at];
        if first == b'$' && self.byte(self.at + 1) == b'{' {
            self.contexts.push(Context::Interpolation { braces: 0 });
            self.push(TOKEN_INTERPOL_START, self.at + 2);
        } else if first == b'/' || is(first, PATH) {
            self.path_part(kind, false);
        } else {
            self.contexts.pop();
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let digits = self.run_of(DIGIT, start);
        let point = self.byte(digits) == b'.';
        let is_float = point
            && if self.bytes[start] == b'0' {
                digits == start + 1 && is(self.byte(digits + 1), DIGIT)
            } else {
                true
            };
        if is_float {
            let end = self.run_of(DIGIT, digits + 1);
            self.float(end);
        } else {
            self.push(TOKEN_INTEGER, digits);
        }
    }

    /// A float whose digits end here; there may be an exponent.
    fn float(&mut self, digits_end: usize) {
        let mut end = digits_end;
        if matches!(self.byte(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            if is(self.byte(end + 1 + sign), DIGIT) {
                end = self.run_of(DIGIT, end + 1 + sign);
            }
        }
        self.push(TOKEN_FLOAT, end);
    }

    fn path_or_operator(&mut self, first: u8) {
        let at = self.at;
        let (next, after) = (self.byte(at + 1), self.byte(at + 2));
        match first {
            b'~' => {
                if next == b'/' && (is(after, PATH) || after == b'$' && self.byte(at + 3) == b'{') {
                    self.path(TOKEN_PATH_HOME);
                } else {
                    self.push(TOKEN_ERROR, at + 1);
                }
            }
            b'/' if is(next, PATH) || next == b'$' && after == b'{' => self.path(TOKEN_PATH_ABS),
            b'<' if is(next, PATH) => match self.lookup_path() {
                Some(end) => self.push(TOKEN_PATH_SEARCH, end),
                None => self.operator(first),
            },
            b'/' | b'<' => self.operator(first),
            b'.' if next == b'.' && after == b'.' && !self.starts_path(at) => {
                self.push(TOKEN_ELLIPSIS, at + 3);
            }
            _ if self.path_or_uri(at) => {}
            b'.' if is(next, DIGIT) => {
                let end = self.run_of(DIGIT, at + 1);
                self.float(end);
            }
            _ => self.operator(first),
        }
    }

    fn starts_path(&mut self, start: usize) -> bool {
        if start >= self.no_path_before {
            self.classify(start);
        }
        start >= self.no_path_before
    }

    /// The end of `<a/b>`, if that stands here.
    fn lookup_path(&self) -> Option<usize> {
        let mut at = self.at + 1;
        loop {
            let end = self.run_of(PATH, at);
            match self.byte(end) {
                b'>' if end > at => return Some(end + 1),
                b'/' if end > at => at = end + 1,
                _ => return None,
            }
        }
    }

    fn operator(&mut self, first: u8) {
        let next = self.byte(self.at + 1);
        let (kind, length) = match (first, next) {
            (b'=', b'=') => (TOKEN_EQUAL, 2),
            (b'=', _) => (TOKEN_ASSIGN, 1),
            (b'!', b'=') => (TOKEN_NOT_EQUAL, 2),
            (b'!', _) => (TOKEN_INVERT, 1),
            (b'[', _) => (TOKEN_L_BRACK, 1),
            (b']', _) => (TOKEN_R_BRACK, 1),
            (b'(', _) => (TOKEN_L_PAREN, 1),
            (b')', _) => (TOKEN_R_PAREN, 1),
            (b'@', _) => (TOKEN_AT, 1),
            (b':', _) => (TOKEN_COLON, 1),
            (b',', _) => (TOKEN_COMMA, 1),
            (b'.', _) => (TOKEN_DOT, 1),
            (b'?', _) => (TOKEN_QUESTION, 1),
            (b';', _) => (TOKEN_SEMICOLON, 1),
            (b'+', b'+') => (TOKEN_CONCAT, 2),
            (b'+', _) => (TOKEN_ADD, 1),
            (b'-', b'>') => (TOKEN_IMPLICATION, 2),
            (b'-', _) => (TOKEN_SUB, 1),
            (b'/', b'/') => (TOKEN_UPDATE, 2),
            (b'/', _) => (TOKEN_DIV, 1),
            (b'*', _) => (TOKEN_MUL, 1),
            (b'<', b'|') => (TOKEN_PIPE_LEFT, 2),
            (b'<', b'=') => (TOKEN_LESS_OR_EQ, 2),
            (b'<', _) => (TOKEN_LESS, 1),
            (b'>', b'=') => (TOKEN_MORE_OR_EQ, 2),
            (b'>', _) => (TOKEN_MORE, 1),
            (b'&', b'&') => (TOKEN_AND_AND, 2),
            (b'|', b'>') => (TOKEN_PIPE_RIGHT, 2),
            (b'|', b'|') => (TOKEN_OR_OR, 2),
            (b'\'', _) => (TOKEN_ERROR, self.single_quoted()),
            _ => (TOKEN_ERROR, character_length(first)),
        };
        self.push(kind, (self.at + length).min(self.bytes.len()));
    }
}

fn character_length(first: u8) -> usize {
    match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    }
}

fn keyword(name: &[u8]) -> SyntaxKind {
    match name {
        b"if" => TOKEN_IF,
        b"in" => TOKEN_IN,
        b"or" => TOKEN_OR,
        b"let" => TOKEN_LET,
        b"rec" => TOKEN_REC,
        b"else" => TOKEN_ELSE,
        b"then" => TOKEN_THEN,
        b"with" => TOKEN_WITH,
        b"assert" => TOKEN_ASSERT,
        b"inherit" => TOKEN_INHERIT,
        _ => TOKEN_IDENT,
    }
}

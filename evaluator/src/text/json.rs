//! Reading and writing JSON (RFC 8259) as `fromJSON` and `toJSON` do.
//!
//! The reader is a single pass without recursion; it hands each value to a [`JsonBuilder`] as soon as it is
//! complete, so that no tree of its own is made. What it accepts, and the words and positions of its errors, are
//! those of the library that Nix uses: columns count bytes, and an error at the end of the input is one past it.

use std::ops::Range;

use launchnix_diagnostics::Fault;

/// Makes values of what is read.
pub trait JsonBuilder {
    /// A value.
    type Value;
    /// A key of an object.
    type Key;

    /// `null`.
    fn null(&mut self) -> Self::Value;
    /// `true` or `false`.
    fn bool(&mut self, value: bool) -> Self::Value;
    /// A whole number that is in range.
    fn int(&mut self, value: i64) -> Self::Value;
    /// Any other number; always finite when it comes from JSON.
    fn float(&mut self, value: f64) -> Self::Value;
    /// A string, unescaped; valid UTF-8 without NUL.
    fn string(&mut self, value: &[u8]) -> Self::Value;
    /// A key, unescaped.
    fn key(&mut self, name: &[u8], range: Range<usize>) -> Self::Key;
    /// An array of values made before.
    fn list(&mut self, elements: impl ExactSizeIterator<Item = Self::Value>) -> Self::Value;
    /// An object of values made before, in the order of the text. Keys may repeat: the last one wins.
    fn object(&mut self, entries: impl ExactSizeIterator<Item = (Self::Key, Self::Value)>) -> Self::Value;

    /// Says which bytes of the text a value was read from.
    fn place(&mut self, value: Self::Value, _range: Range<usize>) -> Self::Value {
        value
    }
}

/// Why a text is not JSON, in Nix's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The message.
    pub message: String,
    /// What does not belong where it stands, if that is what is wrong.
    pub fault: Option<Fault>,
    /// How many bytes had been read.
    pub offset: usize,
}

/// Reads one JSON value that is the whole text. Deeper nesting than `max_depth` is an error.
pub fn parse<B: JsonBuilder>(text: &[u8], builder: &mut B, max_depth: usize) -> Result<B::Value, JsonError> {
    let mut lexer = Lexer { text, read: 0, start: 0, token_start: 0, buffer: Vec::new() };
    let mut values: Vec<B::Value> = Vec::new();
    let mut keys: Vec<B::Key> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    lexer.skip_byte_order_mark()?;
    let mut token = lexer.token();
    loop {
        // Here a value must start.
        let value = match token {
            Token::ObjectStart | Token::ArrayStart => {
                let is_object = token == Token::ObjectStart;
                if open.len() >= max_depth {
                    return Err(lexer.error_with("JSON is nested too deeply".to_owned()));
                }
                let (first_value, first_key) = (values.len(), keys.len());
                open.push(Open { is_object, first_value, first_key, start: lexer.start });
                token = lexer.token();
                if is_object && token != Token::ObjectEnd {
                    keys.push(lexer.key(token, builder)?);
                    token = lexer.token();
                    continue;
                }
                if !is_object && token != Token::ArrayEnd {
                    continue;
                }
                None
            }
            Token::String => Some(builder.string(lexer.string_without_nul()?)),
            Token::Int(value) => Some(builder.int(value)),
            Token::TooLarge(value) => {
                return Err(
                    lexer.error_with(format!("unsigned json number {value} outside of Nix integer range"))
                );
            }
            Token::Float(value) if value.is_finite() => Some(builder.float(value)),
            Token::Float(_) => {
                let number = lexer.last_read();
                return Err(lexer.error_with(format!(
                    "[json.exception.out_of_range.406] number overflow parsing '{number}'"
                )));
            }
            Token::True => Some(builder.bool(true)),
            Token::False => Some(builder.bool(false)),
            Token::Null => Some(builder.null()),
            Token::End if lexer.read == 1 => {
                return Err(lexer.parse_error(
                    "attempting to parse an empty input; check that your input string or stream contains the \
                     expected JSON",
                ));
            }
            Token::Invalid(_) => return Err(lexer.unexpected(token, "value", "")),
            _ => return Err(lexer.unexpected(token, "value", "'[', '{', or a literal")),
        };
        match value {
            Some(value) => values.push(builder.place(value, lexer.start..lexer.read)),
            None => close(&mut values, &mut keys, &mut open, builder, lexer.read),
        }
        // Here a value is complete: close what it completes.
        loop {
            let Some(&Open { is_object, .. }) = open.last() else {
                token = lexer.token();
                if token != Token::End {
                    return Err(lexer.unexpected(token, "value", "end of input"));
                }
                return Ok(values.pop().expect("a value was completed"));
            };
            token = lexer.token();
            match token {
                Token::Comma if is_object => {
                    let key = lexer.token();
                    keys.push(lexer.key(key, builder)?);
                    token = lexer.token();
                    break;
                }
                Token::Comma => {
                    token = lexer.token();
                    break;
                }
                Token::ObjectEnd if is_object => {
                    close(&mut values, &mut keys, &mut open, builder, lexer.read);
                }
                Token::ArrayEnd if !is_object => {
                    close(&mut values, &mut keys, &mut open, builder, lexer.read);
                }
                _ if is_object => return Err(lexer.unexpected(token, "object", "'}'")),
                _ => return Err(lexer.unexpected(token, "array", "']'")),
            }
        }
    }
}

/// An array or object whose end was not read yet.
struct Open {
    is_object: bool,
    /// How many values and keys lie below it.
    first_value: usize,
    first_key: usize,
    start: usize,
}

/// Replaces the elements of the innermost open array or object by its value.
fn close<B: JsonBuilder>(
    values: &mut Vec<B::Value>,
    keys: &mut Vec<B::Key>,
    open: &mut Vec<Open>,
    builder: &mut B,
    end: usize,
) {
    let Some(Open { is_object, first_value, first_key, start }) = open.pop() else { return };
    let value = if is_object {
        builder.object(keys.drain(first_key..).zip(values.drain(first_value..)))
    } else {
        builder.list(values.drain(first_value..))
    };
    values.push(builder.place(value, start..end));
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Colon,
    Comma,
    True,
    False,
    Null,
    String,
    Int(i64),
    TooLarge(u64),
    Float(f64),
    End,
    Invalid(&'static str),
}

struct Lexer<'t> {
    text: &'t [u8],
    /// How many bytes were read, counting the end of the input as one.
    read: usize,
    /// Where the last token starts.
    start: usize,
    /// Where the last number or string starts: errors quote the text from there.
    token_start: usize,
    /// The last string, unescaped.
    buffer: Vec<u8>,
}

impl Lexer<'_> {
    fn get(&mut self) -> Option<u8> {
        let byte = self.text.get(self.read).copied();
        // Reading past the end twice would count twice.
        self.read = (self.read + 1).min(self.text.len() + 1);
        byte
    }

    fn skip_byte_order_mark(&mut self) -> Result<(), JsonError> {
        if self.text.first() != Some(&0xEF) {
            return Ok(());
        }
        self.read = 1;
        if self.get() == Some(0xBB) && self.get() == Some(0xBF) {
            return Ok(());
        }
        Err(self.unexpected(Token::Invalid("invalid BOM; must be 0xEF 0xBB 0xBF if given"), "value", ""))
    }

    fn token(&mut self) -> Token {
        loop {
            self.start = self.read;
            return match self.get() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => continue,
                Some(b'{') => Token::ObjectStart,
                Some(b'}') => Token::ObjectEnd,
                Some(b'[') => Token::ArrayStart,
                Some(b']') => Token::ArrayEnd,
                Some(b':') => Token::Colon,
                Some(b',') => Token::Comma,
                Some(b't') => self.literal(b"rue", Token::True),
                Some(b'f') => self.literal(b"alse", Token::False),
                Some(b'n') => self.literal(b"ull", Token::Null),
                Some(b'"') => self.string(),
                Some(b'-' | b'0'..=b'9') => self.number(),
                // A NUL byte ends the text, as it does in C.
                Some(0) | None => Token::End,
                Some(_) => Token::Invalid("invalid literal"),
            };
        }
    }

    fn literal(&mut self, rest: &[u8], token: Token) -> Token {
        for &expected in rest {
            if self.get() != Some(expected) {
                return Token::Invalid("invalid literal");
            }
        }
        token
    }

    fn digits(&mut self) {
        while self.text.get(self.read).is_some_and(u8::is_ascii_digit) {
            self.read += 1;
        }
    }

    fn number(&mut self) -> Token {
        let start = self.read - 1;
        self.token_start = start;
        let mut first = self.text.get(start).copied();
        if first == Some(b'-') {
            first = self.get();
            if !first.is_some_and(|byte| byte.is_ascii_digit()) {
                return Token::Invalid("invalid number; expected digit after '-'");
            }
        }
        if first != Some(b'0') {
            self.digits();
        }
        let mut is_whole = true;
        if self.text.get(self.read) == Some(&b'.') {
            is_whole = false;
            self.read += 1;
            if !self.get().is_some_and(|byte| byte.is_ascii_digit()) {
                return Token::Invalid("invalid number; expected digit after '.'");
            }
            self.digits();
        }
        if matches!(self.text.get(self.read), Some(b'e' | b'E')) {
            is_whole = false;
            self.read += 1;
            let mut next = self.get();
            if matches!(next, Some(b'+' | b'-')) {
                next = self.get();
                if !next.is_some_and(|byte| byte.is_ascii_digit()) {
                    return Token::Invalid("invalid number; expected digit after exponent sign");
                }
            } else if !next.is_some_and(|byte| byte.is_ascii_digit()) {
                return Token::Invalid("invalid number; expected '+', '-', or digit after exponent");
            }
            self.digits();
        }
        let number = std::str::from_utf8(&self.text[start..self.read]).unwrap_or_default();
        if is_whole {
            if let Ok(value) = number.parse::<i64>() {
                return Token::Int(value);
            }
            if let Ok(value) = number.parse::<u64>() {
                return Token::TooLarge(value);
            }
        }
        number.parse().map_or(Token::Invalid("invalid number"), Token::Float)
    }

    fn string(&mut self) -> Token {
        self.token_start = self.read - 1;
        self.buffer.clear();
        loop {
            let plain = self.read;
            while self
                .text
                .get(self.read)
                .is_some_and(|byte| matches!(byte, 0x20..=0x7F) && !b"\"\\".contains(byte))
            {
                self.read += 1;
            }
            self.buffer.extend_from_slice(&self.text[plain..self.read]);
            match self.get() {
                None => return Token::Invalid("invalid string: missing closing quote"),
                Some(b'"') => return Token::String,
                Some(b'\\') => {
                    if let Err(message) = self.escape() {
                        return Token::Invalid(message);
                    }
                }
                Some(byte @ 0x00..=0x1F) => return Token::Invalid(CONTROL_MESSAGES[usize::from(byte)]),
                Some(first) => {
                    if !self.multi_byte(first) {
                        return Token::Invalid("invalid string: ill-formed UTF-8 byte");
                    }
                }
            }
        }
    }

    /// The rest of a character of several bytes (table 3-7 of the Unicode standard).
    fn multi_byte(&mut self, first: u8) -> bool {
        let (second, more) = match first {
            0xC2..=0xDF => (0x80..=0xBF, 0),
            0xE0 => (0xA0..=0xBF, 1),
            0xE1..=0xEC | 0xEE | 0xEF => (0x80..=0xBF, 1),
            0xED => (0x80..=0x9F, 1),
            0xF0 => (0x90..=0xBF, 2),
            0xF1..=0xF3 => (0x80..=0xBF, 2),
            0xF4 => (0x80..=0x8F, 2),
            _ => return false,
        };
        let start = self.read - 1;
        if !self.get().is_some_and(|byte| second.contains(&byte)) {
            return false;
        }
        for _ in 0..more {
            if !self.get().is_some_and(|byte| matches!(byte, 0x80..=0xBF)) {
                return false;
            }
        }
        self.buffer.extend_from_slice(&self.text[start..self.read]);
        true
    }

    fn escape(&mut self) -> Result<(), &'static str> {
        const LONE_HIGH: &str = "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF";
        let plain = match self.get() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                let mut code = self.four_hex_digits()?;
                match code {
                    0xD800..=0xDBFF => {
                        if self.get() != Some(b'\\') || self.get() != Some(b'u') {
                            return Err(LONE_HIGH);
                        }
                        let low = self.four_hex_digits()?;
                        if !matches!(low, 0xDC00..=0xDFFF) {
                            return Err(LONE_HIGH);
                        }
                        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    }
                    0xDC00..=0xDFFF => {
                        return Err("invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF");
                    }
                    _ => {}
                }
                let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.buffer.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                return Ok(());
            }
            _ => return Err("invalid string: forbidden character after backslash"),
        };
        self.buffer.push(plain);
        Ok(())
    }

    fn four_hex_digits(&mut self) -> Result<u32, &'static str> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.get().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err("invalid string: '\\u' must be followed by 4 hex digits");
            };
            code = code * 16 + digit;
        }
        Ok(code)
    }

    /// The last string, which Nix rejects if it holds a NUL byte.
    fn string_without_nul(&self) -> Result<&[u8], JsonError> {
        if self.buffer.contains(&0) {
            let shown = String::from_utf8_lossy(&self.buffer).replace('\0', "␀");
            return Err(self.error_with(format!(
                "input string '{shown}' cannot be represented as Nix string because it contains null bytes"
            )));
        }
        Ok(&self.buffer)
    }

    /// A key and the colon after it.
    fn key<B: JsonBuilder>(&mut self, token: Token, builder: &mut B) -> Result<B::Key, JsonError> {
        if token != Token::String {
            return Err(self.unexpected(token, "object key", "string literal"));
        }
        let range = self.start..self.read;
        let key = builder.key(self.string_without_nul()?, range);
        let colon = self.token();
        if colon != Token::Colon {
            return Err(self.unexpected(colon, "object separator", "':'"));
        }
        Ok(key)
    }

    /// What was read since the last number or string began, control characters made visible.
    fn last_read(&self) -> String {
        let mut shown = Vec::new();
        for &byte in &self.text[self.token_start..self.read.min(self.text.len())] {
            if byte <= 0x1F {
                shown.extend_from_slice(format!("<U+{byte:04X}>").as_bytes());
            } else {
                shown.push(byte);
            }
        }
        String::from_utf8_lossy(&shown).into_owned()
    }

    fn unexpected(&self, token: Token, parsing: &'static str, expected: &str) -> JsonError {
        let mut message = format!("syntax error while parsing {parsing} - ");
        if let Token::Invalid(reason) = token {
            message = format!("{message}{reason}; last read: '{}'", self.last_read());
        } else {
            message = format!("{message}unexpected {}", name(token));
        }
        if !expected.is_empty() {
            message = format!("{message}; expected {expected}");
        }
        let found = if let Token::Invalid(reason) = token { reason } else { name(token) };
        JsonError { fault: Some(Fault::Json { within: parsing, found }), ..self.parse_error(&message) }
    }

    fn parse_error(&self, message: &str) -> JsonError {
        let consumed = &self.text[..self.read.min(self.text.len())];
        let line = consumed.split(|byte| *byte == b'\n').count();
        let line_start = consumed.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1);
        let column = self.read - line_start;
        self.error_with(format!(
            "[json.exception.parse_error.101] parse error at line {line}, column {column}: {message}"
        ))
    }

    fn error_with(&self, message: String) -> JsonError {
        JsonError { message, fault: None, offset: self.read.min(self.text.len()) }
    }
}

fn name(token: Token) -> &'static str {
    match token {
        Token::ObjectStart => "'{'",
        Token::ObjectEnd => "'}'",
        Token::ArrayStart => "'['",
        Token::ArrayEnd => "']'",
        Token::Colon => "':'",
        Token::Comma => "','",
        Token::True => "true literal",
        Token::False => "false literal",
        Token::Null => "null literal",
        Token::String => "string literal",
        Token::Int(_) | Token::TooLarge(_) | Token::Float(_) => "number literal",
        Token::End => "end of input",
        Token::Invalid(_) => "<parse error>",
    }
}

macro_rules! control_messages {
    ($($code:literal $name:literal $short:literal),* $(,)?) => {
        [$(concat!("invalid string: control character U+", $code, " (", $name, ") must be escaped to \\u", $code, $short)),*]
    };
}

static CONTROL_MESSAGES: [&str; 32] = control_messages![
    "0000" "NUL" "", "0001" "SOH" "", "0002" "STX" "", "0003" "ETX" "",
    "0004" "EOT" "", "0005" "ENQ" "", "0006" "ACK" "", "0007" "BEL" "",
    "0008" "BS" " or \\b", "0009" "HT" " or \\t", "000A" "LF" " or \\n", "000B" "VT" "",
    "000C" "FF" " or \\f", "000D" "CR" " or \\r", "000E" "SO" "", "000F" "SI" "",
    "0010" "DLE" "", "0011" "DC1" "", "0012" "DC2" "", "0013" "DC3" "",
    "0014" "DC4" "", "0015" "NAK" "", "0016" "SYN" "", "0017" "ETB" "",
    "0018" "CAN" "", "0019" "EM" "", "001A" "SUB" "", "001B" "ESC" "",
    "001C" "FS" "", "001D" "GS" "", "001E" "RS" "", "001F" "US" "",
];

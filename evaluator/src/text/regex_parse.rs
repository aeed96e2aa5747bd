//! POSIX extended regular expressions (IEEE 1003.1, chapter 9.4), parsed.
//!
//! Where the standard leaves something open, C++'s standard library decides, since Nix uses that: a backslash
//! before a character that is not special is an error, a range may not start at a dash inside a bracket
//! expression, a class name is read without regard to case, bytes above 127 are below the others in ranges.

/// A set of bytes.
pub type ByteSet = Box<[bool; 256]>;

/// Why a pattern was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegexError {
    /// It is not a regular expression.
    Invalid,
    /// It needs too many states.
    TooLarge,
}

impl RegexError {
    /// The message in Nix's words.
    pub fn message(self, pattern: &[u8]) -> String {
        let pattern = String::from_utf8_lossy(pattern);
        match self {
            Self::Invalid => format!("invalid regular expression '{pattern}'"),
            Self::TooLarge => format!("memory limit exceeded by regular expression '{pattern}'"),
        }
    }
}

/// A part of a pattern.
#[derive(Clone, Debug)]
pub enum Node {
    Empty,
    Byte(u8),
    Set(ByteSet),
    LineStart,
    LineEnd,
    /// A group and its number, from 1.
    Group(Box<Node>, usize),
    Concatenation(Vec<Node>),
    Alternation(Vec<Node>),
    Repeat(Box<Node>, Repeat),
}

/// How often something repeats. The forms are apart because each makes its own states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// `*`
    ZeroOrMore,
    /// `+`
    OneOrMore,
    /// `?`
    Optional,
    /// `{min,}` or `{min,max}`
    Interval { min: u32, max: Option<u32> },
}

/// Parentheses and stacked quantifiers nest at most this deep.
pub(super) const MAX_DEPTH: usize = 10_000;

/// More repetitions than this cannot be compiled.
pub const MAX_STATES: usize = 100_000;

/// Parses a pattern; returns it with its number of groups. What nests deeper than `max_depth` is
/// [too large](RegexError::TooLarge): the functions over [`Node`] are recursive.
pub fn parse(pattern: &[u8], max_depth: usize) -> Result<(Node, usize), RegexError> {
    let mut parser = Parser { pattern, max_depth, position: 0, groups: 0 };
    let node = parser.alternation(0)?;
    if parser.position < pattern.len() {
        // A closing parenthesis without an opening one, or a quantifier with nothing before it.
        return Err(RegexError::Invalid);
    }
    Ok((node, parser.groups))
}

struct Parser<'p> {
    pattern: &'p [u8],
    max_depth: usize,
    position: usize,
    groups: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.pattern.get(self.position).copied()
    }

    fn next(&mut self) -> Result<u8, RegexError> {
        let byte = self.peek().ok_or(RegexError::Invalid)?;
        self.position += 1;
        Ok(byte)
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.position += usize::from(found);
        found
    }

    fn alternation(&mut self, depth: usize) -> Result<Node, RegexError> {
        let first = self.concatenation(depth)?;
        if self.peek() != Some(b'|') {
            return Ok(first);
        }
        let mut branches = vec![first];
        while self.eat(b'|') {
            branches.push(self.concatenation(depth)?);
        }
        Ok(Node::Alternation(branches))
    }

    fn concatenation(&mut self, depth: usize) -> Result<Node, RegexError> {
        let mut parts = Vec::new();
        while let Some(byte) = self.peek() {
            let atom = match byte {
                b'|' | b')' | b'*' | b'+' | b'?' | b'{' => break,
                b'^' => {
                    self.position += 1;
                    parts.push(Node::LineStart);
                    continue;
                }
                b'$' => {
                    self.position += 1;
                    parts.push(Node::LineEnd);
                    continue;
                }
                _ => self.atom(depth)?,
            };
            parts.push(self.quantified(atom, depth)?);
        }
        Ok(match parts.len() {
            0 => Node::Empty,
            1 => parts.remove(0),
            _ => Node::Concatenation(parts),
        })
    }

    fn atom(&mut self, depth: usize) -> Result<Node, RegexError> {
        Ok(match self.next()? {
            0 => return Err(RegexError::Invalid),
            b'.' => {
                let mut set = Box::new([true; 256]);
                set[0] = false;
                Node::Set(set)
            }
            b'\\' => match self.next()? {
                byte @ (b'.' | b'[' | b'\\' | b'(' | b')' | b'*' | b'+' | b'?' | b'{' | b'|' | b'^'
                | b'$') => Node::Byte(byte),
                _ => return Err(RegexError::Invalid),
            },
            b'(' => {
                if depth >= self.max_depth {
                    return Err(RegexError::TooLarge);
                }
                self.groups += 1;
                let number = self.groups;
                let inner = self.alternation(depth + 1)?;
                if !self.eat(b')') {
                    return Err(RegexError::Invalid);
                }
                Node::Group(Box::new(inner), number)
            }
            b'[' => Node::Set(self.bracket()?),
            byte => Node::Byte(byte),
        })
    }

    fn quantified(&mut self, mut node: Node, depth: usize) -> Result<Node, RegexError> {
        let mut nested = depth;
        loop {
            let repeat = match self.peek() {
                Some(b'*') => Repeat::ZeroOrMore,
                Some(b'+') => Repeat::OneOrMore,
                Some(b'?') => Repeat::Optional,
                Some(b'{') => {
                    self.position += 1;
                    let repeat = self.interval()?;
                    // The closing brace is skipped below, as the other operators are.
                    self.position -= 1;
                    repeat
                }
                _ => return Ok(node),
            };
            self.position += 1;
            nested += 1;
            if nested > self.max_depth {
                return Err(RegexError::TooLarge);
            }
            node = Node::Repeat(Box::new(node), repeat);
        }
    }

    fn interval(&mut self) -> Result<Repeat, RegexError> {
        let min = self.count()?.ok_or(RegexError::Invalid)?;
        let max = if self.eat(b',') { self.count()? } else { Some(min) };
        if !self.eat(b'}') || max.is_some_and(|max| max < min) {
            return Err(RegexError::Invalid);
        }
        let limit = MAX_STATES as u64;
        let count =
            |value: u64| u32::try_from(value).ok().filter(|_| value <= limit).ok_or(RegexError::TooLarge);
        Ok(Repeat::Interval { min: count(min)?, max: max.map(count).transpose()? })
    }

    fn count(&mut self) -> Result<Option<u64>, RegexError> {
        let start = self.position;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        if start == self.position {
            return Ok(None);
        }
        let digits =
            std::str::from_utf8(&self.pattern[start..self.position]).map_err(|_| RegexError::Invalid)?;
        // C++ reads it into a `long`.
        digits
            .parse::<i64>()
            .ok()
            .and_then(|value| u64::try_from(value).ok())
            .map(Some)
            .ok_or(RegexError::Invalid)
    }

    /// A bracket expression after its `[`.
    fn bracket(&mut self) -> Result<ByteSet, RegexError> {
        let negated = self.eat(b'^');
        let mut set = Box::new([false; 256]);
        // The last single character, which a dash would make the start of a range.
        let mut last = Last::None;
        let start = self.position;
        if self.eat(b'-') {
            last = Last::Char(b'-');
        } else if let Some(byte) = self.plain_char(start) {
            last = Last::Char(byte);
        }
        loop {
            if self.position > start && self.eat(b']') {
                break;
            }
            if self.eat(b'-') {
                if self.eat(b']') {
                    last.flush(&mut set);
                    last = Last::Char(b'-');
                    break;
                }
                let Last::Char(low) = last else { return Err(RegexError::Invalid) };
                let high = match self.plain_char(start) {
                    Some(byte) => byte,
                    None if self.eat(b'-') => b'-',
                    None => return Err(RegexError::Invalid),
                };
                add_range(&mut set, low, high)?;
                last = Last::None;
                continue;
            }
            last.flush(&mut set);
            last = match self.plain_char(start) {
                Some(byte) => Last::Char(byte),
                None => self.named(&mut set)?,
            };
        }
        last.flush(&mut set);
        if negated {
            for member in set.iter_mut() {
                *member = !*member;
            }
        }
        Ok(set)
    }

    /// A character that stands for itself in a bracket expression that starts at `start`.
    fn plain_char(&mut self, start: usize) -> Option<u8> {
        let byte = self.peek()?;
        let special = match byte {
            b'-' => true,
            b']' => self.position > start,
            b'[' => matches!(self.pattern.get(self.position + 1), Some(b'.' | b':' | b'=') | None),
            _ => false,
        };
        if special {
            return None;
        }
        self.position += 1;
        Some(byte)
    }

    /// `[:class:]`, `[.collating element.]` or `[=equivalence class=]`.
    fn named(&mut self, set: &mut ByteSet) -> Result<Last, RegexError> {
        if self.next()? != b'[' {
            return Err(RegexError::Invalid);
        }
        let kind = self.next()?;
        let rest = &self.pattern[self.position..];
        let length = rest.iter().position(|byte| *byte == kind).ok_or(RegexError::Invalid)?;
        let name = &rest[..length];
        self.position += length + 1;
        if !self.eat(b']') {
            return Err(RegexError::Invalid);
        }
        match kind {
            b':' => {
                let is_member = class(&name.to_ascii_lowercase()).ok_or(RegexError::Invalid)?;
                for byte in 0..=127u8 {
                    set[usize::from(byte)] |= is_member(byte);
                }
                Ok(Last::Class)
            }
            b'.' => Ok(Last::Char(collating_element(name).ok_or(RegexError::Invalid)?)),
            _ => {
                let byte = collating_element(name).ok_or(RegexError::Invalid)?;
                set[usize::from(byte.to_ascii_lowercase())] = true;
                set[usize::from(byte.to_ascii_uppercase())] = true;
                Ok(Last::Class)
            }
        }
    }
}

enum Last {
    None,
    Char(u8),
    Class,
}

impl Last {
    fn flush(&self, set: &mut ByteSet) {
        if let Self::Char(byte) = self {
            set[usize::from(*byte)] = true;
        }
    }
}

/// Adds a range; C++ compares characters as signed numbers.
fn add_range(set: &mut ByteSet, low: u8, high: u8) -> Result<(), RegexError> {
    let (low, high) = (low.cast_signed(), high.cast_signed());
    if low > high {
        return Err(RegexError::Invalid);
    }
    for value in low..=high {
        set[usize::from(value.cast_unsigned())] = true;
    }
    Ok(())
}

fn class(name: &[u8]) -> Option<fn(u8) -> bool> {
    Some(match name {
        b"d" | b"digit" => |byte| byte.is_ascii_digit(),
        b"w" => |byte| byte.is_ascii_alphanumeric() || byte == b'_',
        b"s" | b"space" => |byte| matches!(byte, b' ' | 9..=13),
        b"alnum" => |byte| byte.is_ascii_alphanumeric(),
        b"alpha" => |byte| byte.is_ascii_alphabetic(),
        b"blank" => |byte| matches!(byte, b' ' | b'\t'),
        b"cntrl" => |byte| byte.is_ascii_control(),
        b"graph" => |byte| byte.is_ascii_graphic(),
        b"lower" => |byte| byte.is_ascii_lowercase(),
        b"print" => |byte| byte.is_ascii_graphic() || byte == b' ',
        b"punct" => |byte| byte.is_ascii_punctuation(),
        b"upper" => |byte| byte.is_ascii_uppercase(),
        b"xdigit" => |byte| byte.is_ascii_hexdigit(),
        _ => return None,
    })
}

/// The names of the ASCII characters that are not their own name (POSIX, table 6-1).
const NAMES: [(&str, u8); 61] = [
    ("NUL", 0),
    ("SOH", 1),
    ("STX", 2),
    ("ETX", 3),
    ("EOT", 4),
    ("ENQ", 5),
    ("ACK", 6),
    ("alert", 7),
    ("backspace", 8),
    ("tab", 9),
    ("newline", 10),
    ("vertical-tab", 11),
    ("form-feed", 12),
    ("carriage-return", 13),
    ("SO", 14),
    ("SI", 15),
    ("DLE", 16),
    ("DC1", 17),
    ("DC2", 18),
    ("DC3", 19),
    ("DC4", 20),
    ("NAK", 21),
    ("SYN", 22),
    ("ETB", 23),
    ("CAN", 24),
    ("EM", 25),
    ("SUB", 26),
    ("ESC", 27),
    ("IS4", 28),
    ("IS3", 29),
    ("IS2", 30),
    ("IS1", 31),
    ("space", 32),
    ("exclamation-mark", 33),
    ("quotation-mark", 34),
    ("number-sign", 35),
    ("dollar-sign", 36),
    ("percent-sign", 37),
    ("ampersand", 38),
    ("apostrophe", 39),
    ("left-parenthesis", 40),
    ("right-parenthesis", 41),
    ("asterisk", 42),
    ("plus-sign", 43),
    ("comma", 44),
    ("hyphen", 45),
    ("period", 46),
    ("slash", 47),
    ("colon", 58),
    ("semicolon", 59),
    ("less-than-sign", 60),
    ("equals-sign", 61),
    ("greater-than-sign", 62),
    ("question-mark", 63),
    ("commercial-at", 64),
    ("left-square-bracket", 91),
    ("backslash", 92),
    ("right-square-bracket", 93),
    ("circumflex", 94),
    ("underscore", 95),
    ("grave-accent", 96),
];

const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

const LAST_NAMES: [(&str, u8); 5] = [
    ("left-curly-bracket", 123),
    ("vertical-line", 124),
    ("right-curly-bracket", 125),
    ("tilde", 126),
    ("DEL", 127),
];

fn collating_element(name: &[u8]) -> Option<u8> {
    if let [byte] = name
        && byte.is_ascii_alphabetic()
    {
        return Some(*byte);
    }
    let name = std::str::from_utf8(name).ok()?;
    if let Some((_, byte)) = NAMES.iter().chain(&LAST_NAMES).find(|(known, _)| *known == name) {
        return Some(*byte);
    }
    DIGITS.iter().zip(b'0'..).find(|(known, _)| **known == name).map(|(_, byte)| byte)
}

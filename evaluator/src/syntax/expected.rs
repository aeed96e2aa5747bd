//! What could stand at a place in a text, going by the tokens before it, in the words of Nix's parser.
//!
//! Nix names what it expected where that is a handful of tokens, which depends on the construct that is open and on
//! the token before. rnix's own expectations are those of another grammar.

use rnix::SyntaxKind::{self, *};

/// What opened a construct that is not complete yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    File,
    Parenthesis,
    List,
    Interpolation,
    Quoted,
    Indented,
    Braces,
    Let,
    /// `if`, up to its `then`.
    If,
    /// `then`, up to its `else`.
    Then,
    /// `with` or `assert`, up to its semicolon.
    Prefix,
}

/// How far braces or a `let` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A binding may start here, or in braces a formal.
    Fresh,
    /// In a name that may be a binding's or a formal's.
    Key,
    /// After `=`.
    Value,
    /// After `inherit`.
    Inherit,
    /// Among names that are formals for sure.
    Formal,
    /// After a formal's `?`.
    Default,
}

/// A construct that is not complete yet.
#[derive(Clone, Copy, Debug)]
struct Frame {
    open: Open,
    part: Part,
    /// `rec {` or `let {`
    recursive: bool,
    /// `name @ {`
    after_at: bool,
}

impl Frame {
    fn new(open: Open) -> Self {
        Self { open, part: Part::Fresh, recursive: false, after_at: false }
    }

    fn binds(self) -> bool {
        matches!(self.open, Open::Braces | Open::Let)
    }
}

/// What the tokens so far amount to.
struct Reader {
    frames: Vec<Frame>,
    /// The last three tokens, the last one first.
    last: [Option<SyntaxKind>; 3],
    /// For a closing brace that ends formals: whether a name for the whole argument came before them.
    closed_formals: Option<bool>,
}

/// What could stand at an offset.
pub(super) fn expected(text: &str, at: u32) -> &'static [&'static str] {
    read_until(text, at).expected()
}

/// Whether what is before an offset can be the end of an expression.
pub(super) fn follows_operand(text: &str, at: u32) -> bool {
    ends_operand(read_until(text, at).last[0])
}

fn read_until(text: &str, at: u32) -> Reader {
    let mut reader = Reader { frames: vec![Frame::new(Open::File)], last: [None; 3], closed_formals: None };
    let mut start = 0;
    for (kind, token) in rnix::tokenize(text) {
        if start >= at as usize {
            break;
        }
        if !kind.is_trivia() && !token.is_empty() {
            reader.read(kind, token);
        }
        start += token.len();
    }
    reader
}

const ATTRIBUTE: &[&str] = &["identifier", "'or'", "'${'", "'\"'"];

impl Reader {
    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the file's frame is never closed")
    }

    fn open(&mut self, open: Open) {
        self.frames.push(Frame::new(open));
    }

    /// Closes a construct and what is incomplete inside of it.
    fn close(&mut self, open: Open) -> Option<Frame> {
        let at = self.frames.iter().rposition(|frame| frame.open == open)?;
        let frame = self.frames[at];
        self.frames.truncate(at.max(1));
        Some(frame)
    }

    fn read(&mut self, kind: SyntaxKind, token: &str) {
        self.closed_formals = None;
        let before = self.last[0];
        let was = *self.top();
        if was.part == Part::Fresh {
            self.top().part = Part::Key;
        }
        match kind {
            TOKEN_STRING_START if token == "\"" => self.open(Open::Quoted),
            TOKEN_STRING_START => self.open(Open::Indented),
            TOKEN_STRING_END => {
                self.frames.truncate((self.frames.len() - 1).max(1));
            }
            TOKEN_INTERPOL_START => self.open(Open::Interpolation),
            TOKEN_INTERPOL_END => drop(self.close(Open::Interpolation)),
            TOKEN_L_PAREN => self.open(Open::Parenthesis),
            TOKEN_R_PAREN => drop(self.close(Open::Parenthesis)),
            TOKEN_L_BRACK => self.open(Open::List),
            TOKEN_R_BRACK => drop(self.close(Open::List)),
            TOKEN_L_BRACE => {
                let old_let = before == Some(TOKEN_LET);
                if old_let {
                    self.close(Open::Let);
                }
                let after_at = before == Some(TOKEN_AT);
                let recursive = old_let || before == Some(TOKEN_REC);
                let part = if after_at { Part::Formal } else { Part::Fresh };
                self.frames.push(Frame { open: Open::Braces, part, recursive, after_at });
            }
            TOKEN_R_BRACE => {
                let closed = self.close(Open::Braces);
                let formals = closed.filter(|frame| match frame.part {
                    Part::Formal | Part::Default => true,
                    Part::Key => was.part != Part::Fresh,
                    Part::Fresh | Part::Value | Part::Inherit => false,
                });
                self.closed_formals = formals.map(|frame| frame.after_at);
            }
            TOKEN_LET => self.open(Open::Let),
            TOKEN_IN => drop(self.close(Open::Let)),
            TOKEN_IF => self.open(Open::If),
            TOKEN_THEN => {
                self.close(Open::If);
                self.open(Open::Then);
            }
            TOKEN_ELSE => drop(self.close(Open::Then)),
            TOKEN_WITH | TOKEN_ASSERT => self.open(Open::Prefix),
            TOKEN_SEMICOLON if was.open == Open::Prefix => drop(self.close(Open::Prefix)),
            TOKEN_SEMICOLON => self.top().part = Part::Fresh,
            TOKEN_ASSIGN => self.top().part = Part::Value,
            TOKEN_INHERIT => self.top().part = Part::Inherit,
            TOKEN_COMMA | TOKEN_ELLIPSIS
                if was.open == Open::Braces && !matches!(was.part, Part::Value | Part::Inherit) =>
            {
                self.top().part = Part::Formal;
            }
            TOKEN_QUESTION if was.open == Open::Braces && matches!(was.part, Part::Key | Part::Formal) => {
                self.top().part = Part::Default;
            }
            _ => {}
        }
        self.last = [Some(kind), self.last[0], self.last[1]];
    }

    fn expected(&self) -> &'static [&'static str] {
        let top = *self.frames.last().expect("the file's frame is never closed");
        let [last, second, third] = self.last;
        match top.open {
            Open::Quoted => return &["'\"'"],
            Open::Indented => return &["indented string", "'${'", "end of an indented string"],
            _ => {}
        }
        match last {
            Some(TOKEN_DOT) => return ATTRIBUTE,
            Some(TOKEN_QUESTION) if !(top.part == Part::Default && formal_before(third)) => return ATTRIBUTE,
            Some(TOKEN_AT) if second == Some(TOKEN_R_BRACE) => return &["identifier"],
            Some(TOKEN_AT | TOKEN_REC) => return &["'{'"],
            Some(TOKEN_R_BRACE) => match self.closed_formals {
                Some(true) => return &["':'"],
                Some(false) => return &["':'", "'@'"],
                None => {}
            },
            Some(TOKEN_IDENT) if second == Some(TOKEN_AT) && third == Some(TOKEN_R_BRACE) => return &["':'"],
            _ => {}
        }
        if top.binds() {
            return expected_in_bindings(top, last);
        }
        if !ends_operand(last) {
            return &[];
        }
        match top.open {
            Open::File => &["end of file"],
            Open::Parenthesis => &["')'"],
            Open::Interpolation => &["'}'"],
            Open::If => &["'then'"],
            Open::Then => &["'else'"],
            Open::Prefix => &["';'"],
            _ => &[],
        }
    }
}

fn expected_in_bindings(top: Frame, last: Option<SyntaxKind>) -> &'static [&'static str] {
    match top.part {
        Part::Formal => match last {
            Some(TOKEN_L_BRACE | TOKEN_COMMA) => &["identifier", "'...'", "'}'"],
            Some(TOKEN_ELLIPSIS) => &["'}'"],
            _ => &["'}'", "','"],
        },
        Part::Default if ends_operand(last) => &["'}'", "','"],
        Part::Fresh => match top.open {
            Open::Let => &["'in'", "'inherit'"],
            _ if top.recursive => &["'inherit'", "'}'"],
            _ => &["'inherit'"],
        },
        Part::Key => &["'.'", "'='"],
        Part::Value if ends_operand(last) => &["';'"],
        Part::Inherit | Part::Default | Part::Value => &[],
    }
}

/// Whether a formal starts after this token.
fn formal_before(token: Option<SyntaxKind>) -> bool {
    matches!(token, Some(TOKEN_L_BRACE | TOKEN_COMMA))
}

/// Whether an expression can end with this token.
fn ends_operand(token: Option<SyntaxKind>) -> bool {
    matches!(
        token,
        Some(
            TOKEN_IDENT
                | TOKEN_INTEGER
                | TOKEN_FLOAT
                | TOKEN_STRING_END
                | TOKEN_INTERPOL_END
                | TOKEN_R_PAREN
                | TOKEN_R_BRACK
                | TOKEN_R_BRACE
                | TOKEN_PATH_ABS
                | TOKEN_PATH_REL
                | TOKEN_PATH_HOME
                | TOKEN_PATH_SEARCH
                | TOKEN_URI
        )
    )
}

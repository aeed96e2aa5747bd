//! From tokens to a syntax tree, by recursive descent over brackets and without recursion over operators and over
//! what stands in front of an expression (`a: …`, `let … in`, `if … then … else`).
//!
//! A mistake is noted with what Nix's parser would have expected there, and parsing goes on; `recovery` says how.
//! While [`Parser::quiet`] is set, what follows from a mistake is not noted as another one.

use std::cell::OnceCell;

use rnix::SyntaxKind::{self, *};

use super::bare::Functions;
use super::blocks::Block;
use super::brackets::Wrong;
use super::lexer::{END, SENTINELS, Token};
use super::operators::Operator;
use super::parameters::Parameters;
use super::pasted::Pasted;
use super::prose::Prose;
use super::quotes_of_lists::Quotes;
use super::words::Word;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// A node of the tree: a run of tokens, and the nodes in it as a chain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) first_token: u32,
    pub(super) end_token: u32,
    pub(super) first_child: u32,
    /// The next child of the same parent.
    pub(super) next: u32,
    pub(super) kind: SyntaxKind,
}

/// A mistake.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mistake {
    /// The token that cannot stand where it does.
    pub(super) token: usize,
    /// The token that something is missing before. Nix may notice it only further on.
    pub(super) before: usize,
    /// What could, in Nix's words, where that is a handful.
    pub(super) expecting: &'static [&'static str],
    pub(super) cause: Cause,
}

/// What is known of a mistake beyond the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Unexpected,
    /// The bracket or quotes at this token are not closed.
    Unclosed(usize),
    /// A bracket does not match, going by the layout.
    Bracket(Wrong),
    /// The quotes of a text of several lines are wrong.
    Block(Block),
    /// `${` at this place is the shell's.
    OfShell(u32),
    /// Quotes at this place end the string, and its text goes on.
    QuotesInside(u32),
    /// As `Unclosed`, and it is the layout that says so.
    UnclosedByLayout(usize),
    /// There is another value behind a comma; whether the first is a call.
    SeveralValues(bool),
    /// What other languages have for a set, and Nix takes for the arguments of a function from this token on.
    Shorthand(usize),
    /// There are bindings between the brackets at these tokens.
    BoundInList(usize, usize),
    /// A bracket closes what is not open.
    ClosesNothing,
    /// As `ClosesNothing`, in words of our own.
    TooMany,
    /// It is between the names of an `inherit`.
    InInherit,
    /// It is after an `inherit` without a semicolon.
    AfterInherit,
    /// The formals that start at this token give defaults as bindings give values.
    BoundInFormals(usize),
    /// There is no comma between two formals.
    MissingComma,
    /// There is no `?` between a formal and its default.
    MissingQuestion,
    /// The elements of a list stand in braces, which end at this token.
    ListInBraces(usize),
    /// The semicolon of a binding is inside of the list or string that is its value, which ends at this token.
    SemicolonInside(usize),
    /// Something else stands for the `=` of a binding, up to the token before this one.
    ForAssign(usize),
    /// The token is a `let` where only `let { … }` could stand: that is what Nix takes it for.
    InnerLet,
    /// The parameters of a function are written as other languages have it.
    Parameters(Parameters),
    /// `...` is not the last of the formals.
    AfterEllipsis,
    /// There are braces around the branches of a choice.
    Braces,
    /// `elif` stands for `else if`.
    ElseIf,
    /// A colon stands for `then`.
    ColonForThen,
    /// A colon follows `else`.
    ColonAfterElse,
    /// Something else stands for the colon after formals, up to the token before this one.
    ForColon(usize),
    /// The bracket in front of the list that starts at this token is missing.
    NoBracket(usize),
    /// The brace in front of the first binding of a set is missing.
    NoBrace,
    /// An expression has no parentheses around it where only a value can stand.
    BareExpression,
    /// As `BareExpression`, and an operator joins it.
    BareOperator,
    /// Names of a path stand in quotes or brackets beside each other, up to the token before this one.
    Labels(usize),
    /// A semicolon is before `else`.
    BeforeElse,
    /// Something else than a dot is between two names of a path.
    ForDot,
    /// A comma is between what `with` or `assert` takes and the rest.
    AfterHead,
    /// A word that has a meaning of its own is used as a name.
    Reserved,
    /// The language has no such operator.
    NoOperator,
    /// Commas group the digits of a number, whose last token this is.
    GroupedDigits(usize),
    /// A path of names is inherited, or a source without its parentheses.
    InheritedPath,
    /// Lines are prose, and in no comment.
    Prose(Prose),
    /// A word of the language is misspelt or missing.
    Word(Word),
    /// The quotes of a list do not match.
    QuotesOfList(Quotes),
    /// A part is in the language of another tool.
    Pasted(Pasted),
    /// A character that looks like another one stands at this place.
    Lookalike(u32),
    /// The arguments from a token up to another stand without their braces.
    BareArguments(usize, usize),
    /// Bindings from a token up to another are in front of the expression of a file.
    BeforeBody(usize, usize),
    /// A semicolon is between `in` and what follows it.
    AfterIn,
    /// A `let` is between the bindings of a set.
    LetInSet,
    /// The elements of a list start with dashes.
    Dashes,
    /// A comment starts as other languages have it.
    Comment,
    /// A merge was left half done: where its markers start.
    MergeConflict(MergeConflict),
    /// The signs of a patch are in front of lines, the first of which starts at this place.
    Patch(u32),
    /// There is too much inside of something else.
    TooDeep,
}

/// What version control leaves in a file that two people changed: where the lines with its markers start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MergeConflict {
    pub(super) ours: u32,
    pub(super) theirs: u32,
    pub(super) end: u32,
}

/// How much may be inside of something else. Nix has no such bound, but runs out of stack.
pub(super) const MAX_DEPTH: u32 = 65_536;

/// What is taken for a mistake by its layout. Only where the brackets do not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// None of it.
    Ignored,
    /// A line with less in front ends the sets that were opened on lines with more.
    MissingBrace,
    /// A brace with more in front than the line of its opening brace is not the one that closes it.
    ExtraBrace,
}

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// By the letter, as Nix does it.
    Exact,
    /// By the letter, but what Nix lets through and nobody means is a mistake.
    Watchful,
    /// What cannot be as it is written is taken for what was most likely meant.
    Guessing(Layout),
}

/// Brackets and keywords that are open, by what closes them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opened {
    pub(super) parentheses: u32,
    pub(super) lists: u32,
    pub(super) sets: u32,
    pub(super) lets: u32,
    pub(super) conditions: u32,
    pub(super) branches: u32,
    pub(super) interpolations: u32,
}

pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) at: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) mistakes: Vec<Mistake>,
    /// Elements, arguments and defaults that are a call with the name `or`: `or` as an identifier.
    pub(super) or_names: Vec<u32>,
    /// The last `let` that stood where only `let { … }` could.
    pub(super) inner_let: usize,
    pub(super) quiet: bool,
    pub(super) reading: Reading,
    pub(super) opened: Opened,
    /// Where lines start, once that is asked.
    pub(super) line_starts: OnceCell<Vec<usize>>,
    /// The functions that the text binds to names, once that is asked.
    pub(super) functions: OnceCell<Functions<'t>>,
    /// The bindings of `let`s that stand in the set that is being parsed.
    pub(super) hoisted: Vec<u32>,
    /// The first of the arguments of a call that are parsed and lack their braces.
    pub(super) bare_arguments: Option<usize>,
    /// The first token of what the last `with` or `assert` takes.
    pub(super) head: usize,
    /// The token at which no call goes on.
    pub(super) stop: usize,
    /// The word that stands for `else if`.
    pub(super) else_if: usize,
    /// The `if` that is the rest of a choice with braces around its branches.
    pub(super) braces_before: usize,
    /// The brace around a branch of a choice.
    pub(super) block: usize,
    /// The first token of the binding that is being parsed.
    pub(super) binding: usize,
    pub(super) operators: Vec<Operator>,
    prefixes: Vec<(Open, SyntaxKind)>,
    /// What is inside of each other, whether parsing it takes stack or not.
    pub(super) depth: u32,
    /// What is being parsed inside of each other on the stack.
    recursion: u32,
    limit: u32,
    gave_up: bool,
    /// Whether more stack would have helped.
    pub(super) wants_stack: bool,
}

/// A node that is being made.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) first_token: usize,
    first_child: u32,
    last_child: u32,
}

impl Open {
    /// The node that was added last.
    pub(super) fn last(&self) -> Option<u32> {
        (self.last_child != NONE).then_some(self.last_child)
    }
}

pub(super) const ATTRIBUTE: &[&str] = &["identifier", "'or'", "'${'", "'\"'"];

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token], reading: Reading, limit: u32) -> Self {
        Self {
            text,
            tokens,
            at: 0,
            // There are seldom more nodes than tokens; what is not used is never touched.
            nodes: Vec::with_capacity(tokens.len()),
            mistakes: Vec::new(),
            or_names: Vec::new(),
            quiet: false,
            reading,
            opened: Opened::default(),
            line_starts: OnceCell::new(),
            head: usize::MAX,
            functions: OnceCell::new(),
            hoisted: Vec::new(),
            bare_arguments: None,
            stop: usize::MAX,
            else_if: usize::MAX,
            braces_before: usize::MAX,
            block: usize::MAX,
            binding: 0,
            operators: Vec::new(),
            prefixes: Vec::new(),
            depth: 0,
            recursion: 0,
            inner_let: usize::MAX,
            limit,
            gave_up: false,
            wants_stack: false,
        }
    }

    /// Parses a whole file; the result is the root.
    pub(super) fn file(&mut self) -> u32 {
        let mut root = self.open();
        if self.kind() == TOKEN_ERROR && self.token_text(0) == "\u{feff}" {
            // A byte order mark is a mistake, and one that hides no other.
            self.mistake(&[]);
            self.at += 1;
            self.quiet = false;
        }
        self.skip_comments(false);
        let bindings = self.bindings_of_file();
        let expression = bindings.unwrap_or_else(|| self.expr());
        self.add(&mut root, expression);
        if self.kind() != END {
            let closes = matches!(self.kind(), TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN);
            let cause = if closes { Cause::ClosesNothing } else { Cause::Unexpected };
            self.mistake_at(self.culprit(), &["end of file"], cause);
            let rest = self.open();
            while self.kind() != END {
                self.at += 1;
            }
            let rest = self.close(rest, NODE_ERROR);
            self.add(&mut root, rest);
        }
        self.close(root, NODE_ROOT)
    }

    // --- tokens and nodes ---------------------------------------------------------------------------------

    #[inline]
    pub(super) fn kind(&self) -> SyntaxKind {
        self.tokens[self.at].kind
    }

    /// Whether what cannot be is taken for what was most likely meant. Nix goes by the letter.
    #[inline]
    pub(super) fn is_forgiving(&self) -> bool {
        matches!(self.reading, Reading::Guessing(_))
    }

    /// The kind of a token further on. There is one, since some follow the last.
    #[inline]
    pub(super) fn ahead(&self, count: usize) -> SyntaxKind {
        self.tokens.get(self.at + count).map_or(END, |token| token.kind)
    }

    pub(super) fn token_text(&self, index: usize) -> &'t str {
        let token = self.tokens[index];
        &self.text[token.start as usize..token.end as usize]
    }

    #[inline]
    pub(super) fn open(&self) -> Open {
        Open { first_token: self.at, first_child: NONE, last_child: NONE }
    }

    #[inline]
    pub(super) fn add(&mut self, open: &mut Open, child: u32) {
        if open.last_child == NONE {
            open.first_child = child;
        } else {
            self.nodes[open.last_child as usize].next = child;
        }
        open.last_child = child;
    }

    #[inline]
    pub(super) fn close(&mut self, open: Open, kind: SyntaxKind) -> u32 {
        let (first_token, end_token) = (index(open.first_token), index(self.at));
        self.nodes.push(Node { first_token, end_token, first_child: open.first_child, next: NONE, kind });
        index(self.nodes.len() - 1)
    }

    /// A node that starts with one that is there already.
    pub(super) fn around(&self, first: u32) -> Open {
        let first_token = self.nodes[first as usize].first_token as usize;
        Open { first_token, first_child: first, last_child: first }
    }

    /// A node of one token.
    #[inline]
    pub(super) fn leaf(&mut self, kind: SyntaxKind) -> u32 {
        let open = self.open();
        self.at += 1;
        self.close(open, kind)
    }

    /// Stands where an expression is missing.
    pub(super) fn nothing(&mut self) -> u32 {
        let open = self.open();
        self.close(open, NODE_ERROR)
    }

    /// Notes that the token here cannot stand here.
    pub(super) fn mistake(&mut self, expecting: &'static [&'static str]) {
        self.mistake_at(self.at, expecting, Cause::Unexpected);
    }

    pub(super) fn mistake_at(&mut self, token: usize, expecting: &'static [&'static str], cause: Cause) {
        if !self.quiet {
            let is_plain = matches!(cause, Cause::Unexpected | Cause::Unclosed(_));
            let cause = if is_plain && token == self.inner_let { Cause::InnerLet } else { cause };
            self.mistakes.push(Mistake { token, before: self.at, expecting, cause });
        }
        self.quiet = true;
    }

    /// Notes that only `let { … }` could stand here, where another `let` does.
    pub(super) fn note_inner_let(&mut self) {
        if self.kind() == TOKEN_LET {
            self.inner_let = self.at;
        }
    }

    /// Takes a token, or notes that it is missing.
    pub(super) fn expect(&mut self, open: &mut Open, kind: SyntaxKind, expecting: &'static [&'static str]) {
        if self.kind() == kind {
            self.at += 1;
            self.quiet = false;
        } else {
            self.mistake_at(self.culprit(), expecting, Cause::Unexpected);
            self.recover_to(open, kind);
        }
    }

    /// Goes one level deeper, if that is allowed; otherwise gives up on the whole rest.
    pub(super) fn deeper(&mut self) -> bool {
        self.depth += 1;
        if self.depth <= MAX_DEPTH && !self.wants_stack {
            return true;
        }
        if !self.gave_up {
            self.gave_up = true;
            self.quiet = false;
            self.mistake_at(self.at, &[], Cause::TooDeep);
        }
        self.at = self.at.max(self.tokens.len().saturating_sub(SENTINELS));
        false
    }

    /// Parses something that may hold more of the same, if the bounds allow it.
    pub(super) fn inside(&mut self, parse: impl FnOnce(&mut Self) -> u32) -> u32 {
        let depth = self.depth;
        self.recursion += 1;
        self.wants_stack |= self.recursion > self.limit;
        let node = if self.deeper() { parse(self) } else { self.nothing() };
        self.recursion -= 1;
        self.depth = depth;
        node
    }

    // --- expressions --------------------------------------------------------------------------------------

    /// Any expression.
    pub(super) fn expr(&mut self) -> u32 {
        self.inside(|parser| {
            let base = parser.prefixes.len();
            parser.skip_comments(false);
            while parser.prefix() && parser.deeper() {}
            let mut node = parser.pipes();
            while parser.prefixes.len() > base {
                let Some((mut open, kind)) = parser.prefixes.pop() else { break };
                parser.add(&mut open, node);
                node = parser.close(open, kind);
            }
            node
        })
    }

    /// Takes what goes in front of an expression up to the end of the whole.
    fn prefix(&mut self) -> bool {
        let mut open = self.open();
        let kind = match self.kind() {
            TOKEN_IDENT => match self.ahead(1) {
                TOKEN_COLON if self.at + 1 != self.stop => {
                    let mut parameter = self.open();
                    let name = self.leaf(NODE_IDENT);
                    self.add(&mut parameter, name);
                    let parameter = self.close(parameter, NODE_IDENT_PARAM);
                    self.add(&mut open, parameter);
                    self.at += 1;
                    NODE_LAMBDA
                }
                TOKEN_AT => {
                    self.formals(&mut open);
                    NODE_LAMBDA
                }
                _ if self.at == self.else_if => {
                    self.choice(&mut open);
                    NODE_IF_ELSE
                }
                _ => return false,
            },
            TOKEN_L_BRACE if self.at != self.block && self.starts_formals() => {
                self.formals(&mut open);
                NODE_LAMBDA
            }
            TOKEN_LET if self.ahead(1) != TOKEN_L_BRACE => {
                self.at += 1;
                self.opened.lets += 1;
                self.bindings(&mut open, TOKEN_IN, false);
                self.opened.lets -= 1;
                self.skip_comments(false);
                self.skip_semicolon_after_in();
                NODE_LET_IN
            }
            TOKEN_WITH => {
                self.head(&mut open, TOKEN_SEMICOLON, &["';'"]);
                NODE_WITH
            }
            TOKEN_ASSERT => {
                self.head(&mut open, TOKEN_SEMICOLON, &["';'"]);
                NODE_ASSERT
            }
            TOKEN_IF => {
                self.choice(&mut open);
                NODE_IF_ELSE
            }
            _ => return false,
        };
        self.prefixes.push((open, kind));
        true
    }

    /// A keyword, an expression, and what ends that.
    pub(super) fn head(&mut self, open: &mut Open, end: SyntaxKind, expecting: &'static [&'static str]) {
        self.at += 1;
        self.head = if end == TOKEN_SEMICOLON { self.at } else { usize::MAX };
        let first = self.at;
        if self.tokens[self.at - 1].kind == TOKEN_WITH && self.lacks_semicolon_after_scope() {
            let scope = self.selection();
            self.add(open, scope);
            return self.note_body(expecting);
        }
        let expression = self.expr();
        self.add(open, expression);
        if end == TOKEN_SEMICOLON && self.is_body_of(first) {
            self.note_body(expecting);
            return;
        }
        if end == TOKEN_SEMICOLON && self.kind() != end && !self.quiet {
            // `with lib` and a set on the next line: an application to Nix, which notices only further on.
            let node = self.nodes[expression as usize];
            let argument = if node.kind == NODE_APPLY { self.last_child(node) } else { None };
            let argument = argument.map(|argument| self.nodes[argument as usize].first_token as usize);
            let at_end = self.kind() == END;
            if let Some(argument) = argument.filter(|&argument| at_end || self.starts_line(argument)) {
                self.mistakes.push(Mistake {
                    token: self.culprit(),
                    before: argument,
                    expecting,
                    cause: Cause::Unexpected,
                });
                self.quiet = true;
            }
        }
        if end == TOKEN_SEMICOLON && self.kind() == TOKEN_LET && self.is_forgiving() && !self.quiet {
            self.note_body(expecting);
            return;
        }
        if end == TOKEN_SEMICOLON && self.kind() == TOKEN_COMMA && self.is_forgiving() {
            self.mistake_at(self.at, expecting, Cause::AfterHead);
            self.quiet = false;
            self.at += 1;
            return;
        }
        self.expect(open, end, expecting);
    }

    fn last_child(&self, node: Node) -> Option<u32> {
        let mut last = None;
        let mut child = node.first_child;
        while child != NONE {
            last = Some(child);
            child = self.nodes[child as usize].next;
        }
        last
    }
}

/// There are no more tokens than bytes, and no more nodes than tokens and mistakes.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

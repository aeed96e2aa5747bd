//! Parts of a file in the language of another tool: JSON, the blocks of Terraform, lines without semicolons.
//!
//! What is pasted into a set has many signs that are wrong, and is one mistake. It is read as what it means, so that
//! the options in it are checked.

use rnix::SyntaxKind::{self, *};

use super::lexer::{END, Scanned, Token};

/// So many bindings without semicolons show that there is no slip, but another habit.
const HABIT: u32 = 3;

/// No path of names that somebody writes has more tokens.
const LONGEST_PATH: usize = 64;

/// Words that start blocks of Terraform with names in quotes behind them.
const TERRAFORM: [&str; 6] = ["resource", "data", "variable", "provider", "module", "output"];

/// What was pasted: from the first sign that is wrong up to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pasted {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether nothing in it has a meaning here.
    pub(super) is_left_out: bool,
}

/// What to read in the place of a token.
#[derive(Clone, Copy)]
enum Change {
    Take(SyntaxKind),
    Insert(SyntaxKind),
    Drop,
}

#[derive(Clone, Copy)]
struct Edit {
    token: usize,
    change: Change,
}

/// What joins a name and what it is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Assign,
    Colon,
    /// Nothing: the brace of a block follows.
    Block,
}

/// The name of a binding, up to what joins it and its value.
struct Head {
    /// The first of the names in quotes behind it.
    labels: usize,
    sign_at: usize,
    sign: Sign,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Set,
    /// A `let`, which `in` ends.
    Let,
    List,
    Other,
}

/// What is known of a part of the text.
#[derive(Clone, Copy, Default)]
struct Known {
    /// Whether it was pasted for sure.
    is_pasted: bool,
    /// Whether there are colons or blocks in it.
    has_signs: bool,
}

impl Known {
    fn and(self, other: Self) -> Self {
        Self { is_pasted: self.is_pasted || other.is_pasted, has_signs: self.has_signs || other.has_signs }
    }
}

/// A binding that is being read.
#[derive(Clone, Copy, Default)]
struct Item {
    first: usize,
    /// Where its edits start.
    edits: usize,
    /// Where those of its value start.
    signs: usize,
    sign: Option<Sign>,
    /// Whether it is of Terraform alone.
    is_terraform: bool,
    known: Known,
}

/// Bindings in another language, one after the other.
#[derive(Clone, Copy, Default)]
struct Run {
    edits: usize,
    items: u32,
    known: Known,
}

struct Frame {
    bracket: Bracket,
    /// The first token in it.
    first: usize,
    /// Where its edits start.
    start: usize,
    item: Item,
    run: Run,
    /// Whether all that is in it belongs to the run.
    is_whole: bool,
}

/// Takes what was pasted for what it means. Gives where it is.
pub(super) fn take_for_meant(text: &str, scanned: &mut Scanned) -> Vec<Pasted> {
    let mut reader = Reader {
        text,
        tokens: &scanned.tokens,
        frames: Vec::new(),
        edits: Vec::new(),
        kept: Vec::new(),
        pasted: Vec::new(),
        in_terraform: false,
    };
    reader.read();
    let Reader { mut kept, mut pasted, .. } = reader;
    if kept.is_empty() {
        return Vec::new();
    }
    kept.sort_by_key(|edit| edit.token);
    let mut tokens: Vec<Token> = Vec::with_capacity(scanned.tokens.len() + kept.len());
    let mut kept = kept.into_iter().peekable();
    for (at, &token) in scanned.tokens.iter().enumerate() {
        let mut stays = Some(token);
        while let Some(edit) = kept.next_if(|edit| edit.token == at) {
            match edit.change {
                Change::Take(kind) => stays = Some(Token { kind, ..token }),
                Change::Insert(kind) => {
                    let end = at.checked_sub(1).map_or(token.start, |before| scanned.tokens[before].end);
                    tokens.push(Token { start: end, end, kind });
                }
                Change::Drop => stays = None,
            }
        }
        tokens.extend(stays);
    }
    scanned.tokens = tokens;
    pasted.sort_by_key(|pasted| pasted.start);
    pasted
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    frames: Vec<Frame>,
    /// What to change if what is being read was pasted, in order.
    edits: Vec<Edit>,
    /// What to change for sure.
    kept: Vec<Edit>,
    pasted: Vec<Pasted>,
    /// Whether a block is being read that is of Terraform alone.
    in_terraform: bool,
}

impl Reader<'_> {
    fn kind(&self, at: usize) -> SyntaxKind {
        self.tokens.get(at).map_or(END, |token| token.kind)
    }

    fn read(&mut self) {
        self.enter(Bracket::Other, 0);
        let mut at = 0;
        while self.kind(at) != END {
            at = self.step(at);
        }
        while !self.frames.is_empty() {
            self.leave(at, false);
        }
    }

    /// Reads on from a token. Gives the next one.
    fn step(&mut self, at: usize) -> usize {
        let kind = self.kind(at);
        let ends = matches!(kind, TOKEN_R_BRACE | TOKEN_IN);
        match self.frames.last().map(|frame| frame.bracket) {
            Some(Bracket::Set | Bracket::Let) if !ends => {
                if let Some(next) = self.step_in_set(at) {
                    return next;
                }
            }
            Some(Bracket::List) if kind == TOKEN_COMMA => {
                self.edits.push(Edit { token: at, change: Change::Drop });
            }
            _ => {}
        }
        match kind {
            TOKEN_L_BRACE => self.enter(Bracket::Set, at + 1),
            TOKEN_L_BRACK => self.enter(Bracket::List, at + 1),
            TOKEN_L_PAREN | TOKEN_INTERPOL_START => self.enter(Bracket::Other, at + 1),
            TOKEN_LET if self.kind(at + 1) != TOKEN_L_BRACE => self.enter(Bracket::Let, at + 1),
            TOKEN_IN if self.is_in_let() => self.leave(at, true),
            TOKEN_R_BRACE | TOKEN_R_BRACK | TOKEN_R_PAREN | TOKEN_INTERPOL_END => {
                while self.is_in_let() {
                    self.leave(at, false);
                }
                if self.frames.len() > 1 {
                    self.leave(at, kind == TOKEN_R_BRACE);
                }
            }
            _ => {}
        }
        at + 1
    }

    fn is_in_let(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.bracket == Bracket::Let)
    }

    /// What starts or ends a binding.
    fn step_in_set(&mut self, at: usize) -> Option<usize> {
        let first = self.frames.last()?.item.first;
        if first == at && self.starts_comment(at) {
            let mut after = at + 1..self.tokens.len();
            let next = after.find(|&next| self.kind(next) == END || self.starts_line(next))?;
            self.next_item(next);
            return Some(next);
        }
        if first == at {
            return self.start_item(at);
        }
        match self.kind(at) {
            TOKEN_SEMICOLON => {
                self.end_item(at, TOKEN_SEMICOLON);
                self.next_item(at + 1);
                Some(at + 1)
            }
            TOKEN_COMMA => {
                self.end_item(at, TOKEN_COMMA);
                self.next_item(at + 1);
                Some(at + 1)
            }
            _ if self.starts_line(at) && self.is_beside(first, at) && self.head(at).is_some() => {
                self.end_item(at, END);
                self.next_item(at);
                Some(at)
            }
            _ => None,
        }
    }

    /// Whether what other languages have for a comment starts at a token.
    fn starts_comment(&self, at: usize) -> bool {
        match self.kind(at) {
            TOKEN_UPDATE => self.kind(at + 1) != TOKEN_L_BRACE,
            TOKEN_SUB => self.kind(at + 1) == TOKEN_SUB,
            _ => false,
        }
    }

    /// Reads the name of a binding, and what joins it and its value.
    fn start_item(&mut self, at: usize) -> Option<usize> {
        let head = self.head(at)?;
        if head.sign == Sign::Block && self.is_in_let() {
            // `in`, if it is misspelt, stands there as well.
            return None;
        }
        let word = &self.text[self.tokens[at].start as usize..self.tokens[at].end as usize];
        let has_labels = head.labels < head.sign_at;
        for label in (head.labels..head.sign_at).step_by(3) {
            self.edits.push(Edit { token: label, change: Change::Insert(TOKEN_DOT) });
        }
        match head.sign {
            Sign::Assign => {}
            Sign::Colon => self.edits.push(Edit { token: head.sign_at, change: Change::Take(TOKEN_ASSIGN) }),
            Sign::Block => {
                self.edits.push(Edit { token: head.sign_at, change: Change::Insert(TOKEN_ASSIGN) });
            }
        }
        let signs = self.edits.len();
        let yaml = self.end_of_yaml(at, &head);
        let item = &mut self.frames.last_mut()?.item;
        item.signs = signs;
        item.sign = Some(head.sign);
        item.known.is_pasted = yaml.is_some();
        item.known.has_signs = head.sign != Sign::Assign;
        let is_block = head.sign == Sign::Block && has_labels;
        item.is_terraform = is_block && !self.in_terraform && TERRAFORM.contains(&word);
        self.in_terraform |= item.is_terraform;
        if let Some(end) = yaml {
            let skipped = head.sign_at + 1..end;
            self.edits.extend(skipped.map(|token| Edit { token, change: Change::Drop }));
            self.edits.push(Edit { token: end, change: Change::Insert(TOKEN_ERROR) });
            return Some(end);
        }
        if head.sign == Sign::Block {
            self.enter(Bracket::Set, head.sign_at + 1);
        }
        Some(head.sign_at + 1)
    }

    /// Where what stands on the lines below a name with a colon ends, if that is YAML, whose layout stands for brackets.
    fn end_of_yaml(&self, first: usize, head: &Head) -> Option<usize> {
        let start = head.sign_at + 1;
        let is_yaml = match self.kind(start) {
            TOKEN_SUB => true,
            TOKEN_IDENT | TOKEN_STRING_START => self.head(start).is_some_and(|head| head.sign == Sign::Colon),
            _ => false,
        };
        if head.sign != Sign::Colon || !is_yaml || !self.starts_line(start) {
            return None;
        }
        let around = self.indentation(first)?;
        let mut nesting = 0_u32;
        let mut at = start;
        loop {
            let indentation = self.indentation(at).filter(|_| nesting == 0);
            let is_outside = |spaces| spaces < around || spaces == around && self.kind(at) != TOKEN_SUB;
            match self.kind(at) {
                _ if indentation.is_some_and(is_outside) => return Some(at),
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END if nesting == 0 => {
                    return Some(at);
                }
                END => return Some(at),
                TOKEN_L_PAREN | TOKEN_L_BRACK | TOKEN_L_BRACE | TOKEN_INTERPOL_START => nesting += 1,
                TOKEN_R_PAREN | TOKEN_R_BRACK | TOKEN_R_BRACE | TOKEN_INTERPOL_END => nesting -= 1,
                _ => {}
            }
            at += 1;
        }
    }

    /// The name of a binding, if one starts at a token.
    fn head(&self, first: usize) -> Option<Head> {
        let mut at = first;
        let mut after_string = self.kind(at) == TOKEN_STRING_START;
        at = self.name_end(at)?;
        while self.kind(at) == TOKEN_DOT && at - first < LONGEST_PATH {
            after_string = self.kind(at + 1) == TOKEN_STRING_START;
            at = self.name_end(at + 1)?;
        }
        let labels = at;
        while !after_string && self.kind(at) == TOKEN_STRING_START {
            at = self.name_end(at).filter(|_| !self.starts_line(at))?;
        }
        let sign = match self.kind(at) {
            TOKEN_ASSIGN => Sign::Assign,
            TOKEN_COLON => Sign::Colon,
            TOKEN_L_BRACE if !self.starts_line(at) => Sign::Block,
            _ => return None,
        };
        Some(Head { labels, sign_at: at, sign })
    }

    /// Where a name ends that starts at a token.
    fn name_end(&self, at: usize) -> Option<usize> {
        match self.kind(at) {
            TOKEN_IDENT | TOKEN_OR => Some(at + 1),
            TOKEN_STRING_START
                if self.kind(at + 1) == TOKEN_STRING_CONTENT && self.kind(at + 2) == TOKEN_STRING_END =>
            {
                Some(at + 3)
            }
            _ => None,
        }
    }

    /// Ends a binding at a token: at a semicolon, a comma, or at what follows it where none of them does.
    fn end_item(&mut self, at: usize, ending: SyntaxKind) {
        let Some(item) = self.frames.last().map(|frame| frame.item) else { return };
        if item.is_terraform {
            return self.leave_out(item.first, if ending == END { at } else { at + 1 });
        }
        let is_of_run = match (item.sign, ending) {
            (None, _)
            | (Some(Sign::Assign), TOKEN_COMMA)
            | (Some(Sign::Assign | Sign::Colon), TOKEN_SEMICOLON) => false,
            // Its braces may hold what is wrong.
            (Some(Sign::Block), TOKEN_SEMICOLON) => self.edits.len() > item.signs,
            (Some(_), _) => true,
        };
        if !is_of_run {
            let own = self.edits.split_off(item.edits);
            self.end_run();
            return self.settle(own, item.known.is_pasted);
        }
        match ending {
            TOKEN_SEMICOLON => {}
            TOKEN_COMMA => self.edits.push(Edit { token: at, change: Change::Take(TOKEN_SEMICOLON) }),
            _ => self.edits.push(Edit { token: at, change: Change::Insert(TOKEN_SEMICOLON) }),
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.run.items += 1;
            frame.run.known = frame.run.known.and(item.known);
        }
    }

    /// Starts the next binding.
    fn next_item(&mut self, first: usize) {
        let edits = self.edits.len();
        if let Some(frame) = self.frames.last_mut() {
            frame.item = Item { first, edits, signs: edits, ..Item::default() };
        }
    }

    /// Ends bindings in another language: one in this language follows.
    fn end_run(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.is_whole = false;
        let run = std::mem::take(&mut frame.run);
        let from = run.edits.min(self.edits.len());
        let edits = self.edits.split_off(from);
        if let Some(frame) = self.frames.last_mut() {
            frame.run.edits = from;
        }
        let is_pasted = run.known.is_pasted || run.known.has_signs && edits.len() > 1;
        self.settle(edits, is_pasted);
    }

    /// Keeps the edits of what was pasted.
    fn settle(&mut self, edits: Vec<Edit>, is_pasted: bool) {
        if let (Some(first), Some(last), true) = (edits.first(), edits.last(), is_pasted) {
            let start = match first.change {
                Change::Insert(_) => self.end_before(first.token),
                Change::Take(_) | Change::Drop => self.tokens[first.token].start,
            };
            let end = self.tokens[last.token].end;
            self.pasted.push(Pasted { start, end, is_left_out: false });
            self.kept.extend(edits);
        }
    }

    /// Leaves out a block from a token up to another.
    fn leave_out(&mut self, first: usize, end: usize) {
        let Some(item) = self.frames.last().map(|frame| frame.item) else { return };
        let start = self.tokens[first].start;
        self.in_terraform = false;
        self.edits.truncate(item.edits);
        self.forget_from(first);
        self.end_run();
        self.kept.extend((first..end).map(|token| Edit { token, change: Change::Drop }));
        let (before, end) = (self.end_before(first), self.tokens[end - 1].end);
        match self.pasted.last_mut() {
            Some(block) if block.is_left_out && block.end == before => block.end = end,
            _ => self.pasted.push(Pasted { start, end, is_left_out: true }),
        }
    }

    fn enter(&mut self, bracket: Bracket, first: usize) {
        let edits = self.edits.len();
        let item = Item { first, edits, signs: edits, ..Item::default() };
        let run = Run { edits, ..Run::default() };
        self.frames.push(Frame { bracket, first, start: edits, item, run, is_whole: true });
    }

    /// Leaves a bracket at a token, which closes it or not.
    fn leave(&mut self, at: usize, closes: bool) {
        if !closes && let Some(frame) = self.frames.pop_if(|frame| frame.bracket == Bracket::Set) {
            // Another bracket closes it: what it was meant to be is not known.
            return self.edits.truncate(frame.start);
        }
        let holds_bindings = |frame: &Frame| matches!(frame.bracket, Bracket::Set | Bracket::Let);
        let holds_bindings = self.frames.last().is_some_and(holds_bindings);
        if holds_bindings && self.frames.last().is_some_and(|frame| frame.item.first < at) {
            self.end_item(at, END);
        }
        let is_whole = closes && self.frames.last().is_some_and(|frame| frame.is_whole);
        if holds_bindings && !is_whole {
            self.end_run();
        }
        let Some(frame) = self.frames.pop() else { return };
        if frame.bracket == Bracket::Set && matches!(self.kind(at + 1), TOKEN_COLON | TOKEN_AT) {
            // They are the arguments of a function.
            self.forget_from(frame.first);
            return self.edits.truncate(frame.start);
        }
        let mut known = if holds_bindings { frame.run.known } else { frame.item.known };
        if holds_bindings && is_whole {
            let slips = self.edits.len() - frame.start;
            known.is_pasted |= known.has_signs && slips > 1 || frame.run.items >= HABIT;
        }
        let around = self.frames.last_mut().filter(|around| around.bracket != Bracket::Other);
        match around.filter(|_| frame.bracket != Bracket::Let) {
            Some(around) => around.item.known = around.item.known.and(known),
            None => {
                let edits = self.edits.split_off(frame.start);
                self.settle(edits, known.is_pasted);
            }
        }
    }

    /// Forgets what was found from a token on.
    fn forget_from(&mut self, first: usize) {
        let start = self.tokens[first].start;
        while self.kept.pop_if(|edit| edit.token >= first).is_some() {}
        while self.pasted.pop_if(|inner| inner.start >= start).is_some() {}
    }

    fn end_before(&self, at: usize) -> u32 {
        at.checked_sub(1).map_or(self.tokens[at].start, |before| self.tokens[before].end)
    }

    /// What is between a token and the one before it.
    fn gap(&self, at: usize) -> &str {
        let before = at.checked_sub(1).map_or(0, |before| self.tokens[before].end);
        &self.text[before as usize..self.tokens[at].start as usize]
    }

    fn starts_line(&self, at: usize) -> bool {
        self.gap(at).contains('\n')
    }

    /// How much is in front of a token that starts a line.
    fn indentation(&self, at: usize) -> Option<usize> {
        self.gap(at).rsplit_once('\n').map(|(_, spaces)| spaces.len())
    }

    /// Whether two tokens start lines with as much in front of them.
    fn is_beside(&self, one: usize, other: usize) -> bool {
        self.indentation(one).is_some_and(|spaces| self.indentation(other) == Some(spaces))
    }
}

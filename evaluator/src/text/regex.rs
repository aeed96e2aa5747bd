//! Regular expressions as `match` and `split` have them: POSIX extended syntax (see `regex_parse`), matched as
//! C++'s `std::regex` does, which Nix uses.
//!
//! That differs from POSIX in what the groups hold, and here and there in how long a match is. The rules, all of
//! which show in results: what repeats is tried once more before it is left, and not left at all if that led to a
//! match; of two alternatives both are tried, and the longer match is taken, the first one if they are equal; what
//! can be empty repeats at most twice at the same position; a group keeps what it matched last.
//!
//! The matcher follows these rules by backtracking on a stack of its own. Runs of one set of bytes are a single
//! instruction. After a number of steps that is linear in the text, it starts to remember where it failed, so that
//! no pattern takes exponential time.

use std::ops::Range;

use rustc_hash::FxHashSet;

pub use super::regex_parse::RegexError;
use super::regex_parse::{MAX_DEPTH, parse};
use super::regex_program::{Instruction, NO_COUNTER, Program, compile};

/// What a group matched; `None` if it took no part.
pub type Group = Option<Range<usize>>;

/// How deep a pattern may nest that is compiled on the stack of the caller, whatever that is.
const SHALLOW: usize = 250;
/// Stack for what is inside of one group more. A debug build takes the most.
const STACK_PER_LEVEL: usize = 8 << 10;

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub struct Regex {
    program: Program,
}

impl Regex {
    /// Compiles a pattern. [`RegexError::message`] words the error as Nix does.
    pub fn new(pattern: &[u8]) -> Result<Self, RegexError> {
        let attempt = |max_depth| {
            let (node, groups) = parse(pattern, max_depth)?;
            Ok(Self { program: compile(&node, groups)? })
        };
        let outcome = attempt(SHALLOW);
        // A group that is deep inside of others needs as many characters to open and close them.
        if !matches!(outcome, Err(RegexError::TooLarge)) || pattern.len() <= 2 * SHALLOW {
            return outcome;
        }
        let deep = std::thread::scope(|scope| {
            let stack = MAX_DEPTH * STACK_PER_LEVEL;
            let thread = std::thread::Builder::new().name("regular expression".to_owned()).stack_size(stack);
            thread.spawn_scoped(scope, || attempt(MAX_DEPTH)).ok().and_then(|thread| thread.join().ok())
        });
        deep.unwrap_or(outcome)
    }

    /// The number of groups.
    pub fn groups(&self) -> usize {
        self.program.groups
    }

    /// Matches the whole text (`builtins.match`); the result has one entry per group.
    pub fn match_whole(&self, text: &[u8]) -> Option<Vec<Group>> {
        let mut matcher = Matcher::new(&self.program, text);
        matcher.run(0, Mode::Whole)?;
        Some(matcher.groups().collect())
    }

    /// All matches in the text, from left to right, as `builtins.split` needs them. Each is handed over with its
    /// groups.
    pub fn for_each_match(&self, text: &[u8], mut found: impl FnMut(Range<usize>, &[Group])) {
        let mut matcher = Matcher::new(&self.program, text);
        let mut groups = Vec::with_capacity(self.groups());
        let mut next = matcher.search(0);
        while let Some(range) = next {
            groups.clear();
            groups.extend(matcher.groups());
            found(range.clone(), &groups);
            // After an empty match, one that is not empty may start at the same place; else the search goes on one
            // byte further.
            next = if !range.is_empty() {
                matcher.search(range.end)
            } else if range.end == text.len() {
                None
            } else if let Some(end) = matcher.run_not_empty(range.end) {
                Some(range.end..end)
            } else {
                matcher.search(range.end + 1)
            };
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The match must be the whole text.
    Whole,
    /// The match may end anywhere.
    Prefix,
    /// It may end anywhere but where it starts.
    NotEmpty,
}

/// What to do when the current attempt has failed or is finished.
enum Frame {
    /// Take back what a group remembered.
    Slot { slot: u32, old: usize },
    /// Take back what a loop remembered.
    Counter { counter: u32, old: (usize, u8) },
    /// Leave a loop.
    Exit { instruction: u32, position: usize },
    /// Give back a byte of a run. It can end anywhere from `low` to `high`; from `tried` on that was tried.
    Run { instruction: u32, low: usize, tried: usize, high: usize },
    /// Try the second alternative.
    Second { instruction: u32, position: usize },
    /// Both alternatives were tried; the first one matched if `found`.
    Both { found: bool },
    /// The outcome of all that starts here is known.
    Known { instruction: u32, position: usize },
}

const NOWHERE: usize = usize::MAX;
const NO_ENDS: (usize, usize) = (1, 0);

/// More failures than this are not remembered, to bound memory.
const MAX_REMEMBERED: usize = 4_000_000;

struct Matcher<'r> {
    program: &'r Program,
    text: &'r [u8],
    stack: Vec<Frame>,
    /// Start and end of each group; group 0 is not used.
    slots: Vec<usize>,
    /// The slots of the best match.
    best: Vec<usize>,
    /// Where each loop that can be empty was entered last, and how often there.
    counters: Vec<(usize, u8)>,
    /// For each run, the ends (first and last) after which nothing matches.
    failed_ends: Vec<(usize, usize)>,
    steps: usize,
    /// From this many steps on, failures are remembered.
    patience: usize,
    failed: FxHashSet<(u32, usize)>,
    succeeded: FxHashSet<(u32, usize)>,
}

impl<'r> Matcher<'r> {
    fn new(program: &'r Program, text: &'r [u8]) -> Self {
        let slots = (program.groups + 1) * 2;
        Self {
            program,
            text,
            stack: Vec::new(),
            slots: vec![NOWHERE; slots],
            best: vec![NOWHERE; slots],
            counters: vec![(NOWHERE, 0); program.counters],
            failed_ends: vec![NO_ENDS; program.runs],
            steps: 0,
            patience: text.len().saturating_mul(16).saturating_add(4096),
            failed: FxHashSet::default(),
            succeeded: FxHashSet::default(),
        }
    }

    fn groups(&self) -> impl Iterator<Item = Group> {
        self.best[2..].chunks_exact(2).map(|pair| (pair[1] != NOWHERE).then(|| pair[0]..pair[1]))
    }

    fn search(&mut self, from: usize) -> Option<Range<usize>> {
        let text = self.text;
        let mut start = from;
        while start <= text.len() {
            if self.program.anchored && start > 0 {
                return None;
            }
            if let Some(first) = &self.program.first {
                start += text[start..].iter().position(|byte| first[usize::from(*byte)])?;
            }
            if let Some(end) = self.run(start, Mode::Prefix) {
                return Some(start..end);
            }
            start += 1;
        }
        None
    }

    /// What is known of failures does not hold where an empty match does not count, nor the other way round.
    fn run_not_empty(&mut self, start: usize) -> Option<usize> {
        self.forget();
        let end = self.run(start, Mode::NotEmpty);
        self.forget();
        end
    }

    fn forget(&mut self) {
        self.failed.clear();
        self.failed_ends.fill(NO_ENDS);
    }

    /// Matches from `start`; returns the end of the match, whose groups are in `best`.
    fn run(&mut self, start: usize, mode: Mode) -> Option<usize> {
        self.slots.fill(NOWHERE);
        self.counters.fill((NOWHERE, 0));
        self.succeeded.clear();
        self.stack.clear();
        let text = self.text;
        let mut best_end = None;
        // Whether anything that started since the innermost open alternative has matched.
        let mut found = false;
        let (mut at, mut position) = (0u32, start);
        loop {
            // Follow one path until it fails or matches.
            loop {
                match self.program.instructions[at as usize] {
                    Instruction::Byte(byte) => {
                        if text.get(position) != Some(&byte) {
                            break;
                        }
                        position += 1;
                        at += 1;
                    }
                    Instruction::Set(set) => {
                        let set = &self.program.sets[set as usize];
                        if !text.get(position).is_some_and(|byte| set[usize::from(*byte)]) {
                            break;
                        }
                        position += 1;
                        at += 1;
                    }
                    Instruction::Run { .. } => match self.enter_run(at, position, mode) {
                        Some(end) => {
                            position = end;
                            at += 1;
                        }
                        None => break,
                    },
                    Instruction::Loop { body, exit, counter } => {
                        if let Some(known) = self.remember(at, position) {
                            found |= known;
                            break;
                        }
                        at = if self.enter_loop(counter, position, exit) { body } else { exit };
                    }
                    Instruction::Either { first, second } => {
                        if let Some(known) = self.remember(at, position) {
                            found |= known;
                            break;
                        }
                        self.stack.push(Frame::Second { instruction: second, position });
                        at = first;
                    }
                    Instruction::Save(slot) => {
                        let old = std::mem::replace(&mut self.slots[slot as usize], position);
                        self.stack.push(Frame::Slot { slot, old });
                        at += 1;
                    }
                    Instruction::LineStart if position > 0 => break,
                    Instruction::LineEnd if position < text.len() => break,
                    Instruction::LineStart | Instruction::LineEnd => at += 1,
                    Instruction::Jump(target) => at = target,
                    Instruction::Accept => {
                        match mode {
                            Mode::Whole if position < text.len() => break,
                            Mode::NotEmpty if position == start => break,
                            _ => {}
                        }
                        found = true;
                        if best_end.is_none_or(|end| end < position) {
                            best_end = Some(position);
                            self.best.copy_from_slice(&self.slots);
                        }
                        if mode == Mode::Whole {
                            return best_end;
                        }
                        break;
                    }
                }
            }
            let Some(next) = self.backtrack(&mut found, mode) else { return best_end };
            (at, position) = next;
        }
    }

    /// Goes back to the last choice that is still open.
    fn backtrack(&mut self, found: &mut bool, mode: Mode) -> Option<(u32, usize)> {
        loop {
            self.steps += 1;
            match self.stack.pop()? {
                Frame::Slot { slot, old } => self.slots[slot as usize] = old,
                Frame::Counter { counter, old } => self.counters[counter as usize] = old,
                Frame::Exit { instruction, position } if !*found => return Some((instruction, position)),
                Frame::Run { instruction, low, tried, high } if !*found => {
                    if let Some(end) = self.end_of_run(instruction, low, tried, high, mode) {
                        return Some((instruction + 1, end));
                    }
                }
                Frame::Exit { .. } | Frame::Run { .. } => {}
                Frame::Second { instruction, position } => {
                    self.stack.push(Frame::Both { found: *found });
                    *found = false;
                    return Some((instruction, position));
                }
                Frame::Both { found: first } => *found |= first,
                Frame::Known { instruction, position } => {
                    if self.failed.len() >= MAX_REMEMBERED {
                        self.failed.clear();
                    }
                    let outcome = if *found { &mut self.succeeded } else { &mut self.failed };
                    outcome.insert((instruction, position));
                }
            }
        }
    }

    /// Goes into the body of a loop, to leave it later, unless it was entered twice at this very position.
    fn enter_loop(&mut self, counter: u32, position: usize, exit: u32) -> bool {
        if counter == NO_COUNTER {
            self.stack.push(Frame::Exit { instruction: exit, position });
            return true;
        }
        let old = self.counters[counter as usize];
        let times = if old.0 == position { old.1 } else { 0 };
        if times >= 2 {
            return false;
        }
        self.stack.push(Frame::Exit { instruction: exit, position });
        self.stack.push(Frame::Counter { counter, old });
        self.counters[counter as usize] = (position, times + 1);
        true
    }

    /// Takes as many bytes as a run can; returns the first end to try.
    fn enter_run(&mut self, at: u32, position: usize, mode: Mode) -> Option<usize> {
        let Instruction::Run { set, min, max, index } = self.program.instructions[at as usize] else {
            return None;
        };
        let set = &self.program.sets[set as usize];
        let rest = &self.text[position..];
        let rest = &rest[..rest.len().min(max as usize)];
        let length = rest.iter().position(|byte| !set[usize::from(*byte)]).unwrap_or(rest.len());
        if length < min as usize {
            return None;
        }
        let (low, high) = (position + min as usize, position + length);
        let (first, last) = self.failed_ends[index as usize];
        let tried =
            if self.trusts_failures() && (first..=last).contains(&high) { first.max(low) } else { high + 1 };
        self.end_of_run(at, low, tried, high, mode)
    }

    /// The last end of a run below `tried` after which the next instruction can match.
    fn end_of_run(&mut self, at: u32, low: usize, tried: usize, high: usize, mode: Mode) -> Option<usize> {
        let text = self.text;
        let end = match self.program.instructions[at as usize + 1] {
            // An end that is the end of the text is followed by no byte.
            Instruction::Byte(byte) => {
                let upper = tried.min(text.len());
                text.get(low..upper)
                    .and_then(|ends| ends.iter().rposition(|next| *next == byte))
                    .map(|end| low + end)
            }
            Instruction::Set(set) => {
                let set = &self.program.sets[set as usize];
                let upper = tried.min(text.len());
                text.get(low..upper)
                    .and_then(|ends| ends.iter().rposition(|next| set[usize::from(*next)]))
                    .map(|end| low + end)
            }
            Instruction::Accept if mode == Mode::Whole => {
                (low..tried).contains(&text.len()).then_some(text.len())
            }
            _ => (low < tried).then(|| tried - 1),
        };
        match end {
            Some(end) => {
                // Where there is one end only, there is nothing to come back for.
                if low < high {
                    self.stack.push(Frame::Run { instruction: at, low, tried: end, high });
                }
            }
            None => self.note_failed_ends(at, low, high),
        }
        end
    }

    fn note_failed_ends(&mut self, at: u32, low: usize, high: usize) {
        let Instruction::Run { index, .. } = self.program.instructions[at as usize] else { return };
        let known = &mut self.failed_ends[index as usize];
        let touches = low <= known.1.saturating_add(1) && known.0 <= high + 1 && known.0 <= known.1;
        *known = if touches { (known.0.min(low), known.1.max(high)) } else { (low, high) };
    }

    /// Where a loop can be empty, whether something fails depends on how often it was entered at the same position,
    /// so that a failure there is only believed when time runs out.
    fn trusts_failures(&self) -> bool {
        self.program.counters == 0 || self.steps >= self.patience
    }

    /// What is known of starting here. Where nothing is, it will be once all that starts here was tried.
    fn remember(&mut self, instruction: u32, position: usize) -> Option<bool> {
        if self.steps < self.patience {
            return None;
        }
        let key = (instruction, position);
        if self.failed.contains(&key) {
            return Some(false);
        }
        if self.succeeded.contains(&key) {
            return Some(true);
        }
        self.stack.push(Frame::Known { instruction, position });
        None
    }
}

//! Regular expressions as a program for the matcher.
//!
//! The instructions mirror the states of the automaton that C++'s standard library builds, as far as the order in
//! which it tries them is visible in the groups.

use super::regex_parse::{ByteSet, MAX_STATES, Node, RegexError, Repeat};

/// One step of the matcher. Unless it says otherwise, the next instruction follows.
#[derive(Clone, Copy, Debug)]
pub enum Instruction {
    /// One given byte.
    Byte(u8),
    /// One byte of a set.
    Set(u32),
    /// From `min` to `max` bytes of a set, as many as possible first. `index` numbers these instructions.
    Run { set: u32, min: u32, max: u32, index: u32 },
    /// Go through `body` first, and to `exit` only where that finds nothing. `counter` numbers the loops whose body
    /// can be empty.
    Loop { body: u32, exit: u32, counter: u32 },
    /// Try both and take the longer match, the first one if they are equal.
    Either { first: u32, second: u32 },
    /// Remember the position.
    Save(u32),
    /// Only at the start of the text.
    LineStart,
    /// Only at the end of the text.
    LineEnd,
    /// Go on elsewhere.
    Jump(u32),
    /// A match ends here.
    Accept,
}

/// A loop whose body cannot be empty.
pub const NO_COUNTER: u32 = u32::MAX;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Program {
    pub instructions: Vec<Instruction>,
    pub sets: Vec<ByteSet>,
    pub groups: usize,
    pub counters: usize,
    pub runs: usize,
    /// The bytes that a match can start with; `None` if it can be empty.
    pub first: Option<ByteSet>,
    /// Whether a match can only start where the text does.
    pub anchored: bool,
}

/// Compiles a parsed pattern.
pub fn compile(node: &Node, groups: usize) -> Result<Program, RegexError> {
    let mut compiler =
        Compiler { instructions: Vec::new(), sets: Vec::new(), counters: 0, runs: 0, states: 3 };
    compiler.emit(node)?;
    compiler.push(Instruction::Accept)?;
    let Compiler { instructions, sets, counters, runs, .. } = compiler;
    let anchored = matches!(instructions.first(), Some(Instruction::LineStart));
    let first = first_bytes(&instructions, &sets);
    Ok(Program {
        instructions,
        sets,
        groups,
        counters: counters as usize,
        runs: runs as usize,
        first,
        anchored,
    })
}

struct Compiler {
    instructions: Vec<Instruction>,
    sets: Vec<ByteSet>,
    counters: u32,
    runs: u32,
    /// How many states C++ would have made: its limit is part of the behaviour.
    states: usize,
}

impl Compiler {
    fn here(&self) -> u32 {
        u32::try_from(self.instructions.len()).expect("the number of states is bounded")
    }

    fn count(&mut self, states: usize) -> Result<(), RegexError> {
        self.states = self.states.saturating_add(states);
        if self.states > MAX_STATES { Err(RegexError::TooLarge) } else { Ok(()) }
    }

    fn push(&mut self, instruction: Instruction) -> Result<usize, RegexError> {
        // Jumps stand for the dummy states of C++, so that this counts about as it does.
        self.count(1)?;
        self.instructions.push(instruction);
        Ok(self.instructions.len() - 1)
    }

    fn set(&mut self, set: &ByteSet) -> u32 {
        let index = self.sets.iter().position(|known| known == set).unwrap_or_else(|| {
            self.sets.push(set.clone());
            self.sets.len() - 1
        });
        u32::try_from(index).expect("there are fewer sets than instructions")
    }

    fn emit(&mut self, node: &Node) -> Result<(), RegexError> {
        match node {
            Node::Empty => self.count(1)?,
            Node::Byte(byte) => {
                self.push(Instruction::Byte(*byte))?;
            }
            Node::Set(set) => {
                let set = self.set(set);
                self.push(Instruction::Set(set))?;
            }
            Node::LineStart => {
                self.push(Instruction::LineStart)?;
            }
            Node::LineEnd => {
                self.push(Instruction::LineEnd)?;
            }
            Node::Group(inner, number) => {
                let slot = u32::try_from(number * 2).map_err(|_| RegexError::TooLarge)?;
                self.push(Instruction::Save(slot))?;
                self.emit(inner)?;
                self.push(Instruction::Save(slot + 1))?;
            }
            Node::Concatenation(parts) => {
                for part in parts {
                    self.emit(part)?;
                }
            }
            Node::Alternation(branches) => self.alternation(branches)?,
            Node::Repeat(inner, repeat) => self.repeat(inner, *repeat)?,
        }
        Ok(())
    }

    fn alternation(&mut self, branches: &[Node]) -> Result<(), RegexError> {
        let mut jumps = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            if index + 1 == branches.len() {
                self.emit(branch)?;
                break;
            }
            let choice = self.push(Instruction::Either { first: self.here() + 1, second: 0 })?;
            self.emit(branch)?;
            jumps.push(self.push(Instruction::Jump(0))?);
            let second = self.here();
            if let Instruction::Either { second: target, .. } = &mut self.instructions[choice] {
                *target = second;
            }
        }
        let end = self.here();
        for jump in jumps {
            self.instructions[jump] = Instruction::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, inner: &Node, repeat: Repeat) -> Result<(), RegexError> {
        if let Some(set) = single_byte(inner) {
            let (min, max) = match repeat {
                Repeat::ZeroOrMore => (0, u32::MAX),
                Repeat::OneOrMore => (1, u32::MAX),
                Repeat::Optional => (0, 1),
                Repeat::Interval { min, max } => (min, max.unwrap_or(u32::MAX)),
            };
            let copies = if max == u32::MAX { min.saturating_add(1) } else { max };
            self.count(copies as usize)?;
            let set = self.set(&set);
            self.push(Instruction::Run { set, min, max, index: self.runs })?;
            self.runs += 1;
            return Ok(());
        }
        match repeat {
            Repeat::ZeroOrMore => self.star(inner),
            Repeat::OneOrMore => {
                let body = self.here();
                self.emit(inner)?;
                let counter = self.counter(inner);
                let exit = self.here() + 1;
                self.push(Instruction::Loop { body, exit, counter })?;
                Ok(())
            }
            Repeat::Optional => self.optionals(inner, 1),
            Repeat::Interval { min, max } => {
                for _ in 0..min {
                    self.emit(inner)?;
                }
                match max {
                    None => self.star(inner),
                    Some(max) => self.optionals(inner, max - min),
                }
            }
        }
    }

    fn star(&mut self, inner: &Node) -> Result<(), RegexError> {
        let counter = self.counter(inner);
        let start = self.push(Instruction::Loop { body: self.here() + 1, exit: 0, counter })?;
        self.emit(inner)?;
        let target = u32::try_from(start).expect("the number of states is bounded");
        self.push(Instruction::Jump(target))?;
        self.set_exits(&[start]);
        Ok(())
    }

    /// `inner` up to `count` times, each nested in the one before.
    fn optionals(&mut self, inner: &Node, count: u32) -> Result<(), RegexError> {
        let mut starts = Vec::new();
        for _ in 0..count {
            let counter = self.counter(inner);
            starts.push(self.push(Instruction::Loop { body: self.here() + 1, exit: 0, counter })?);
            self.emit(inner)?;
        }
        self.set_exits(&starts);
        Ok(())
    }

    fn set_exits(&mut self, loops: &[usize]) {
        let here = self.here();
        for &index in loops {
            if let Instruction::Loop { exit, .. } = &mut self.instructions[index] {
                *exit = here;
            }
        }
    }

    fn counter(&mut self, body: &Node) -> u32 {
        if !is_nullable(body) {
            return NO_COUNTER;
        }
        self.counters += 1;
        self.counters - 1
    }
}

fn single_byte(node: &Node) -> Option<ByteSet> {
    match node {
        Node::Byte(byte) => {
            let mut set = Box::new([false; 256]);
            set[usize::from(*byte)] = true;
            Some(set)
        }
        Node::Set(set) => Some(set.clone()),
        _ => None,
    }
}

fn is_nullable(node: &Node) -> bool {
    match node {
        Node::Empty | Node::LineStart | Node::LineEnd => true,
        Node::Byte(_) | Node::Set(_) => false,
        Node::Group(inner, _) => is_nullable(inner),
        Node::Concatenation(parts) => parts.iter().all(is_nullable),
        Node::Alternation(branches) => branches.iter().any(is_nullable),
        Node::Repeat(inner, repeat) => match repeat {
            Repeat::ZeroOrMore | Repeat::Optional | Repeat::Interval { min: 0, .. } => true,
            Repeat::OneOrMore | Repeat::Interval { .. } => is_nullable(inner),
        },
    }
}

/// The bytes that can come first; `None` if nothing has to.
fn first_bytes(instructions: &[Instruction], sets: &[ByteSet]) -> Option<ByteSet> {
    let mut first = Box::new([false; 256]);
    let mut seen = vec![false; instructions.len()];
    let mut todo = vec![0u32];
    while let Some(index) = todo.pop() {
        let at = index as usize;
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let mut add = |set: u32| {
            for (member, more) in first.iter_mut().zip(sets[set as usize].iter()) {
                *member |= more;
            }
        };
        match instructions[at] {
            Instruction::Byte(byte) => first[usize::from(byte)] = true,
            Instruction::Set(set) => add(set),
            Instruction::Run { set, min, .. } => {
                add(set);
                if min == 0 {
                    todo.push(index + 1);
                }
            }
            Instruction::Loop { body, exit, .. } => todo.extend([body, exit]),
            Instruction::Either { first, second } => todo.extend([first, second]),
            Instruction::Save(_) | Instruction::LineStart => todo.push(index + 1),
            Instruction::Jump(target) => todo.push(target),
            Instruction::LineEnd | Instruction::Accept => return None,
        }
    }
    Some(first)
}

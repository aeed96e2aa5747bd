//! Expressions at random that have a type, so that evaluating them gets somewhere.
//!
//! Nearly all of them have a value; where one fails (`throw`, an overflow, an element of an empty list), it has to fail
//! in the same way everywhere.

mod containers;
mod forms;
mod scalars;
mod strings;

/// Writes at the end of a string.
macro_rules! append {
    ($text:expr, $($format:tt)*) => {
        std::fmt::Write::write_fmt(&mut $text, format_args!($($format)*)).expect("a string takes everything")
    };
}
use append;

/// Numbers that follow from a seed (`SplitMix64`).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("bounds are small");
        usize::try_from(self.next() % bound).expect("below a bound that is small")
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// The types that expressions are generated of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Int,
    Float,
    Bool,
    String,
    List(Box<Type>),
    /// A set whose attributes are all of one type.
    Dictionary(Box<Type>),
}

use Type::{Bool, Dictionary, Float, Int, List, String as Text};

/// Generates expressions.
pub(crate) struct Generator {
    pub(crate) random: Random,
    /// Whether to keep to what older versions of Nix compute in the same way.
    pub(crate) tame: bool,
    /// Variables in scope.
    variables: Vec<(String, Type)>,
    names: usize,
}

const KEYS: [&str; 7] = ["a", "b", "c", "key", "x-y", "z'", "\"q r\""];
const WORDS: [&str; 12] = ["", "a", "b", "ab", "aab", "x.y", "1.2", "/a/b", "é", "a b", "-", "foo-1.2.3"];

impl Generator {
    pub(crate) fn new(seed: u64, tame: bool) -> Self {
        Self { random: Random(seed), tame, variables: Vec::new(), names: 0 }
    }

    /// An expression of a type chosen at random.
    pub(crate) fn expression(&mut self) -> String {
        let depth = 2 + self.random.below(4);
        let of = self.some_type(2);
        self.of(&of, depth)
    }

    fn some_type(&mut self, depth: usize) -> Type {
        match self.random.below(if depth == 0 { 6 } else { 10 }) {
            0 | 1 => Int,
            2 => Float,
            3 => Bool,
            4 | 5 => Text,
            6 | 7 => List(Box::new(self.some_type(depth - 1))),
            _ => Dictionary(Box::new(self.some_type(depth - 1))),
        }
    }

    fn fresh(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    /// An expression in which a variable of some type may occur.
    fn with_variable(&mut self, name: &str, of: &Type, wanted: &Type, depth: usize) -> String {
        self.variables.push((name.to_owned(), of.clone()));
        let body = self.of(wanted, depth);
        self.variables.pop();
        body
    }

    fn variable(&mut self, of: &Type) -> Option<String> {
        let fitting: Vec<String> =
            self.variables.iter().filter(|(_, other)| other == of).map(|(name, _)| name.clone()).collect();
        if fitting.is_empty() { None } else { Some(self.random.pick(&fitting).clone()) }
    }

    /// An expression of a type, in parentheses where it needs them.
    fn of(&mut self, of: &Type, depth: usize) -> String {
        if !self.random.one_in(3)
            && let Some(name) = self.variable(of)
        {
            return name;
        }
        if depth == 0 {
            return self.leaf(of);
        }
        if self.random.one_in(3) {
            return self.of_any_type(of, depth - 1);
        }
        let depth = depth - 1;
        match of {
            Int => self.int(depth),
            Float => self.float(depth),
            Bool => self.bool(depth),
            Text => self.text(depth),
            List(of) => self.list(of, depth),
            Dictionary(of) => self.dictionary(of, depth),
        }
    }

    fn leaf(&mut self, of: &Type) -> String {
        match of {
            Int => match self.random.below(12) {
                0 if !self.tame => "9223372036854775807".to_owned(),
                1 => "(-7)".to_owned(),
                _ => self.random.below(20).to_string(),
            },
            Float if !self.tame && self.random.one_in(3) => {
                let wide = [
                    "0.1",
                    "1.0e-7",
                    "123456789.125",
                    "1.0e22",
                    "1.0e15",
                    "999999.5",
                    "1.7976931348623157e308",
                ];
                (*self.random.pick(&wide)).to_owned()
            }
            Float => (*self.random.pick(&["0.5", "1.0", "2.25", "(-1.5)", "1.0e3", ".1", "3."])).to_owned(),
            Bool => (*self.random.pick(&["true", "false"])).to_owned(),
            Text => format!("\"{}\"", self.random.pick(&WORDS)),
            List(of) => {
                let items: Vec<String> = (0..self.random.below(3)).map(|_| self.leaf(of)).collect();
                format!("[ {} ]", items.join(" "))
            }
            Dictionary(of) => {
                let count = self.random.below(3);
                let start = self.random.below(KEYS.len());
                let bindings: Vec<String> = (0..count)
                    .map(|index| format!("{} = {};", KEYS[(start + index) % KEYS.len()], self.leaf(of)))
                    .collect();
                format!("{{ {} }}", bindings.join(" "))
            }
        }
    }

    /// What there is for every type: bindings, calls, selections, conditions.
    fn of_any_type(&mut self, of: &Type, depth: usize) -> String {
        // What older versions say of these was not looked at.
        if !self.tame && self.random.one_in(3) {
            return self.form(of, depth);
        }
        let (name, other) = (self.fresh(), self.some_type(1));
        let value = self.of(&other, depth);
        match self.random.below(16) {
            0 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(let {name} = {value}; in {body})")
            }
            1 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(({name}: {body}) {value})")
            }
            2 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(({{ {name}, ... }}: {body}) {{ {name} = {value}; other = 1; }})")
            }
            3 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(({{ {name} ? {value} }}: {body}) {{ }})")
            }
            4 => {
                let whole = format!("all.{name}");
                let body = self.with_variable(&whole, &other, of, depth);
                format!("((all@{{ {name}, ... }}: {body}) {{ {name} = {value}; }})")
            }
            5 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(with {{ {name} = {value}; }}; {body})")
            }
            6 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(rec {{ {name} = {value}; result = {body}; }}).result")
            }
            7 => {
                let (condition, third) = (self.of(&Bool, depth), self.of(of, depth));
                format!("(if {condition} then {} else {third})", self.of(of, depth))
            }
            8 => format!("{{ a.{name} = {}; }}.a.{name}", self.of(of, depth)),
            9 => format!("({{ }}.{name} or {})", self.of(of, depth)),
            10 => {
                let list = List(Box::new(of.clone()));
                format!("(builtins.head ([ {} ] ++ {}))", self.of(of, depth), self.of(&list, depth))
            }
            11 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("({{ __functor = self: {name}: {body}; }} {value})")
            }
            12 => {
                let (inner, instead) = (self.risky(of, depth), self.of(of, depth));
                format!(
                    "(let r = builtins.tryEval (builtins.deepSeq {inner} {inner}); in if r.success then r.value else {instead})"
                )
            }
            13 => format!("(builtins.seq {value} {})", self.of(of, depth)),
            14 => {
                let body = self.with_variable(&name, &other, of, depth);
                format!("(let s = {{ {name} = {value}; }}; inherit (s) {name}; in {body})")
            }
            _ => {
                let body = self.with_variable(&name, &other, of, depth);
                if self.tame || self.random.one_in(2) {
                    format!("(let f = {name}: {body}; in f {value})")
                } else {
                    format!("({value} |> ({name}: {body}))")
                }
            }
        }
    }

    /// An expression that may fail in a way that can be caught.
    fn risky(&mut self, of: &Type, depth: usize) -> String {
        match self.random.below(3) {
            0 => "(throw \"risk\")".to_owned(),
            1 => format!("(assert {}; {})", self.of(&Bool, depth), self.of(of, depth)),
            _ => self.of(of, depth),
        }
    }
}

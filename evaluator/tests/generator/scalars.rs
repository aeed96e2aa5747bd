//! Numbers and truth values.

use super::{Bool, Dictionary, Float, Generator, Int, KEYS, List, Text, append};

impl Generator {
    pub(super) fn int(&mut self, depth: usize) -> String {
        match self.random.below(17) {
            0..=4 => self.sum(depth),
            5 => format!("(builtins.stringLength {})", self.of(&Text, depth)),
            6 => format!("(builtins.length {})", self.some_list(depth)),
            7 => format!("({} / {})", self.of(&Int, depth), 1 + self.random.below(5)),
            8 => {
                let list = self.of(&List(Box::new(Int)), depth);
                format!("(builtins.foldl' (a: b: a + b) 0 {list})")
            }
            9 => {
                let name = *self.random.pick(&["bitAnd", "bitOr", "bitXor", "add", "sub"]);
                format!("(builtins.{name} {} {})", self.of(&Int, depth), self.of(&Int, depth))
            }
            10 => {
                let name = *self.random.pick(&["floor", "ceil"]);
                format!("(builtins.{name} {})", self.of(&Float, depth))
            }
            11 => format!("(builtins.compareVersions {} {})", self.of(&Text, depth), self.of(&Text, depth)),
            12 => format!("(-{})", self.of(&Int, depth)),
            13 => format!("({}.a or {})", self.of(&Dictionary(Box::new(Int)), depth), self.of(&Int, depth)),
            14 => {
                let bound = self.random.below(30);
                format!(
                    "(builtins.length (builtins.genericClosure {{ startSet = [ {{ key = {}; }} ]; operator = x: if x.key < {bound} then [ {{ key = x.key * 2 + 1; }} ] else [ ]; }}))",
                    self.random.below(3)
                )
            }
            15 => format!("(builtins.elemAt [ 3 {} 5 ] {})", self.of(&Int, depth), self.random.below(3)),
            _ => {
                let list = self.of(&List(Box::new(Int)), depth);
                format!("(builtins.foldl' (a: b: if b < a then b else a) 99 {list})")
            }
        }
    }

    /// Sums and products without parentheses.
    pub(super) fn sum(&mut self, depth: usize) -> String {
        let mut text = format!("({}", self.of(&Int, depth));
        for _ in 0..=self.random.below(3) {
            let operator =
                if self.tame { *self.random.pick(&["+", "-"]) } else { *self.random.pick(&["+", "-", "*"]) };
            append!(text, " {operator} {}", self.of(&Int, depth));
        }
        text + ")"
    }

    pub(super) fn float(&mut self, depth: usize) -> String {
        let operator = *self.random.pick(&["+", "-", "*"]);
        match self.random.below(4) {
            0 => format!("({} {operator} {})", self.of(&Float, depth), self.of(&Int, depth)),
            1 => format!("({} {operator} {})", self.of(&Int, depth), self.of(&Float, depth)),
            2 => format!("({} / {}.0)", self.of(&Int, depth), 1 + self.random.below(7)),
            _ => format!("({} {operator} {})", self.of(&Float, depth), self.of(&Float, depth)),
        }
    }

    pub(super) fn bool(&mut self, depth: usize) -> String {
        match self.random.below(12) {
            0 | 1 => {
                let operator = *self.random.pick(&["<", "<=", ">", ">="]);
                let of = match self.random.below(4) {
                    0 => Text,
                    1 => List(Box::new(Int)),
                    2 => Float,
                    _ => Int,
                };
                format!("({} {operator} {})", self.of(&of, depth), self.of(&of, depth))
            }
            2 | 3 => {
                let of = self.some_type(1);
                let operator = *self.random.pick(&["==", "!="]);
                format!("({} {operator} {})", self.of(&of, depth), self.of(&of, depth))
            }
            4..=6 => {
                let mut text = format!("({}", self.of(&Bool, depth));
                for _ in 0..=self.random.below(3) {
                    let operator = *self.random.pick(&["&&", "||", "->", "==", "&& !", "|| !"]);
                    append!(text, " {operator} {}", self.of(&Bool, depth));
                    if operator == "==" {
                        // Equality does not chain.
                        break;
                    }
                }
                text + ")"
            }
            7 => format!("({} ? {})", self.of(&Dictionary(Box::new(Int)), depth), self.random.pick(&KEYS)),
            8 => {
                let of = self.some_type(0);
                let list = self.of(&List(Box::new(of.clone())), depth);
                format!("(builtins.elem {} {list})", self.of(&of, depth))
            }
            9 => {
                let name = *self.random.pick(&["any", "all"]);
                let list = self.of(&List(Box::new(Int)), depth);
                format!("(builtins.{name} (n: n > {}) {list})", self.random.below(5))
            }
            10 => {
                let name =
                    *self.random.pick(&["isInt", "isString", "isList", "isAttrs", "isFloat", "isBool"]);
                let of = self.some_type(1);
                format!("(builtins.{name} {})", self.of(&of, depth))
            }
            _ => format!("(!{})", self.of(&Bool, depth)),
        }
    }
}

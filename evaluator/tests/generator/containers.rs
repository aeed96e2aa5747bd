//! Lists and sets.

use super::{Bool, Dictionary, Float, Generator, Int, KEYS, List, Text, Type};

impl Generator {
    pub(super) fn plain_list(&mut self) -> Type {
        let of = match self.random.below(3) {
            0 => Int,
            1 => Text,
            _ => List(Box::new(Text)),
        };
        List(Box::new(of))
    }

    pub(super) fn some_list(&mut self, depth: usize) -> String {
        let of = List(Box::new(self.some_type(1)));
        self.of(&of, depth)
    }

    pub(super) fn list(&mut self, of: &Type, depth: usize) -> String {
        let same = List(Box::new(of.clone()));
        match self.random.below(12) {
            0 | 1 => {
                let items: Vec<String> = (0..self.random.below(4)).map(|_| self.of(of, depth)).collect();
                format!("[ {} ]", items.join(" "))
            }
            2 | 3 => format!("({} ++ {})", self.of(&same, depth), self.of(&same, depth)),
            4 | 5 => {
                let (name, other) = (self.fresh(), self.some_type(1));
                let body = self.with_variable(&name, &other, of, depth);
                let list = self.of(&List(Box::new(other)), depth);
                format!("(map ({name}: {body}) {list})")
            }
            6 => {
                let name = self.fresh();
                let body = self.with_variable(&name, of, &Bool, depth);
                format!("(builtins.filter ({name}: {body}) {})", self.of(&same, depth))
            }
            7 => {
                let name = self.fresh();
                let body = self.with_variable(&name, &Int, of, depth);
                format!("(builtins.genList ({name}: {body}) {})", self.random.below(4))
            }
            8 => format!("(builtins.attrValues {})", self.of(&Dictionary(Box::new(of.clone())), depth)),
            9 => format!("(builtins.concatLists [ {} {} ])", self.of(&same, depth), self.of(&same, depth)),
            10 if *of == Text => match self.random.below(3) {
                0 => {
                    let set = self.of(&Dictionary(Box::new(Int)), depth);
                    format!("(builtins.attrNames {set})")
                }
                1 => format!("(builtins.splitVersion {})", self.of(&Text, depth)),
                _ => {
                    let pattern = *self.random.pick(&["a", "[. ]", "b*", "(a)|b", ""]);
                    format!(
                        "(builtins.filter builtins.isString (builtins.split \"{pattern}\" {}))",
                        self.of(&Text, depth)
                    )
                }
            },
            10 if matches!(of, Int | Float) => {
                let order = *self.random.pick(&["builtins.lessThan", "(a: b: b < a)", "(a: b: a < b)"]);
                format!("(builtins.sort {order} {})", self.of(&same, depth))
            }
            _ => {
                let key = self.random.pick(&KEYS).trim_matches('"');
                let sets = self.of(&List(Box::new(Dictionary(Box::new(of.clone())))), depth);
                format!("(builtins.catAttrs \"{key}\" {sets})")
            }
        }
    }

    pub(super) fn dictionary(&mut self, of: &Type, depth: usize) -> String {
        let same = Dictionary(Box::new(of.clone()));
        match self.random.below(10) {
            0 | 1 => {
                let count = self.random.below(4);
                let start = self.random.below(KEYS.len());
                let recursive = if self.random.one_in(3) { "rec " } else { "" };
                let bindings: Vec<String> = (0..count)
                    .map(|index| format!("{} = {};", KEYS[(start + index) % KEYS.len()], self.of(of, depth)))
                    .collect();
                format!("({recursive}{{ {} }})", bindings.join(" "))
            }
            2 | 3 => format!("({} // {})", self.of(&same, depth), self.of(&same, depth)),
            4 => {
                let (name, other) = (self.fresh(), self.some_type(1));
                let body = self.with_variable(&name, &other, of, depth);
                let set = self.of(&Dictionary(Box::new(other)), depth);
                format!("(builtins.mapAttrs (name: {name}: {body}) {set})")
            }
            5 => {
                let key = self.random.pick(&KEYS).trim_matches('"');
                format!("(removeAttrs {} [ \"a\" \"{key}\" ])", self.of(&same, depth))
            }
            6 => {
                let (name, names) = (self.fresh(), self.of(&List(Box::new(Text)), depth));
                let body = self.with_variable(&name, &Text, of, depth);
                format!("(builtins.listToAttrs (map ({name}: {{ name = {name}; value = {body}; }}) {names}))")
            }
            7 => format!("(builtins.intersectAttrs {} {})", self.of(&same, depth), self.of(&same, depth)),
            8 => match of {
                List(inner) => {
                    let list = self.of(&List(inner.clone()), depth);
                    format!("(builtins.groupBy (x: builtins.typeOf x) {list})")
                }
                _ => format!("{{ ${{{}}} = {}; }}", self.of(&Text, depth), self.of(of, depth)),
            },
            _ => {
                let (first, second) = (self.of(&same, depth), self.of(&same, depth));
                format!("(builtins.zipAttrsWith (name: values: builtins.head values) [ {first} {second} ])")
            }
        }
    }
}

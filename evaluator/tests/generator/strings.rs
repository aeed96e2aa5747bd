//! Strings.

use super::{Generator, Int, List, Text, WORDS, append};

impl Generator {
    pub(super) fn text(&mut self, depth: usize) -> String {
        if !self.tame && self.random.one_in(4) {
            return self.stored(depth);
        }
        match self.random.below(17) {
            0..=2 => format!("({} + {})", self.of(&Text, depth), self.of(&Text, depth)),
            3 | 4 => {
                // Older versions print what looks like an interpolation otherwise where it is an attribute's name.
                let middle = if self.tame { "" } else { "$${x}" };
                let (start, end) = (self.of(&Text, depth), self.of(&Text, depth));
                format!("\"<${{{start}}}|\\n{middle}${{{end}}}\"")
            }
            5 => self.indented(depth),
            6 => {
                let of = if self.random.one_in(2) { Int } else { self.plain_list() };
                format!("(toString {})", self.of(&of, depth))
            }
            7 => {
                let (start, length) = (self.random.below(4), self.random.below(5));
                format!("(builtins.substring {start} {length} {})", self.of(&Text, depth))
            }
            8 => {
                let (from, to) = (self.random.pick(&WORDS), self.random.pick(&WORDS));
                let (from, to) = (format!("\"a\" \"{from}\""), format!("\"{to}\" \"_\""));
                format!("(builtins.replaceStrings [ {from} ] [ {to} ] {})", self.of(&Text, depth))
            }
            9 => {
                let list = self.of(&List(Box::new(Text)), depth);
                format!("(builtins.concatStringsSep {} {list})", self.of(&Text, depth))
            }
            10 => {
                let of = if self.tame { List(Box::new(Int)) } else { self.some_type(2) };
                format!("(builtins.toJSON {})", self.of(&of, depth))
            }
            11 => {
                let of = self.some_type(1);
                format!("(builtins.typeOf {})", self.of(&of, depth))
            }
            12 => {
                let name = *self.random.pick(&["baseNameOf", "dirOf"]);
                format!("({name} {})", self.of(&Text, depth))
            }
            13 => {
                let kind = *self.random.pick(&["md5", "sha1", "sha256"]);
                format!("(builtins.hashString \"{kind}\" {})", self.of(&Text, depth))
            }
            14 => {
                let of = self.some_type(1);
                format!("(builtins.toXML {})", self.of(&of, depth))
            }
            15 => format!("(builtins.parseDrvName {}).name", self.of(&Text, depth)),
            _ => {
                let pattern =
                    *self.random.pick(&["(.*)-(.*)", "(a*)(b*).*", "([^/]*)/?(.*)", "(a|ab)(c|bcd)?.*"]);
                format!(
                    "(let m = builtins.match \"{pattern}\" {}; in if m == null then \"none\" else builtins.toJSON m)",
                    self.of(&Text, depth)
                )
            }
        }
    }

    /// An indented string with lines of any indentation.
    pub(super) fn indented(&mut self, depth: usize) -> String {
        let mut text = "''".to_owned();
        if self.random.one_in(2) {
            text.push('\n');
        }
        for _ in 0..self.random.below(4) {
            text.push_str(&" ".repeat(self.random.below(5)));
            match self.random.below(7) {
                0 => append!(text, "${{{}}}", self.of(&Text, depth)),
                1 => text.push_str("''${x} '''"),
                2 => text.push_str("''\\n\\n"),
                3 => text.push_str("$$ \" \\ '"),
                4 => {}
                _ => text.push_str("word"),
            }
            text.push('\n');
        }
        text.push_str(&" ".repeat(self.random.below(3)));
        text + "''"
    }
}

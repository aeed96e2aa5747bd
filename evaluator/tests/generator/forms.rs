//! Ways to bind and to nest that give what was bound; round trips through other languages; strings that refer to the
//! store.

use super::{Float, Generator, Int, List, Text, Type};

impl Generator {
    /// An expression whose value is that of another.
    pub(super) fn form(&mut self, of: &Type, depth: usize) -> String {
        let name = self.fresh();
        match self.random.below(14) {
            0 => {
                let value = self.of(of, depth);
                format!("{{ a.{name} = {value}; a.b.c = 1; a.b = {{ d = 2; }}; }}.a.{name}")
            }
            1 => format!("{{ ${{\"x\" + \"y\"}}.{name} = {}; z = 1; }}.xy.{name}", self.of(of, depth)),
            2 => format!("{{ \"q r\".${{\"{name}\"}} = {}; }}.\"q r\".{name}", self.of(of, depth)),
            3 => {
                let (outer, inner) = (self.of(of, depth), self.of(of, depth));
                let body = self.with_variable(&name, of, of, depth);
                format!("(with {{ {name} = {outer}; }}; with {{ {name} = {inner}; }}; {body})")
            }
            4 => {
                let value = self.of(of, depth);
                let body = self.with_variable(&name, of, of, depth);
                format!("(let {name} = {value}; in with {{ {name} = throw \"shadowed\"; }}; {body})")
            }
            5 => {
                let value = self.of(of, depth);
                let body = self.with_variable(&name, of, of, depth);
                format!("(let s = rec {{ first = {value}; {name} = first; }}; inherit (s) {name}; in {body})")
            }
            6 => format!(
                "(rec {{ a = {{ inherit (s) {name}; }}; s.{name} = {}; }}).a.{name}",
                self.of(of, depth)
            ),
            7 => {
                let (value, default) = (self.of(of, depth), self.of(of, depth));
                format!("(({{ {name} ? {default}, other ? {name} }}: other) {{ {name} = {value}; }})")
            }
            8 => format!("(builtins.fromJSON (builtins.toJSON {}))", self.of(of, depth)),
            9 => format!("({{ a = {{ }}; }}.a.{name}.b or {})", self.of(of, depth)),
            10 => {
                let (condition, value) = (self.of(&super::Bool, depth), self.of(of, depth));
                format!("(assert {condition} -> true; {value})")
            }
            11 => {
                let (base, value) = (self.of(of, depth), self.of(of, depth));
                format!("({{ {name} = {base}; }} // rec {{ b = {value}; {name} = b; }}).{name}")
            }
            12 => format!("(let {{ body = {name}; {name} = {}; }})", self.of(of, depth)),
            _ => match of {
                Int => format!("(builtins.fromTOML \"a.b = 1_{:03}\").a.b", self.random.below(1000)),
                Float => {
                    let number = *self.random.pick(&["1.5", "-0.0", "6.02e23", "1e-7", "3_1.4"]);
                    format!("(builtins.fromTOML \"v = {number}\").v")
                }
                Text => {
                    let text =
                        *self.random.pick(&["'a\\\\b'", "\\\"\\\\u00e9\\\\t\\\"", "'''x'''", "\\\"\\\""]);
                    format!("(builtins.fromTOML \"[t]\\nv = {text}\").t.v")
                }
                List(inner) if **inner == Int => {
                    "(builtins.fromTOML \"v = [1, 0x1f, 0o7, 0b11,]\").v".to_owned()
                }
                _ => self.of(of, depth),
            },
        }
    }

    /// A string that may refer to the store, or says what another refers to; or one with escapes, or of a number.
    pub(super) fn stored(&mut self, depth: usize) -> String {
        let derivation = |argument: &str| {
            format!(
                "(derivation {{ name = \"n\"; system = \"s\"; builder = \"b\"; argument = {argument}; }})"
            )
        };
        match self.random.below(12) {
            0 => format!("\"${{builtins.toFile \"n\" {}}}\"", self.of(&Text, depth)),
            1 => format!("\"${{{}}}\"", derivation(&self.of(&Text, depth))),
            2 => {
                let of = self.plain_list();
                format!("(builtins.unsafeDiscardStringContext {}.drvPath)", derivation(&self.of(&of, depth)))
            }
            3 => format!("(builtins.toJSON (builtins.getContext {}))", self.of(&Text, depth)),
            4 => format!("(builtins.toJSON (builtins.hasContext {}))", self.of(&Text, depth)),
            5 => format!("(builtins.unsafeDiscardStringContext {})", self.of(&Text, depth)),
            6 => format!("(toString (/. + {}))", self.of(&Text, depth)),
            7 => format!("(toString (/a/b + (\"/../\" + {})))", self.of(&Text, depth)),
            8 => {
                let text = *self.random.pick(&[
                    "\"\\t\\\"\\\\ \\r\\n\\q\"",
                    "\"$\\${a}$$\"",
                    "\"\\$${\"a\"}\"",
                    "\"$\"",
                    "\"a\nb\"",
                    "''''${a}''\\${b}''",
                    "''\ta''\\tb''",
                ]);
                text.to_owned()
            }
            9 => {
                let pattern = *self.random.pick(&["(a)|(b)", "([0-9]+)|-", "x?", "[[:alpha:]]+", "^a", "b$"]);
                format!("(builtins.toJSON (builtins.split \"{pattern}\" {}))", self.of(&Text, depth))
            }
            10 => format!("(toString {})", self.of(&Float, depth)),
            _ => {
                let format = *self.random.pick(&["base16", "base32", "base64", "sri", "nix32"]);
                let text = self.of(&Text, depth);
                format!(
                    "(builtins.convertHash {{ hash = builtins.hashString \"sha256\" {text}; hashAlgo = \"sha256\"; toHashFormat = \"{format}\"; }})"
                )
            }
        }
    }
}

//! The text of an expression, laid out as people write it.

use super::{Formal, Nix};

/// Writes an expression, with a newline at its end.
pub fn write(expression: &Nix) -> String {
    let mut writer = Writer { text: String::new(), indent: 0 };
    writer.expression(expression, Position::Body);
    writer.text.push('\n');
    writer.text
}

/// What stands around an expression, which decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Anything may stand here.
    Body,
    /// An operand of an operator.
    Operand,
    /// A function that is applied.
    Function,
    /// An element of a list, an argument of a function, or what an attribute is selected from.
    Simple,
}

const KEYWORDS: &[&str] = &["assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"];

struct Writer {
    text: String,
    indent: usize,
}

impl Writer {
    fn expression(&mut self, expression: &Nix, position: Position) {
        if needs_parentheses(expression, position) {
            self.text.push('(');
            self.bare(expression);
            self.text.push(')');
        } else {
            self.bare(expression);
        }
    }

    fn bare(&mut self, expression: &Nix) {
        match expression {
            Nix::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Nix::Int(value) => self.integer(*value),
            Nix::String(text) => self.string(text),
            Nix::Relative(path) => self.relative(path),
            Nix::Variable(name) => self.text.push_str(name),
            Nix::Lookup(name) => {
                self.text.push('<');
                self.text.push_str(name);
                self.text.push('>');
            }
            Nix::List(items) => self.list(items),
            Nix::Set(fields) => self.set(fields),
            Nix::Select(set, path) => {
                self.expression(set, Position::Simple);
                for name in path {
                    self.text.push('.');
                    self.name(name);
                }
            }
            Nix::Apply(function, argument) => {
                self.expression(function, Position::Function);
                self.text.push(' ');
                self.expression(argument, Position::Simple);
            }
            Nix::Add(left, right) => {
                self.expression(left, Position::Operand);
                self.text.push_str(" + ");
                self.expression(right, Position::Operand);
            }
            Nix::If(condition, yes, no) => {
                self.text.push_str("if ");
                self.expression(condition, Position::Body);
                self.text.push_str(" then ");
                self.expression(yes, Position::Body);
                self.text.push_str(" else ");
                self.expression(no, Position::Body);
            }
            Nix::Let(bindings, body) => {
                self.text.push_str("let");
                self.indented(|writer| writer.bindings(bindings));
                self.line();
                self.text.push_str("in");
                self.line();
                self.expression(body, Position::Body);
            }
            Nix::Function(formals, open, body) => {
                self.formals(formals, *open);
                self.line();
                self.expression(body, Position::Body);
            }
            Nix::Written(text) => {
                // A comment at the end of the user's text must not swallow the parenthesis.
                self.text.push('(');
                self.text.push_str(text);
                self.text.push_str("\n)");
            }
            Nix::Comment(comment, body) => {
                for line in comment.lines() {
                    self.text.push_str("# ");
                    self.text.push_str(line);
                    self.line();
                }
                self.expression(body, Position::Body);
            }
        }
    }

    fn integer(&mut self, value: i64) {
        if value == i64::MIN {
            // Nix has no literal for it: the minus is an operator, and what it applies to is out of range.
            self.text.push_str("(-9223372036854775807 - 1)");
        } else if value < 0 {
            self.text.push_str("(-");
            self.text.push_str(&value.unsigned_abs().to_string());
            self.text.push(')');
        } else {
            self.text.push_str(&value.to_string());
        }
    }

    fn list(&mut self, items: &[Nix]) {
        if items.is_empty() {
            self.text.push_str("[ ]");
            return;
        }
        self.text.push('[');
        self.indented(|writer| {
            for item in items {
                writer.line();
                writer.expression(item, Position::Simple);
            }
        });
        self.line();
        self.text.push(']');
    }

    fn set(&mut self, fields: &[(String, Nix)]) {
        if fields.is_empty() {
            self.text.push_str("{ }");
            return;
        }
        self.text.push('{');
        self.indented(|writer| writer.bindings(fields));
        self.line();
        self.text.push('}');
    }

    fn bindings(&mut self, bindings: &[(String, Nix)]) {
        for (name, value) in bindings {
            self.line();
            let mut value = value;
            if let Nix::Comment(comment, commented) = value {
                for line in comment.lines() {
                    self.text.push_str("# ");
                    self.text.push_str(line);
                    self.line();
                }
                value = commented;
            }
            self.name(name);
            // `a = { b = c; };` is `a.b = c;`.
            while let Nix::Set(inner) = value
                && let [(name, only)] = inner.as_slice()
                && !matches!(only, Nix::Comment(..))
            {
                self.text.push('.');
                self.name(name);
                value = only;
            }
            self.text.push_str(" = ");
            self.expression(value, Position::Body);
            self.text.push(';');
        }
    }

    fn formals(&mut self, formals: &[Formal], open: bool) {
        self.text.push_str("{ ");
        let mut first = true;
        for formal in formals {
            if !std::mem::take(&mut first) {
                self.text.push_str(", ");
            }
            self.text.push_str(&formal.name);
            if let Some(default) = &formal.default {
                self.text.push_str(" ? ");
                self.expression(default, Position::Operand);
            }
        }
        if open {
            if !first {
                self.text.push_str(", ");
            }
            self.text.push_str("...");
        }
        self.text.push_str(" }:");
    }

    fn name(&mut self, name: &str) {
        let mut characters = name.chars();
        let starts = characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
        let plain = starts && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''));
        if plain && !KEYWORDS.contains(&name) {
            self.text.push_str(name);
        } else {
            self.string(name);
        }
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\t' => self.text.push_str("\\t"),
                // A bare carriage return would be read as a newline.
                '\r' => self.text.push_str("\\r"),
                '$' if characters.peek() == Some(&'{') => self.text.push_str("\\$"),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    fn relative(&mut self, path: &str) {
        let path = path.strip_prefix("./").unwrap_or(path);
        let plain =
            path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '/'));
        let well_formed = !path.is_empty() && !path.contains("//") && !path.ends_with('/');
        if plain && well_formed {
            if !path.starts_with("../") {
                self.text.push_str("./");
            }
            self.text.push_str(path);
        } else {
            self.text.push_str("(./. + ");
            self.string(&format!("/{path}"));
            self.text.push(')');
        }
    }

    fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.indent += 1;
        write(self);
        self.indent -= 1;
    }

    fn line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.indent {
            self.text.push_str("  ");
        }
    }
}

fn needs_parentheses(expression: &Nix, position: Position) -> bool {
    match expression {
        Nix::Bool(_)
        | Nix::Int(_)
        | Nix::String(_)
        | Nix::Relative(_)
        | Nix::Variable(_)
        | Nix::Lookup(_)
        | Nix::List(_)
        | Nix::Set(_)
        | Nix::Written(_)
        | Nix::Select(..) => false,
        Nix::Apply(..) => position == Position::Simple,
        Nix::Add(..) => matches!(position, Position::Operand | Position::Function | Position::Simple),
        Nix::If(..) | Nix::Let(..) | Nix::Function(..) | Nix::Comment(..) => position != Position::Body,
    }
}

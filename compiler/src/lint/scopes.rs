//! Which name means what: the scopes of a file, read off its tokens.
//!
//! Everything in Nix that binds names reaches as far to the right as it can, so that a stack of what is open says
//! where a scope ends: no tree is needed, and no precedence of operators.

use std::collections::HashMap;

use super::tokens::{Kind, Token};

/// A scope or, inside of one, the value of one of its bindings.
#[derive(Debug)]
pub(super) struct Scope<'t> {
    pub(super) parent: Option<usize>,
    pub(super) what: What<'t>,
}

#[derive(Debug)]
pub(super) enum What<'t> {
    /// `let`, `rec` or a function's arguments.
    Names(Names<'t>),
    /// The body of a `with`.
    With(With<'t>),
    /// The value of a binding of the parent.
    Value(usize),
}

/// What binds the names of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binder {
    Let,
    Rec,
    /// `x:`
    Argument,
    /// `{ a, b }:`
    Formals {
        ellipsis: bool,
    },
}

#[derive(Debug)]
pub(super) struct Names<'t> {
    pub(super) binder: Binder,
    /// The token that it starts with.
    pub(super) token: usize,
    pub(super) bindings: Vec<Binding<'t>>,
    by_name: HashMap<&'t str, usize>,
}

#[derive(Debug)]
pub(super) struct Binding<'t> {
    pub(super) name: &'t str,
    /// Its name's bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    /// First and last byte of `name = value;`, where it is one binding.
    pub(super) whole: Option<(usize, usize)>,
    /// Whether it is `name @ { … }`.
    pub(super) is_whole_argument: bool,
    /// The names of the set that it is, as far as they stand in the file.
    pub(super) keys: Vec<&'t str>,
}

#[derive(Debug)]
pub(super) struct With<'t> {
    /// The tokens of its set.
    pub(super) head: (usize, usize),
    /// The names of a set that stands right there.
    pub(super) keys: Vec<&'t str>,
}

/// A variable that is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'t> {
    pub(super) name: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) scope: Option<usize>,
}

/// A file's scopes and the variables used in them.
#[derive(Debug, Default)]
pub(super) struct Scopes<'t> {
    pub(super) scopes: Vec<Scope<'t>>,
    pub(super) uses: Vec<Use<'t>>,
}

/// What a variable is bound by: the scope and the binding in it; and the `with`s between the two, innermost first.
pub(super) struct Resolved {
    pub(super) binding: Option<(usize, usize)>,
    /// The binding of that scope in whose value the variable is used.
    pub(super) within: Option<usize>,
    pub(super) withs: Vec<usize>,
}

impl<'t> Scopes<'t> {
    pub(super) fn names(&self, scope: usize) -> Option<&Names<'t>> {
        match &self.scopes[scope].what {
            What::Names(names) => Some(names),
            _ => None,
        }
    }

    /// Finds what a name means in a scope.
    pub(super) fn resolve(&self, name: &str, scope: Option<usize>) -> Resolved {
        let (mut at, mut within, mut withs) = (scope, None, Vec::new());
        while let Some(scope) = at {
            match &self.scopes[scope].what {
                What::Value(binding) => within = Some(*binding),
                What::With(_) => withs.push(scope),
                What::Names(names) => {
                    if let Some(&binding) = names.by_name.get(name) {
                        return Resolved { binding: Some((scope, binding)), within, withs };
                    }
                    within = None;
                }
            }
            at = self.scopes[scope].parent;
        }
        Resolved { binding: None, within: None, withs }
    }
}

/// What is open.
#[derive(Debug)]
enum Open<'t> {
    /// `(`, `[` or `${`, up to its end.
    Bracket,
    /// `{ … }` or the bindings of a `let`.
    Bindings(Bindings<'t>),
    /// The arguments of a function.
    Formals { scope: usize, in_default: bool, previous: Option<usize> },
    /// `with` or `assert`, up to the semicolon.
    Head { with: bool, token: usize, keys: Vec<&'t str> },
    /// `if` up to `then`, or `then` up to `else`.
    Condition,
    /// What reaches as far as it can: the body of a function, `let` or `with`.
    Body { previous: Option<usize> },
}

#[derive(Debug)]
struct Bindings<'t> {
    /// The scope of `let` and `rec`.
    scope: Option<usize>,
    is_let: bool,
    part: Part,
    /// The scope around.
    previous: Option<usize>,
    /// The token that it starts with.
    token: usize,
    /// The current binding: first byte, and its position in the scope.
    start: usize,
    binding: Option<usize>,
    /// The token after `=`.
    value: usize,
    keys: Vec<&'t str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Before the first name of a key.
    Key,
    /// In the rest of a key.
    RestOfKey,
    Value,
    /// After `inherit`; with a source, names are no variables.
    Inherit {
        from: bool,
    },
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    open: Vec<Open<'t>>,
    scope: Option<usize>,
    out: Scopes<'t>,
}

/// Reads the scopes of a file that has no syntax errors. `None` where it is not understood after all.
pub(super) fn scopes<'t>(text: &'t str, tokens: &'t [Token]) -> Option<Scopes<'t>> {
    let mut reader = Reader { text, tokens, open: Vec::new(), scope: None, out: Scopes::default() };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at)?;
    }
    reader.close_bodies();
    reader.open.is_empty().then_some(reader.out)
}

impl<'t> Reader<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Word) && !is_keyword(self.word(at))
    }

    /// A name in a key: a word, or a string without interpolations.
    fn key(&self, at: usize) -> Option<&'t str> {
        let token = self.tokens.get(at)?;
        let word = self.word(at);
        match token.kind {
            Kind::Word => Some(word),
            Kind::Text => word.strip_prefix('"')?.strip_suffix('"').filter(|text| !text.contains('\\')),
            _ => None,
        }
    }

    fn new_scope(&mut self, what: What<'t>) -> usize {
        self.out.scopes.push(Scope { parent: self.scope, what });
        self.out.scopes.len() - 1
    }

    fn new_names(&mut self, binder: Binder, token: usize) -> usize {
        let names = Names { binder, token, bindings: Vec::new(), by_name: HashMap::new() };
        self.new_scope(What::Names(names))
    }

    fn bind(&mut self, scope: usize, name: &'t str, token: usize) -> usize {
        let Token { start, end, .. } = self.tokens[token];
        let What::Names(names) = &mut self.out.scopes[scope].what else { return 0 };
        let next = names.bindings.len();
        let binding = *names.by_name.entry(name).or_insert(next);
        if binding == next {
            let keys = Vec::new();
            names.bindings.push(Binding { name, start, end, whole: None, is_whole_argument: false, keys });
        }
        binding
    }

    fn binding(&mut self, scope: usize, binding: usize) -> Option<&mut Binding<'t>> {
        match &mut self.out.scopes[scope].what {
            What::Names(names) => names.bindings.get_mut(binding),
            _ => None,
        }
    }

    fn used(&mut self, at: usize, scope: Option<usize>) {
        let Token { start, end, .. } = self.tokens[at];
        self.out.uses.push(Use { name: self.word(at), start, end, scope });
    }

    /// Ends all that reaches as far as it can.
    fn close_bodies(&mut self) {
        while let Some(Open::Body { previous }) = self.open.last() {
            self.scope = *previous;
            self.open.pop();
        }
    }

    fn push_body(&mut self, scope: usize) {
        self.open.push(Open::Body { previous: self.scope });
        self.scope = Some(scope);
    }

    /// Takes the token at a position; returns the position of the next one to take.
    fn step(&mut self, at: usize) -> Option<usize> {
        match self.open.last() {
            Some(Open::Bindings(bindings)) if bindings.part != Part::Value => return self.in_bindings(at),
            Some(Open::Formals { in_default: false, .. }) => return self.in_formals(at),
            _ => {}
        }
        let word = self.word(at);
        match self.tokens[at].kind {
            Kind::Word => return self.word_in_expression(at, word),
            Kind::Text | Kind::Joined | Kind::Literal => {}
            Kind::Interpolation => self.open.push(Open::Bracket),
            Kind::Symbol => return self.symbol_in_expression(at, word),
        }
        Some(at + 1)
    }

    /// Whether the token at a position is the first of a formal's default: `{ a ? b }` asks nothing of `a`.
    fn begins_default(&self, at: usize) -> bool {
        matches!(self.open.last(), Some(Open::Formals { in_default: true, .. }))
            && at.checked_sub(3).is_some_and(|before| matches!(self.word(before), "{" | ","))
    }

    fn word_in_expression(&mut self, at: usize, word: &'t str) -> Option<usize> {
        let before = if at == 0 { "" } else { self.word(at - 1) };
        match word {
            _ if before == "." || before == "?" && !self.begins_default(at) => {}
            "or" => {}
            "let" if self.word(at + 1) == "{" => {
                // The old form, whose body is an attribute; it is as good as gone.
                return None;
            }
            "let" => {
                let scope = self.new_names(Binder::Let, at);
                self.begin_bindings(at, Some(scope), true);
            }
            "rec" if self.word(at + 1) == "{" => {
                let scope = self.new_names(Binder::Rec, at);
                self.begin_bindings(at, Some(scope), false);
                return Some(at + 2);
            }
            "with" | "assert" => {
                self.open.push(Open::Head { with: word == "with", token: at, keys: Vec::new() });
            }
            "if" => self.open.push(Open::Condition),
            "then" => {
                self.close_bodies();
                if !matches!(self.open.last(), Some(Open::Condition)) {
                    return None;
                }
            }
            "else" => {
                self.close_bodies();
                if !matches!(self.open.pop(), Some(Open::Condition)) {
                    return None;
                }
            }
            "in" => return None,
            _ if self.word(at + 1) == ":" => {
                let scope = self.new_names(Binder::Argument, at);
                self.bind(scope, word, at);
                self.push_body(scope);
                return Some(at + 2);
            }
            _ if self.word(at + 1) == "@" => {
                let scope = self.new_names(Binder::Formals { ellipsis: false }, at);
                let whole = self.bind(scope, word, at);
                self.binding(scope, whole)?.is_whole_argument = true;
                if self.word(at + 2) != "{" {
                    return None;
                }
                self.begin_formals(scope);
                return Some(at + 3);
            }
            _ => self.used(at, self.scope),
        }
        Some(at + 1)
    }

    fn symbol_in_expression(&mut self, at: usize, word: &str) -> Option<usize> {
        match word {
            "(" | "[" => self.open.push(Open::Bracket),
            "{" if self.is_formals(at) => {
                let scope = self.new_names(Binder::Formals { ellipsis: false }, at);
                self.begin_formals(scope);
            }
            "{" => self.begin_bindings(at, None, false),
            ")" | "]" => {
                self.close_bodies();
                return matches!(self.open.pop(), Some(Open::Bracket)).then_some(at + 1);
            }
            "}" => {
                self.close_bodies();
                match self.open.last() {
                    Some(Open::Bracket) => drop(self.open.pop()),
                    Some(Open::Formals { .. }) => {
                        self.end_default();
                        return self.in_formals(at);
                    }
                    _ => return None,
                }
            }
            ";" => return self.semicolon(at),
            "," => {
                self.close_bodies();
                if !matches!(self.open.last(), Some(Open::Formals { .. })) {
                    return None;
                }
                self.end_default();
            }
            _ => {}
        }
        Some(at + 1)
    }

    // --- bindings -----------------------------------------------------------------------------------------

    fn begin_bindings(&mut self, token: usize, scope: Option<usize>, is_let: bool) {
        self.open.push(Open::Bindings(Bindings {
            scope,
            is_let,
            part: Part::Key,
            previous: self.scope,
            token,
            start: 0,
            binding: None,
            value: 0,
            keys: Vec::new(),
        }));
        if let Some(scope) = scope {
            self.scope = Some(scope);
        }
    }

    fn bindings(&mut self) -> Option<&mut Bindings<'t>> {
        match self.open.last_mut() {
            Some(Open::Bindings(bindings)) => Some(bindings),
            _ => None,
        }
    }

    fn in_bindings(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at);
        let (kind, start) = (self.tokens[at].kind, self.tokens[at].start);
        let key = self.key(at);
        let bindings = self.bindings()?;
        match (bindings.part, word) {
            (_, "${") => {
                if bindings.part == Part::Key {
                    bindings.part = Part::RestOfKey;
                    bindings.binding = None;
                }
                self.open.push(Open::Bracket);
            }
            // An interpolation in a string.
            (_, _) if kind == Kind::Interpolation => self.open.push(Open::Bracket),
            (Part::Key, "}") if !bindings.is_let => return self.end_of_set(at),
            (Part::Key, "in") if bindings.is_let => {
                let previous = bindings.previous;
                let scope = bindings.scope?;
                self.open.pop();
                self.scope = previous;
                self.push_body(scope);
            }
            (Part::Key, "inherit") => {
                let from = self.word(at + 1) == "(";
                self.bindings()?.part = Part::Inherit { from };
                if from {
                    self.open.push(Open::Bracket);
                    return Some(at + 2);
                }
            }
            (Part::Key, _) => {
                bindings.part = Part::RestOfKey;
                bindings.start = start;
                bindings.binding = None;
                if let Some(key) = key {
                    bindings.keys.push(key);
                    if let Some(scope) = bindings.scope {
                        let binding = self.bind(scope, key, at);
                        self.bindings()?.binding = Some(binding);
                    }
                }
            }
            (Part::RestOfKey, "=") => {
                bindings.part = Part::Value;
                bindings.value = at + 1;
                if let (Some(_), Some(binding)) = (bindings.scope, bindings.binding) {
                    let value = self.new_scope(What::Value(binding));
                    self.scope = Some(value);
                }
            }
            (Part::RestOfKey, _) => {}
            (Part::Inherit { .. }, ";") => bindings.part = Part::Key,
            (Part::Inherit { from }, _) => {
                if let Some(key) = key {
                    bindings.keys.push(key);
                    let (scope, around) = (bindings.scope, bindings.previous);
                    if let Some(scope) = scope {
                        self.bind(scope, key, at);
                    }
                    if !from {
                        // A name that a scope inherits is looked up around that scope.
                        let scope = if scope.is_some() { around } else { self.scope };
                        self.used(at, scope);
                    }
                }
            }
            (Part::Value, _) => return None,
        }
        Some(at + 1)
    }

    fn end_of_set(&mut self, at: usize) -> Option<usize> {
        let Some(Open::Bindings(set)) = self.open.pop() else { return None };
        self.scope = set.previous;
        // Where the set is the whole value of a binding or of a `with`, its names are those of that.
        if self.word(at + 1) == ";" {
            match self.open.last_mut() {
                Some(Open::Bindings(outer)) if outer.value == set.token => {
                    if let (Some(scope), Some(binding)) = (outer.scope, outer.binding) {
                        self.binding(scope, binding)?.keys = set.keys;
                    }
                }
                Some(Open::Head { token, keys, .. }) if *token + 1 == set.token => *keys = set.keys,
                _ => {}
            }
        }
        Some(at + 1)
    }

    fn semicolon(&mut self, at: usize) -> Option<usize> {
        self.close_bodies();
        let end = self.tokens[at].end;
        match self.open.last_mut()? {
            Open::Bindings(bindings) if bindings.part == Part::Value => {
                bindings.part = Part::Key;
                let (scope, binding, start) = (bindings.scope, bindings.binding, bindings.start);
                if let Some(scope) = scope {
                    self.scope = Some(scope);
                    if let Some(binding) = binding.and_then(|binding| self.binding(scope, binding)) {
                        // `a.b = 1; a.c = 2;` is one binding in two places.
                        let again = binding.whole.is_some() || start != binding.start;
                        binding.whole = (!again).then_some((start, end));
                    }
                }
            }
            Open::Head { with, token, keys } => {
                let (with, head, keys) = (*with, (*token + 1, at), std::mem::take(keys));
                self.open.pop();
                if with {
                    let scope = self.new_scope(What::With(With { head, keys }));
                    self.push_body(scope);
                }
            }
            _ => return None,
        }
        Some(at + 1)
    }

    // --- formals ------------------------------------------------------------------------------------------

    /// Whether the brace at a position opens the arguments of a function.
    fn is_formals(&self, at: usize) -> bool {
        let after = |at: usize| matches!(self.word(at), ":" | "@");
        match self.word(at + 1) {
            "}" => after(at + 2),
            "..." => true,
            _ => {
                self.is_name(at + 1)
                    && match self.word(at + 2) {
                        "," | "?" => true,
                        "}" => after(at + 3),
                        _ => false,
                    }
            }
        }
    }

    fn begin_formals(&mut self, scope: usize) {
        self.open.push(Open::Formals { scope, in_default: false, previous: self.scope });
        self.scope = Some(scope);
    }

    fn end_default(&mut self) {
        if let Some(Open::Formals { scope, in_default, .. }) = self.open.last_mut() {
            *in_default = false;
            self.scope = Some(*scope);
        }
    }

    fn in_formals(&mut self, at: usize) -> Option<usize> {
        let Some(&Open::Formals { scope, previous, .. }) = self.open.last() else { return None };
        match self.word(at) {
            "," => {}
            "..." => {
                if let What::Names(Names { binder: Binder::Formals { ellipsis }, .. }) =
                    &mut self.out.scopes[scope].what
                {
                    *ellipsis = true;
                }
            }
            "?" => {
                let What::Names(names) = &self.out.scopes[scope].what else { return None };
                let binding = names.bindings.len().checked_sub(1)?;
                let value = self.new_scope(What::Value(binding));
                self.scope = Some(value);
                if let Some(Open::Formals { in_default, .. }) = self.open.last_mut() {
                    *in_default = true;
                }
            }
            "}" => {
                self.open.pop();
                self.scope = previous;
                let mut next = at + 1;
                if self.word(next) == "@" {
                    let whole = self.bind(scope, self.word(next + 1), next + 1);
                    self.binding(scope, whole)?.is_whole_argument = true;
                    next += 2;
                }
                if self.word(next) != ":" {
                    return None;
                }
                self.push_body(scope);
                return Some(next + 1);
            }
            name if self.is_name(at) => {
                self.bind(scope, name, at);
            }
            _ => return None,
        }
        Some(at + 1)
    }
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "let" | "in" | "rec" | "with" | "assert" | "if" | "then" | "else" | "inherit")
}

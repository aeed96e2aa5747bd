//! From the syntax tree to the intermediate representation: names become slots, constants values.
//!
//! [`bindings`] does what Nix does with `{ a.b = 1; a.c = 2; }` and `inherit`, [`text`] strings and paths,
//! [`functions`] functions and calls, [`selections`] attribute paths, [`operators`] operators, [`scope`] variables;
//! [`order`] says which of several mistakes comes first. The rest is here.
//!
//! What is not valid Nix becomes [`ExprKind::Broken`], which is an error only where it is needed.

mod again;
mod bindings;
mod functions;
mod operators;
mod order;
mod scope;
mod selections;
mod show;
mod text;
mod undefined;

use std::cell::Cell;

use bumpalo::Bump;
use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};
use rnix::SyntaxKind::{self, *};
use rustc_hash::FxHashMap;

pub(crate) use show::show;

use crate::ir::{Expr, ExprKind, NEVER, StaticAttr};
use crate::settings::{Lint, Lints};
use crate::symbol::{Symbol, Symbols, well_known};
use crate::syntax::{Element, Tree};
use crate::value::{Attrs, Position, Value};
use order::NamesTold;
use scope::{Resolution, Scope, Scopes};

/// What lowering needs to know of the evaluation.
pub(crate) struct Environment<'a, 'e> {
    pub(crate) arena: &'a Bump,
    pub(crate) symbols: &'e Symbols<'a>,
    /// Values of the names that are built in.
    pub(crate) globals: &'e FxHashMap<Symbol, Value<'a>>,
    /// Names of an outermost scope (`scopedImport`), in the order of their slots.
    pub(crate) outer_names: &'e [Symbol],
    /// Records where an attribute name was written, and the attribute path that it is a part of.
    pub(crate) position: &'e dyn Fn(Span, Span) -> Position,
    /// Makes the value of `__curPos`.
    pub(crate) current_position: &'e dyn Fn(Span) -> Value<'a>,
    /// The directory that relative paths start from.
    pub(crate) directory: &'e [u8],
    /// The home directory, for `~/…`.
    pub(crate) home: Option<&'e [u8]>,
    /// Whether the home directory is not to be known.
    pub(crate) pure: bool,
    pub(crate) source: SourceId,
    /// What is said of literals that are discouraged.
    pub(crate) lints: Lints,
    /// Takes what is said of a place.
    pub(crate) warn: &'e dyn Fn(Span, &str),
    /// Where lowering ends: the stack must not grow below this address.
    pub(crate) stack_floor: usize,
    pub(crate) closeness: Closeness,
    /// Whether it is told all that is wrong, and not what Nix would say first.
    pub(crate) recovers: bool,
    /// Whether there is a NUL byte in the text, which no string may have.
    pub(crate) has_nul: bool,
}

impl Environment<'_, '_> {
    fn folds(&self) -> bool {
        self.closeness == Closeness::Folded
    }
}

/// How closely what is made of a text keeps to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closeness {
    /// What follows from constants is made now, once: sets, and attributes of them. Values then know no place of
    /// their own.
    Folded,
    /// Values know their places.
    Placed,
    /// Besides, what is constant is what Nix takes for one: no indented string that it reads as several tokens is.
    Exact,
}

/// Lowers a file's expression, and says what is wrong with it beyond its syntax.
pub(crate) fn lower<'a>(
    tree: Tree<'_>,
    environment: &Environment<'a, '_>,
) -> (&'a Expr<'a>, Vec<Diagnostic>) {
    let mut lowerer = Lowerer::new(environment, tree);
    if !environment.outer_names.is_empty() {
        let names = environment.outer_names.iter().copied().zip(0u32..).collect();
        lowerer.scopes.push(Scope::Static(names));
    }
    // What follows the expression shows that it was not meant to be all, unless it is a bracket too many.
    let mut rest = tree.nodes().skip(1);
    if rest.any(|rest| !rest.text().bytes().all(|byte| b")]}; \n".contains(&byte))) {
        let span = lowerer.span(tree);
        return (environment.arena.alloc(Expr { kind: ExprKind::Broken, span }), Vec::new());
    }
    let expr = match tree.nodes().next() {
        Some(expression) => lowerer.expr(expression, None),
        None => lowerer.failed(tree),
    };
    (environment.arena.alloc(expr), lowerer.into_diagnostics())
}

/// What Nix finds in a text before it gets to the mistake in its syntax: names that are bound twice, and numbers that
/// are none.
pub(crate) fn found_before(
    text: &str,
    mistake: u32,
    tree: Tree<'_>,
    environment: &Environment<'_, '_>,
) -> Option<Diagnostic> {
    // A binding is not looked at before its semicolon is there.
    let is_read = |moment: u32, found: &Diagnostic| {
        let between = text.get(moment as usize..mistake as usize);
        between.is_some_and(|between| found.labels.is_empty() || between.contains(';'))
    };
    let mut lowerer = Lowerer::new(environment, tree);
    for expression in tree.nodes() {
        lowerer.expr(expression, None);
    }
    let found = lowerer.moments.into_iter().zip(lowerer.diagnostics);
    let first = found.min_by_key(|(moment, _)| *moment)?;
    Some(first).filter(|(moment, found)| is_read(*moment, found)).map(|(_, diagnostic)| diagnostic)
}

pub(super) struct Lowerer<'a, 'e> {
    env: &'e Environment<'a, 'e>,
    tree: Tree<'e>,
    scopes: Scopes,
    /// How many of the scopes around have bindings that are not valid.
    incomplete: u32,
    diagnostics: Vec<Diagnostic>,
    /// When Nix would tell each of the diagnostics: its parser those that it finds, in the order of the text, then
    /// the rest.
    moments: Vec<u32>,
    names_told: NamesTold,
    /// Room for the attributes of the sets that are lowered: those of an inner set lie above those of an outer one.
    attributes: Vec<StaticAttr<'a>>,
    /// Room for the attribute path of a binding.
    outer_names: Vec<Symbol>,
    /// How many slots the scope of the innermost function has so far.
    frame: u32,
    /// Whether the expression that is lowered next is what that function does first.
    starts_frame: bool,
}

impl<'a, 'e> Lowerer<'a, 'e> {
    pub(super) fn new(env: &'e Environment<'a, 'e>, tree: Tree<'e>) -> Self {
        Self {
            env,
            tree,
            scopes: Scopes::default(),
            incomplete: 0,
            diagnostics: Vec::new(),
            moments: Vec::new(),
            names_told: NamesTold::new(env.symbols),
            attributes: Vec::new(),
            outer_names: Vec::new(),
            frame: 0,
            starts_frame: false,
        }
    }

    fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found: Vec<_> = self.moments.into_iter().zip(self.diagnostics).collect();
        found.sort_by_key(|(moment, _)| *moment);
        found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
    }

    fn span(&self, tree: Tree<'_>) -> Span {
        Span::new(self.env.source, tree.start(), tree.end())
    }

    fn alloc(&self, expr: Expr<'a>) -> &'a Expr<'a> {
        self.env.arena.alloc(expr)
    }

    fn slice<T>(&self, items: Vec<T>) -> &'a [T] {
        self.env.arena.alloc_slice_fill_iter(items)
    }

    fn sub(&mut self, tree: Tree<'_>) -> &'a Expr<'a> {
        let expr = self.expr(tree, None);
        self.alloc(expr)
    }

    /// Stands for an expression that is not valid. The parser has said so, or lowering.
    fn failed(&mut self, tree: Tree<'_>) -> Expr<'a> {
        let span = self.span(tree);
        if self.diagnostics.is_empty() && !tree.in_broken_text() {
            self.error(Code::Syntax, span, "syntax error");
        }
        Expr { kind: ExprKind::Broken, span }
    }

    /// Whether there is stack left to go on; what is nested more deeply is refused.
    fn has_stack(&mut self, span: Span) -> bool {
        let here = 0_u8;
        if std::ptr::from_ref(&here).addr() >= self.env.stack_floor {
            return true;
        }
        if self.diagnostics.last().is_none_or(|last| last.code != Code::SyntaxLimit) {
            self.error(Code::SyntaxLimit, span, "the expression is nested too deeply").help =
                Some("bind the inner parts to names with `let`".to_owned());
        }
        false
    }

    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        // Nix looks for variables once it has parsed all.
        let moment = if code == Code::UndefinedVariable { u32::MAX } else { span.end };
        self.error_at(moment, code, span, message)
    }

    fn error_at(
        &mut self,
        moment: u32,
        code: Code,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.moments.push(moment);
        self.diagnostics.push(Diagnostic::new(code, span, message));
        self.diagnostics.last_mut().expect("just pushed")
    }

    /// Says that a literal is discouraged.
    fn lint(&mut self, lint: Lint, span: Span, message: impl FnOnce() -> String) {
        match lint {
            Lint::Ignore => {}
            Lint::Warn => (self.env.warn)(span, &message()),
            Lint::Fatal => {
                self.error(Code::Syntax, span, message());
            }
        }
    }

    fn pair(&mut self, tree: Tree<'_>) -> Option<(&'a Expr<'a>, &'a Expr<'a>)> {
        let mut nodes = tree.nodes();
        let (left, right) = (nodes.next()?, nodes.next()?);
        Some((self.sub(left), self.sub(right)))
    }

    /// Lowers an expression. `name` is what it is bound to, if anything: functions carry it.
    fn expr(&mut self, tree: Tree<'_>, name: Option<Symbol>) -> Expr<'a> {
        let tree = inside(tree);
        let span = self.span(tree);
        let starts_frame = std::mem::take(&mut self.starts_frame);
        if !self.has_stack(span) || tree.is_broken() && !keeps_what_is_valid(tree.kind()) {
            return Expr { kind: ExprKind::Broken, span };
        }
        let kind = match tree.kind() {
            NODE_LITERAL => self.literal(tree),
            NODE_IDENT => Some(self.variable(tree.token_text(), span)),
            NODE_STRING => {
                self.refuse_nul(tree);
                Some(self.string(tree))
            }
            NODE_PATH_ABS | NODE_PATH_REL | NODE_PATH_HOME => self.path(tree),
            NODE_PATH_SEARCH => Some(self.search_path(tree)),
            NODE_CUR_POS => Some(ExprKind::Const((self.env.current_position)(span))),
            NODE_ATTR_SET => Some(self.attr_set(tree)),
            NODE_LET_IN => self.let_in(tree, starts_frame),
            NODE_LEGACY_LET => Some(self.legacy_let(tree)),
            NODE_LIST => Some(self.list(tree)),
            NODE_LAMBDA => self.lambda(tree, name),
            NODE_APPLY => self.apply(tree),
            NODE_SELECT => self.select(tree),
            NODE_HAS_ATTR => self.has_attr(tree),
            NODE_IF_ELSE => self.if_else(tree),
            NODE_ASSERT => self.pair(tree).map(|(condition, body)| ExprKind::Assert { condition, body }),
            NODE_WITH => self.with(tree),
            NODE_BIN_OP => self.binary(tree),
            NODE_UNARY_OP => self.unary(tree),
            _ => None,
        };
        match kind {
            Some(kind) => Expr { kind, span },
            None => self.failed(tree),
        }
    }

    fn literal(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let span = self.span(tree);
        let Some(Element::Token { kind, text, .. }) = tree.elements().next() else { return None };
        let value = match kind {
            TOKEN_INTEGER => match text.parse::<i64>() {
                Ok(int) => Value::Int(int),
                Err(_) => {
                    self.error(Code::Syntax, span, format!("invalid integer '{text}'")).help =
                        Some(format!("integers go up to {}", i64::MAX));
                    return None;
                }
            },
            TOKEN_FLOAT => match crate::text::float::parse_literal(text) {
                Some(float) => Value::float(float),
                None => {
                    self.error(Code::Syntax, span, format!("invalid float '{text}'"));
                    return None;
                }
            },
            TOKEN_URI => {
                let lint = self.env.lints.urls;
                let word = if lint == Lint::Fatal { "disallowed" } else { "discouraged" };
                self.lint(lint, span, || {
                    format!(
                        "URL literals are {word}. Consider using a string literal \"{text}\" instead \
                         (lint-url-literals)"
                    )
                });
                self.constant_string(text.as_bytes())
            }
            _ => return None,
        };
        Some(ExprKind::Const(value))
    }

    fn variable(&mut self, text: &str, span: Span) -> ExprKind<'a> {
        let name = self.env.symbols.intern(text.as_bytes());
        let global = self.env.globals.get(&name);
        match self.scopes.resolve(name, global.is_some()) {
            Resolution::Slot { up: 0, slot } => ExprKind::Local(slot),
            Resolution::Slot { up, slot } => ExprKind::Outer { up, slot },
            Resolution::Dynamic(scopes) => {
                ExprKind::Dynamic { name, scopes: self.slice(scopes), hint: Cell::new(NEVER) }
            }
            Resolution::Free => match global {
                Some(&value) => ExprKind::Const(value),
                None => self.undefined(text, span),
            },
        }
    }

    fn list(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        let strays = tree.nodes().filter(|node| node.kind() == NODE_ERROR);
        if tree.in_broken_text()
            && strays.into_iter().any(|stray| !matches!(stray.text(), "," | ";" | ")" | "}"))
        {
            return ExprKind::Broken;
        }
        let items = tree.nodes().filter(|node| node.kind() != NODE_ERROR).map(|item| self.expr(item, None));
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            return ExprKind::Const(Value::List(self.env.arena.alloc(crate::value::List { items: &[] })));
        }
        ExprKind::List(self.slice(items))
    }

    fn if_else(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let mut nodes = tree.nodes();
        let (condition, then, otherwise) = (nodes.next()?, nodes.next()?, nodes.next()?);
        Some(ExprKind::If {
            condition: self.sub(condition),
            then: self.sub(then),
            otherwise: self.sub(otherwise),
        })
    }

    fn with(&mut self, tree: Tree<'_>) -> Option<ExprKind<'a>> {
        let mut nodes = tree.nodes();
        let (scope, body) = (nodes.next()?, nodes.next()?);
        let scope = self.sub(scope);
        self.scopes.push(Scope::With);
        let body = self.sub(body);
        self.scopes.pop();
        Some(ExprKind::With { scope, body })
    }

    fn let_in(&mut self, tree: Tree<'_>, starts_frame: bool) -> Option<ExprKind<'a>> {
        let body = tree.nodes().filter(|node| !bindings::is_binding(*node)).last()?;
        let set = self.collect_bindings(tree, true);
        for dynamic in &set.dynamic {
            let span = dynamic.span;
            self.error(Code::Syntax, span, "dynamic attributes not allowed in let");
        }
        Some(self.lower_let(set, body, starts_frame))
    }

    fn attr_set(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        let set = self.collect_bindings(tree, tree.first_kind() == TOKEN_REC);
        self.lower_set(set)
    }

    fn legacy_let(&mut self, tree: Tree<'_>) -> ExprKind<'a> {
        let span = self.span(tree);
        let set = self.collect_bindings(tree, true);
        let kind = self.lower_set(set);
        ExprKind::select_one(self.alloc(Expr { kind, span }), well_known::BODY)
    }

    fn empty_set(&self) -> Value<'a> {
        Value::Attrs(self.env.arena.alloc(Attrs::empty()))
    }
}

/// What is inside of any number of parentheses.
fn inside(mut tree: Tree<'_>) -> Tree<'_> {
    while tree.kind() == NODE_PAREN && !tree.is_broken() {
        match tree.nodes().next() {
            Some(inner) => tree = inner,
            None => break,
        }
    }
    tree
}

/// Whether a construct is of use though something in it is not valid: the rest of its bindings or elements is known.
fn keeps_what_is_valid(kind: SyntaxKind) -> bool {
    matches!(kind, NODE_ATTR_SET | NODE_LET_IN | NODE_LEGACY_LET | NODE_LIST)
}

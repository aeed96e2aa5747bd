//! What decided that an evaluation fails on purpose: of `assert cpus <= 8` the number of CPUs, of
//! `if size == "s" then … else throw "unknown size"` the size. Where the user gave that elsewhere, it is to change, and not
//! the function that finds fault with it.
//!
//! A failure that somebody throws is open: on its way out the conditions are looked at that stand around what failed, until
//! there are some. One that was passed to a function, as in `assertMsg (cpus <= 8) "…"`, is looked at where it was written.

use launchnix_diagnostics::{Role, Span};

use super::Evaluator;
use crate::error::{Error, Open};
use crate::ir::{AttrName, Expr, ExprKind, Part};
use crate::value::{Env, Value};

/// A call in tail position whose function was being evaluated when something failed.
#[derive(Clone, Copy)]
pub(super) struct TailCall<'a> {
    pub(super) call: &'a Expr<'a>,
    pub(super) body: &'a Expr<'a>,
    pub(super) scope: Env<'a>,
}

/// What an expression on the way to a failure asked before it went there.
struct Asked<'a> {
    what: What<'a>,
    env: Env<'a>,
}

enum What<'a> {
    Condition(&'a Expr<'a>),
    /// The names of a selection that found nothing.
    Names(&'a [AttrName<'a>]),
}

/// The most expressions of conditions that are looked at: what is longer no single value decides, and a hostile one would
/// take a stack or a time without an end.
const MAX_ASKED: usize = 200;

/// Where the values were written that decided something.
#[derive(Default)]
struct Deciders {
    /// How many expressions were looked at.
    asked: usize,
    /// Numbers, strings and the like.
    scalars: Vec<Span>,
    /// Lists, sets, and names of attributes.
    others: Vec<Span>,
    /// A condition that was written elsewhere, and passed on.
    passed: Option<Span>,
    /// Whether there was a number that was computed.
    computed: bool,
}

impl<'a> Evaluator<'a> {
    /// Looks for what decided a failure that leaves an expression, and the function that this called last.
    #[cold]
    pub(super) fn leaving(
        &self,
        mut error: Error,
        expr: &'a Expr<'a>,
        env: Env<'a>,
        tail: Option<TailCall<'a>>,
    ) -> Error {
        if let Some(TailCall { call, body, scope }) = tail {
            error = self.decide_within(error, body, scope);
            if let Some(Open::Failed(place)) = error.open
                && body.span.contains(place)
            {
                error.open = Some(Open::Failed(call.span));
            }
        }
        self.decide_within(error, expr, env)
    }

    /// Looks for what decided an open failure among the conditions of an expression.
    fn decide_within(&self, error: Error, expr: &'a Expr<'a>, env: Env<'a>) -> Error {
        let asked = match error.open {
            Some(Open::Failed(place)) => self.asked_on_the_way(expr, env, place),
            Some(Open::Passed(condition)) => condition_given(expr, env, condition).into_iter().collect(),
            None => return error,
        };
        if asked.is_empty() { error } else { self.decide(error, &asked, Role::Thrown) }
    }

    /// Blames what decided an assertion.
    #[cold]
    pub(super) fn decide_assertion(&self, error: Error, condition: &'a Expr<'a>, env: Env<'a>) -> Error {
        if !self.tracing {
            return error;
        }
        let whole = error.span;
        let mut error = self.decide(error, &[Asked { what: What::Condition(condition), env }], Role::False);
        if error.span != whole
            && let Some(first) = error.frames.first_mut()
        {
            first.span = Some(condition.span);
        }
        error
    }

    fn decide(&self, mut error: Error, asked: &[Asked<'a>], failed_as: Role) -> Error {
        let Some(failed) = error.span else { return error };
        let mut deciders = Deciders::default();
        for Asked { what, env } in asked {
            match what {
                What::Condition(condition) => self.collect_deciders(condition, *env, &mut deciders),
                What::Names(names) => self.collect_names(names, *env, &mut deciders),
            }
        }
        let decider = self.decider(&deciders, failed, &error);
        error.open = match decider {
            None => deciders.passed.filter(|passed| *passed != failed).map(Open::Passed),
            Some(_) => None,
        };
        let Some(decider) = decider.filter(|decider| !failed.contains(*decider)) else { return error };
        let is_sought = matches!(asked, [.., Asked { what: What::Names(_), .. }]);
        error.frames.retain(|frame| frame.span.is_none_or(|span| !decider.contains(span)));
        // What else the words are made of is right, or is what there is to choose from.
        if is_sought {
            error.frames.retain(|frame| frame.role != Some(Role::Source));
        }
        error.decided_at(decider, if is_sought { Role::Missed } else { failed_as })
    }

    /// The one value that is to change, if there is one: what a caller gave before what the function has.
    fn decider(&self, deciders: &Deciders, failed: Span, error: &Error) -> Option<Span> {
        // What comes later in the file than the failure calls it; what comes before is what it compares with.
        let is_given = |span: &&Span| span.source != failed.source || span.start >= failed.end;
        let given = |places: &[Span]| places.iter().filter(is_given).copied().collect::<Vec<_>>();
        let (scalars, others) = (given(&deciders.scalars), given(&deciders.others));
        if let Some(subject) = self.subject(&scalars).or_else(|| self.subject(&others)) {
            return Some(subject);
        }
        match (deciders.scalars.as_slice(), deciders.others.as_slice()) {
            _ if deciders.passed.is_some() => None,
            ([first, rest @ ..], []) if rest.iter().all(|other| other == first) => Some(*first),
            // Beside a number that was computed, what the function has says only what it is about.
            _ => self.only_word(error).filter(|word| !deciders.computed || is_given(&word)),
        }
    }

    /// Of the values that a condition looks at the one that it is about: what stands in data, what comes last in a file, where
    /// the machines are, or what is compared with the others.
    fn subject(&self, places: &[Span]) -> Option<Span> {
        let source_map = self.source_map.borrow();
        let in_data = places.iter().copied().find(|place| source_map.get(place.source).is_data());
        let first = *places.first()?;
        let last =
            places.iter().copied().max().filter(|last| places.iter().all(|one| one.source == last.source));
        in_data.or(last).or(Some(first))
    }

    /// The one part of the words of a failure that was written elsewhere as a value.
    fn only_word(&self, error: &Error) -> Option<Span> {
        let source_map = self.source_map.borrow();
        let written = |part: Span| {
            let text = source_map.get(part.source).text();
            let (start, end) = (part.start as usize, part.end as usize);
            let is_quoted = text.get(..start)?.ends_with('"') && text.get(end..)?.starts_with('"');
            if is_quoted {
                return Some(Span::new(part.source, part.start - 1, part.end + 1));
            }
            is_literal(source_map.slice(part)).then_some(part)
        };
        let words = error.frames.iter().filter(|frame| frame.role == Some(Role::Source));
        let mut written = words.filter_map(|frame| written(frame.span?));
        written.next().filter(|_| written.next().is_none())
    }

    /// What was asked on the way from an expression to a part of it that it gives on.
    fn asked_on_the_way(&self, mut expr: &'a Expr<'a>, mut env: Env<'a>, to: Span) -> Vec<Asked<'a>> {
        let mut asked = Vec::new();
        while expr.span != to {
            let (next, what) = match &expr.kind {
                ExprKind::If { condition, then, otherwise } => {
                    let branch = if then.span.contains(to) { then } else { otherwise };
                    (*branch, Some(What::Condition(condition)))
                }
                ExprKind::Or(left, right) | ExprKind::And(left, right) | ExprKind::Implies(left, right) => {
                    let is_left = left.span.contains(to);
                    (if is_left { *left } else { *right }, (!is_left).then_some(What::Condition(left)))
                }
                ExprKind::Select { path, default: Some(default), .. } => (*default, Some(What::Names(path))),
                ExprKind::Assert { body, .. } | ExprKind::LetHere { body, .. } | ExprKind::Not(body) => {
                    (*body, None)
                }
                ExprKind::LetRec { set, body } => {
                    env = self.let_scope(set, env);
                    (*body, None)
                }
                ExprKind::With { scope, body } => {
                    env = Env::inside(self.arena, 1, |_| self.delay(scope, env), env);
                    (*body, None)
                }
                _ => return Vec::new(),
            };
            if !next.span.contains(to) {
                return Vec::new();
            }
            asked.extend(what.map(|what| Asked { what, env }));
            expr = next;
        }
        asked
    }

    /// Adds the places of the values that a condition looks at.
    fn collect_deciders(&self, condition: &'a Expr<'a>, env: Env<'a>, out: &mut Deciders) {
        out.asked += 1;
        if out.asked > MAX_ASKED {
            return;
        }
        match &condition.kind {
            ExprKind::Local(_)
            | ExprKind::Outer { .. }
            | ExprKind::Dynamic { .. }
            | ExprKind::SelectOne { .. }
            | ExprKind::Select { .. } => self.collect_value(condition, env, out),
            ExprKind::And(left, right) => self.collect_operands(left, right, false, env, out),
            ExprKind::Or(left, right) => self.collect_operands(left, right, true, env, out),
            ExprKind::Not(of) | ExprKind::Negate(of) => self.collect_deciders(of, env, out),
            ExprKind::Equal(left, right)
            | ExprKind::NotEqual(left, right)
            | ExprKind::Compare(_, left, right)
            | ExprKind::Implies(left, right)
            | ExprKind::Add(left, right)
            | ExprKind::Arithmetic(_, left, right) => {
                self.collect_deciders(left, env, out);
                self.collect_deciders(right, env, out);
            }
            ExprKind::Call { args, .. } => args.iter().for_each(|arg| self.collect_deciders(arg, env, out)),
            ExprKind::HasAttr { base, path } => {
                self.collect_names(path, env, out);
                self.collect_deciders(base, env, out);
            }
            ExprKind::Interpolation(parts) => {
                for part in *parts {
                    if let Part::Expr(part) = part {
                        self.collect_deciders(part, env, out);
                    }
                }
            }
            _ => {}
        }
    }

    /// Of `a && b` that is false the operand decides that is false; of one that is true both do. Of `a || b` it is the
    /// other way around.
    fn collect_operands(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        decisive: bool,
        env: Env<'a>,
        out: &mut Deciders,
    ) {
        let decides =
            |operand| matches!(self.eval(operand, env), Ok(Value::Bool(value)) if value.get() == decisive);
        let is_left = decides(left);
        let is_right = !is_left && decides(right);
        for (operand, is_it) in [(left, is_left), (right, is_right)] {
            if is_it || !is_left && !is_right {
                self.collect_deciders(operand, env, out);
            }
        }
    }

    fn collect_names(&self, names: &'a [AttrName<'a>], env: Env<'a>, out: &mut Deciders) {
        for name in names {
            if let AttrName::Dynamic(name) = name {
                self.collect_deciders(name, env, out);
            }
        }
    }

    fn collect_value(&self, operand: &'a Expr<'a>, env: Env<'a>, out: &mut Deciders) {
        let Some(made) = self.made_of(operand, env) else { return };
        let place = self.span_of(made);
        let Ok(value) = self.eval(operand, env) else { return };
        if operand.span.contains(place) || self.is_library(place) {
            return;
        }
        let source_map = self.source_map.borrow();
        let written = source_map.slice(place);
        match value {
            Value::String(_) if made.name_of().is_some() => out.others.push(place),
            Value::Bool(_) if !matches!(written, "true" | "false") => out.passed = Some(place),
            Value::List(_) if written.starts_with('[') => out.others.push(place),
            Value::Attrs(_) if written.starts_with('{') => out.others.push(place),
            Value::Int(_)
            | Value::Float(_)
            | Value::Bool(_)
            | Value::Null
            | Value::String(_)
            | Value::Path(_)
                if is_literal(written) =>
            {
                out.scalars.push(place);
            }
            Value::Int(_) | Value::Float(_) => out.computed = true,
            _ => {}
        }
    }
}

/// The condition that stands at a place, where an expression is a call that gives it to a function.
fn condition_given<'a>(expr: &'a Expr<'a>, env: Env<'a>, at: Span) -> Option<Asked<'a>> {
    let ExprKind::Call { args, .. } = &expr.kind else { return None };
    let condition = args.iter().find(|argument| argument.span == at)?;
    Some(Asked { what: What::Condition(condition), env })
}

/// Whether something is written as what it is, and is not put together.
fn is_literal(written: &str) -> bool {
    let is_word = matches!(written, "true" | "false" | "null");
    let starts = |first: char| first.is_ascii_digit() || matches!(first, '"' | '\'' | '-' | '.' | '/' | '<');
    is_word || written.starts_with(starts) && !written.contains("${")
}

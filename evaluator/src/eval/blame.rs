//! What there is to change where an expression fails: an operand, or what the user wrote elsewhere that it is the value of.

use launchnix_diagnostics::{Role, Span, ValueType};

use super::trace::Made;
use super::{Evaluator, lossy};
use crate::error::{Error, Failure};
use crate::ir::{Expr, ExprKind};
use crate::symbol::Symbol;
use crate::value::{Attrs, Env, Value};

impl<'a> Evaluator<'a> {
    /// A failure over the value of an operand. Where the user wrote that value elsewhere, that is what to change.
    #[cold]
    pub(super) fn blame_operand(&self, error: Error, operand: &'a Expr<'a>, env: Env<'a>) -> Error {
        let error = error.at(operand.span);
        if let Some(passed) = self.function_passed_at(operand, env) {
            return error.passed_at(passed);
        }
        match self.made_elsewhere(operand, env) {
            Some(made) => error.made_at(made),
            None => error,
        }
    }

    /// Where a function with a name was passed on last that an operand is the value of: there it could have been called.
    fn function_passed_at(&self, operand: &'a Expr<'a>, env: Env<'a>) -> Option<Span> {
        let made = self.made_of(operand, env)?;
        let Ok(Value::Closure(closure)) = self.eval(operand, env) else { return None };
        let is_passed = |span: &Span| {
            *span != operand.span
                && !self.is_library(*span)
                && !closure.lambda.span.contains(*span)
                && !self.is_inherited_from(*span, operand.span)
        };
        std::iter::once(self.span_of(made)).chain(made.route()).filter(is_passed).last()
    }

    /// Whether `inherit (source) name` has a source and a name at two places.
    fn is_inherited_from(&self, source: Span, name: Span) -> bool {
        if source.source != name.source || source.end > name.start {
            return false;
        }
        let source_map = self.source_map.borrow();
        let between = source_map.slice(Span::new(name.source, source.end, name.start));
        between.starts_with(')') && !between.contains([';', '=', '(', '{', '['])
    }

    /// A failure to compare an operand, or to divide by it. Where the user wrote its value elsewhere, that is what to change.
    #[cold]
    pub(super) fn blame_compared(
        &self,
        error: Error,
        operand: &'a Expr<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Error {
        let is_written = self.tracing && matches!(operand.kind, ExprKind::Const(_));
        let error = error.at(if is_written { operand.span } else { expr.span });
        match self.made_elsewhere(operand, env) {
            Some(made) => error.made_at(made),
            None => error,
        }
    }

    /// A failure to make a string of an operand: what to change is how it is used, and where it is from helps.
    #[cold]
    pub(super) fn cannot_join(&self, error: Error, operand: &'a Expr<'a>, env: Env<'a>) -> Error {
        let error = error.at(operand.span);
        let Some(made) = self.made_elsewhere(operand, env) else { return error };
        match self.eval(operand, env) {
            Ok(value) if error.span == Some(operand.span) => self.not_a_text(error, value, made),
            _ => error.frame(Some(made), Role::Value),
        }
    }

    /// A failure to make a string of a value that was written elsewhere. Where the same expression was given a string by
    /// others, the value is to change.
    #[cold]
    pub(super) fn not_a_text(&self, mut error: Error, value: Value<'a>, made: Span) -> Error {
        let used = error.span.unwrap_or(self.site.get().span);
        self.note_not_joined(used, made);
        if self.is_part_of_joined(used)
            && let Ok(value @ (Value::Int(_) | Value::Float(_) | Value::Bool(_))) = self.force(value)
        {
            let shown = self.show_value(value);
            if self.source_map.borrow().slice(made) == shown {
                let of_type = self.type_error(ValueType::String, value);
                (error.message, error.fault) = (of_type.message, of_type.fault);
                error.help = Some(format!("put it in quotes: `\"{shown}\"`"));
                return error.at(used).made_at(made);
            }
        }
        error.frame(Some(made), Role::Value)
    }

    /// A failure to find an attribute that other sets had, so that this one is to blame.
    #[cold]
    pub(super) fn lacking_here(
        &self,
        mut error: Error,
        name: Symbol,
        attrs: &'a Attrs<'a>,
        made: Option<Span>,
    ) -> Error {
        let Some(made) = made else { return error };
        let name = lossy(self.symbols.name(name));
        let entries = attrs.entries(self.arena);
        let names = entries.iter().map(|attr| self.symbols.name(attr.name));
        let similar = crate::suggest::meant(&name, names, self.settings.synonyms);
        let part = self.own_part(attrs);
        let common = part.as_ref().and_then(|part| part.common);
        let key = similar.and_then(|similar| {
            let attr = entries.iter().find(|attr| lossy(self.symbols.name(attr.name)) == similar)?;
            // What this set has in common with those that have the attribute is right as it is.
            self.key_span(attr.position).filter(|key| !common.is_some_and(|common| common.contains(*key)))
        });
        match key {
            Some(key) => {
                error.help = Some(format!("Did you mean {name}?"));
                error.made_at(key)
            }
            // Of `common // own` it is `own` that differs from the other sets.
            None => {
                let own = part.map(|part| part.own);
                let own = own.filter(|own| !made.contains(*own) && !self.is_library(*own));
                error.made_at(own.unwrap_or(made))
            }
        }
    }

    /// A name that is looked for in a set of `with` which lacks it, where it may be that others had it.
    #[cold]
    pub(super) fn unbound_here(
        &self,
        error: Error,
        name: Symbol,
        scopes: &[u32],
        is_known: bool,
        env: Env<'a>,
    ) -> Error {
        let of_user = scopes.iter().find_map(|&up| {
            let scope = env.ancestor(up).slot(0);
            let Ok(Value::Attrs(attrs)) = self.force(scope) else { return None };
            Some((attrs, self.place(scope).filter(|made| !self.is_library(*made))?))
        });
        let (Some((attrs, made)), Some(used)) = (of_user.filter(|_| self.tracing), error.span) else {
            return error;
        };
        if !is_known {
            return lacking(error, Some(made));
        }
        let missing = Failure::missing_attribute(self.symbols.name(name)).at(used);
        self.lacking_here(missing, name, attrs, Some(made))
    }

    /// What is asked for in a set is no string. A number that is the name of an attribute was not made a string; any
    /// other value that the user wrote elsewhere is to change there.
    #[cold]
    pub(super) fn is_no_name(
        &self,
        error: Error,
        value: Value<'a>,
        set: Value<'a>,
        expr: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Error {
        let is_name = match (value, set) {
            (Value::String(_), _) => true,
            (Value::Int(number), Value::Attrs(attrs)) => {
                let name = self.symbols.intern(number.to_string().as_bytes());
                attrs.get(name).is_some()
            }
            _ => false,
        };
        if is_name { self.cannot_join(error, expr, env) } else { self.blame_operand(error, expr, env) }
    }

    /// Where the user wrote what an attribute holds, if that is not where it is selected.
    #[cold]
    pub(super) fn written_outside(&self, held: Value<'a>, selection: &Expr<'a>) -> Option<Span> {
        let place = if self.tracing { self.place(held) } else { None };
        place.filter(|place| !selection.span.contains(*place) && !self.is_library(*place))
    }

    /// Where the user wrote the value of an operand, if that is not where it stands.
    pub(super) fn made_elsewhere(&self, operand: &'a Expr<'a>, env: Env<'a>) -> Option<Span> {
        let made = self.span_of(self.made_of(operand, env)?);
        (!operand.span.contains(made) && !self.is_library(made)).then_some(made)
    }

    /// Where the value of an operand comes from.
    pub(super) fn made_of(&self, operand: &'a Expr<'a>, env: Env<'a>) -> Option<Made<'a>> {
        if !self.tracing {
            return None;
        }
        // What is known already may have been found without a note of where it is from.
        self.take_origin();
        self.eval(operand, env).ok()?;
        self.take_origin()
    }

    /// What is called and is no function: an argument of the function around, most likely, is what to change.
    #[cold]
    pub(super) fn blame_callee(&self, error: Error, call: &'a Expr<'a>, env: Env<'a>) -> Error {
        let ExprKind::Call { function, .. } = &call.kind else { return error };
        let is_name = matches!(function.kind, ExprKind::Local(_) | ExprKind::Outer { .. });
        if !is_name || error.span.is_some() || !error.is_no_function() {
            return error;
        }
        // What was written before is more likely called by mistake.
        match self.made_elsewhere(function, env) {
            Some(made) if made.source == call.span.source && made.start >= call.span.end => {
                error.at(function.span).made_at(made)
            }
            _ => error,
        }
    }

    /// Of `common // own` that lacks an argument, `own` is what differs from call to call.
    #[cold]
    pub(super) fn blame_part(&self, error: Error, argument: &'a Expr<'a>, env: Env<'a>) -> Error {
        let ExprKind::Update(_, own) = &argument.kind else { return error };
        if !error.is_missing_argument() {
            return error;
        }
        match self.made_elsewhere(own, env) {
            Some(made) => error.frame(Some(made), Role::Given),
            None => error,
        }
    }
}

/// A failure to find an attribute in a set, which may have been written elsewhere.
#[cold]
pub(super) fn lacking(error: Error, made: Option<Span>) -> Error {
    match made {
        Some(made) => error.frame(Some(made), Role::Lacking),
        None => error,
    }
}

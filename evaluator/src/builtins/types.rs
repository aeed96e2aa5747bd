//! Asking for types.

use super::derivation::Place;
use super::{Builtin, Wanted, computes};
use crate::error::Failure;
use crate::eval::Evaluator;
use crate::ir::Params;
use crate::symbol::well_known;
use crate::value::{AttrsBuilder, Partial, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("typeOf", 1, |e, a| Ok(e.string(e.force(a[0])?.type_name()))).forcing(&[(0, Wanted::Any)]),
    computes("isNull", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Null))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isBool", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Bool(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isInt", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Int(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isFloat", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Float(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isString", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::String(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isPath", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Path(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isList", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::List(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isAttrs", 1, |e, a| Ok(Value::bool(matches!(e.force(a[0])?, Value::Attrs(_)))))
        .forcing(&[(0, Wanted::Any)]),
    computes("isFunction", 1, |e, a| Ok(Value::bool(e.force(a[0])?.is_function())))
        .forcing(&[(0, Wanted::Any)]),
    computes("functionArgs", 1, |e, a| {
        let value = Evaluator::behind_shared(e.force(a[0])?);
        // A function of the language in Nix, built in here.
        if let Value::Builtin(builtin) = value
            && builtin.name == "derivation"
        {
            let mut result = AttrsBuilder::with_capacity(e.arena, 1);
            result.push(well_known::OUTPUTS, Place::OutputsArgument.position(), Value::bool(true));
            return Ok(result.finish_value());
        }
        let lambda = match value {
            Value::Closure(closure) => Some(closure.lambda),
            Value::Builtin(_) | Value::Partial(Partial { .. }) => None,
            _ => return Err(Failure::other("'functionArgs' requires a function")),
        };
        let formals = match lambda.map(|lambda| &lambda.params) {
            Some(Params::Pattern(pattern)) => pattern.formals,
            _ => &[],
        };
        let mut result = AttrsBuilder::with_capacity(e.arena, formals.len());
        for formal in formals {
            result.push(formal.name, formal.position, Value::bool(formal.default.is_some()));
        }
        Ok(result.finish_value())
    })
    .forcing(&[(0, Wanted::Any)]),
];

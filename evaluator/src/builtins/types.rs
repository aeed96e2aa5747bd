//! Asking for types.

use super::{Builtin, computes};
use crate::error::Failure;
use crate::ir::Params;
use crate::value::{AttrsBuilder, Partial, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("typeOf", 1, |e, a| Ok(e.string(e.force(a[0])?.type_name()))),
    computes("isNull", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Null)))),
    computes("isBool", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Bool(_))))),
    computes("isInt", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Int(_))))),
    computes("isFloat", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Float(_))))),
    computes("isString", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::String(_))))),
    computes("isPath", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Path(_))))),
    computes("isList", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::List(_))))),
    computes("isAttrs", 1, |e, a| Ok(Value::Bool(matches!(e.force(a[0])?, Value::Attrs(_))))),
    computes("isFunction", 1, |e, a| Ok(Value::Bool(e.force(a[0])?.is_function()))),
    computes("functionArgs", 1, |e, a| {
        let value = e.force(a[0])?;
        // A function of the language in Nix, built in here.
        if let Value::Builtin(builtin) = value
            && builtin.name == "derivation"
        {
            return Ok(e.attrs(&[("outputs", Value::Bool(true))]));
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
            result.push(formal.name, formal.position, Value::Bool(formal.default.is_some()));
        }
        Ok(result.finish_value())
    }),
];

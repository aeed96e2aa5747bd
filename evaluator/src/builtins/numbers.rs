//! Arithmetic, bits and comparison.

use launchnix_diagnostics::{Fault, ValueType};

use super::{Builtin, Wanted, computes};
use crate::error::{Error, Failure};
use crate::eval::{Evaluator, Result};
use crate::ir::Arithmetic;
use crate::value::Value;

pub(super) static ALL: &[Builtin] = &[
    computes("add", 2, |e, a| e.sum(e.force(a[0])?, e.force(a[1])?).map_err(|error| blame_one(e, error, a)))
        .forcing(&[(0, Wanted::Any), (1, Wanted::Any)]),
    computes("sub", 2, |e, a| arithmetic(e, Arithmetic::Sub, a))
        .forcing(&[(0, Wanted::Any), (1, Wanted::Any)]),
    computes("mul", 2, |e, a| arithmetic(e, Arithmetic::Mul, a))
        .forcing(&[(0, Wanted::Any), (1, Wanted::Any)]),
    computes("div", 2, |e, a| arithmetic(e, Arithmetic::Div, a))
        .forcing(&[(0, Wanted::Any), (1, Wanted::Any)]),
    computes("lessThan", 2, |e, a| {
        Ok(Value::bool(e.less_than(a[0], a[1]).map_err(|error| blame_one(e, error, a))?))
    }),
    computes("bitAnd", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? & e.expect_int(a[1])?))),
    computes("bitOr", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? | e.expect_int(a[1])?))),
    computes("bitXor", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? ^ e.expect_int(a[1])?))),
    computes("ceil", 1, |e, a| round(e, a[0], f64::ceil)),
    computes("floor", 1, |e, a| round(e, a[0], f64::floor)),
];

fn arithmetic<'a>(e: &Evaluator<'a>, operation: Arithmetic, a: &[Value<'a>]) -> Result<Value<'a>> {
    e.arithmetic(operation, e.force(a[0])?, e.force(a[1])?).map_err(|error| blame_one(e, error, a))
}

/// Blames the one of two arguments that is no number, or else a divisor.
#[cold]
fn blame_one<'a>(e: &Evaluator<'a>, error: Error, a: &[Value<'a>]) -> Error {
    let is_number = |value: Value<'a>| matches!(e.force(value), Ok(Value::Int(_) | Value::Float(_)));
    match (is_number(a[0]), is_number(a[1])) {
        (true, false) => e.blame_argument(error, a[1]),
        (false, true) => e.blame_argument(error, a[0]),
        (true, true) if error.fault == Some(Fault::DivisionByZero) => e.blame_argument(error, a[1]),
        _ => error,
    }
}

fn round<'a>(evaluator: &Evaluator<'a>, value: Value<'a>, rounded: fn(f64) -> f64) -> Result<Value<'a>> {
    match evaluator.force(value)? {
        Value::Int(int) => whole(int),
        Value::Float(float) => {
            let result = rounded(float.get());
            // 2^63 is the first float beyond the integers.
            if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&result) {
                #[expect(clippy::cast_possible_truncation, reason = "whole, and in range")]
                Ok(Value::Int(result as i64))
            } else {
                let float = crate::text::float::print(float.get());
                Err(Failure::other(format!("NixFloat argument {float} is not in the range of NixInt")))
            }
        }
        other => Err(evaluator.blame_argument(evaluator.type_error(ValueType::Float, other), value)),
    }
}

/// An integer, unless it is one that older versions of Nix took for another: there Nix gives nothing rather than
/// something else than before.
fn whole<'a>(int: i64) -> Result<Value<'a>> {
    #[expect(clippy::cast_precision_loss, reason = "this is what was wrong")]
    let float = int as f64;
    let wrong = if float >= 9_223_372_036_854_775_808.0 {
        format!("the NixInt argument {int} caused undefined behavior in previous Nix versions")
    } else {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and in range")]
        let rounded = float as i64;
        if rounded == int {
            return Ok(Value::Int(int));
        }
        format!(
            "a loss of precision occurred in previous Nix versions because the NixInt argument {int} was rounded \
             to {rounded}"
        )
    };
    Err(Failure::other(format!(
        "Due to a bug (see https://github.com/NixOS/nix/issues/12899) {wrong}.\nFuture Nix versions might \
         implement the correct behavior."
    )))
}

#[cfg(test)]
mod tests {
    use super::whole;

    /// What Nix says cannot be a case: its second line is indented at random.
    #[test]
    fn integers_that_no_float_holds_are_not_rounded() {
        for exact in [0, -7, 1 << 53, i64::MIN] {
            assert!(whole(exact).is_ok(), "{exact}");
        }
        for inexact in [(1 << 53) + 1, i64::MIN + 1, i64::MAX] {
            assert!(whole(inexact).is_err(), "{inexact}");
        }
    }
}

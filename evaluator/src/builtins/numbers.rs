//! Arithmetic, bits and comparison.

use super::{Builtin, computes};
use crate::error::Failure;
use crate::eval::{Evaluator, Result};
use crate::ir::Arithmetic;
use crate::value::Value;

pub(super) static ALL: &[Builtin] = &[
    computes("add", 2, |e, a| e.sum(e.force(a[0])?, e.force(a[1])?)),
    computes("sub", 2, |e, a| e.arithmetic(Arithmetic::Sub, e.force(a[0])?, e.force(a[1])?)),
    computes("mul", 2, |e, a| e.arithmetic(Arithmetic::Mul, e.force(a[0])?, e.force(a[1])?)),
    computes("div", 2, |e, a| e.arithmetic(Arithmetic::Div, e.force(a[0])?, e.force(a[1])?)),
    computes("lessThan", 2, |e, a| Ok(Value::Bool(e.less_than(a[0], a[1])?))),
    computes("bitAnd", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? & e.expect_int(a[1])?))),
    computes("bitOr", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? | e.expect_int(a[1])?))),
    computes("bitXor", 2, |e, a| Ok(Value::Int(e.expect_int(a[0])? ^ e.expect_int(a[1])?))),
    computes("ceil", 1, |e, a| round(e, a[0], f64::ceil)),
    computes("floor", 1, |e, a| round(e, a[0], f64::floor)),
];

fn round<'a>(evaluator: &Evaluator<'a>, value: Value<'a>, rounded: fn(f64) -> f64) -> Result<Value<'a>> {
    match evaluator.force(value)? {
        Value::Int(int) => Ok(Value::Int(int)),
        Value::Float(float) => {
            let result = rounded(float);
            // 2^63 is the first float beyond the integers.
            if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&result) {
                #[expect(clippy::cast_possible_truncation, reason = "whole, and in range")]
                Ok(Value::Int(result as i64))
            } else {
                let float = crate::text::float::print(float);
                Err(Failure::other(format!("NixFloat argument {float} is not in the range of NixInt")))
            }
        }
        other => Err(evaluator.type_error("a float", other)),
    }
}

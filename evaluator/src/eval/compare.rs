//! Equality and order.

use super::operators::as_float;
use super::{Evaluator, Result};
use crate::error::{ErrorKind, Failure};
use crate::symbol::well_known;
use crate::value::{Attrs, Value};

impl<'a> Evaluator<'a> {
    /// `==`. Functions are never equal, except that a container is equal to itself.
    pub fn equal(&self, left: Value<'a>, right: Value<'a>) -> Result<bool> {
        self.step()?;
        let same = same_thunk(left, right);
        let (left, right) = (self.force(left)?, self.force(right)?);
        if same {
            // Nix compares values by address first, which makes shared functions inside of containers equal.
            return Ok(true);
        }
        match (left, right) {
            (Value::List(_), Value::List(_)) | (Value::Attrs(_), Value::Attrs(_)) => {
                self.deeper(|| self.equal_forced(left, right))
            }
            _ => self.equal_forced(left, right),
        }
    }

    fn equal_forced(&self, left: Value<'a>, right: Value<'a>) -> Result<bool> {
        Ok(match (left, right) {
            (Value::Int(left), Value::Int(right)) => left == right,
            #[expect(clippy::float_cmp, reason = "the language compares floats exactly")]
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                as_float(left) == as_float(right)
            }
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::String(left), Value::String(right)) => left.text == right.text,
            (Value::Path(left), Value::Path(right)) => left.text == right.text,
            (Value::List(left), Value::List(right)) => {
                if std::ptr::eq(left, right) && left.items.is_empty() {
                    return Ok(true);
                }
                if left.items.len() != right.items.len() {
                    return Ok(false);
                }
                for (&left, &right) in left.items.iter().zip(right.items) {
                    if !self.equal_inside(left, right)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Value::Attrs(left), Value::Attrs(right)) => self.equal_attrs(left, right)?,
            _ => false,
        })
    }

    /// Equality of elements of containers, where a function is equal to itself.
    pub(crate) fn equal_inside(&self, left: Value<'a>, right: Value<'a>) -> Result<bool> {
        // With tracing every variable that is used is a thunk of its own, so that only the functions themselves tell.
        let (left, right) =
            if self.tracing { (self.force(left)?, self.force(right)?) } else { (left, right) };
        if is_itself(left, right) {
            if matches!(left, Value::Builtin(_)) && self.settings.refuse_inexact && !self.is_exact() {
                return Err(Failure::new(ErrorKind::Inexact, "a comparison depends on what is delayed"));
            }
            return Ok(true);
        }
        self.equal(left, right)
    }

    fn equal_attrs(&self, left: &'a Attrs<'a>, right: &'a Attrs<'a>) -> Result<bool> {
        if self.is_derivation(left)?
            && self.is_derivation(right)?
            && let (Some(left), Some(right)) =
                (left.get(well_known::OUT_PATH), right.get(well_known::OUT_PATH))
        {
            return self.equal(left.value, right.value);
        }
        if left.len() != right.len() {
            return Ok(false);
        }
        let (left, right) = (left.entries(self.arena), right.entries(self.arena));
        for (left, right) in left.iter().zip(right) {
            if left.name != right.name || !self.equal_inside(left.value, right.value)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(crate) fn is_derivation(&self, attrs: &'a Attrs<'a>) -> Result<bool> {
        let Some(kind) = attrs.get(well_known::TYPE) else { return Ok(false) };
        Ok(matches!(self.force(kind.value)?, Value::String(string) if string.text == b"derivation"))
    }

    /// `<`, for numbers, strings, paths and lists of them.
    pub fn less_than(&self, left: Value<'a>, right: Value<'a>) -> Result<bool> {
        self.step()?;
        let (left, right) = (self.force(left)?, self.force(right)?);
        Ok(match (left, right) {
            (Value::Int(left), Value::Int(right)) => left < right,
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                as_float(left) < as_float(right)
            }
            (Value::String(left), Value::String(right)) => left.text < right.text,
            (Value::Path(left), Value::Path(right)) => left.text < right.text,
            (Value::List(left), Value::List(right)) => {
                for (&left, &right) in left.items.iter().zip(right.items) {
                    if !self.equal_inside(left, right)? {
                        return self.less_than(left, right);
                    }
                }
                left.items.len() < right.items.len()
            }
            _ => {
                let (first, second) = (self.show_value(left), self.show_value(right));
                let message = if left.type_name() == right.type_name() {
                    format!(
                        "cannot compare {} with {}; values of that type are incomparable (values are {first} and {second})",
                        left.describe(),
                        right.describe()
                    )
                } else {
                    format!(
                        "cannot compare {} with {}; values are {first} and {second}",
                        left.describe(),
                        right.describe()
                    )
                };
                return Err(Failure::other(message));
            }
        })
    }
}

fn same_thunk<'a>(left: Value<'a>, right: Value<'a>) -> bool {
    matches!((left, right), (Value::Thunk(left), Value::Thunk(right)) if std::ptr::eq(left, right))
}

/// Whether a value that is never equal to another one is the same: a function, or a float that is no number.
fn is_itself<'a>(left: Value<'a>, right: Value<'a>) -> bool {
    match (left, right) {
        // Of a variable either its thunk or its value is taken, so that these two are the same value. Two thunks
        // are not, even if they have the same function as their value.
        (Value::Thunk(thunk), other) | (other, Value::Thunk(thunk)) if !matches!(other, Value::Thunk(_)) => {
            is_itself(thunk.value.get(), other)
        }
        (Value::Closure(left), Value::Closure(right)) => std::ptr::eq(left, right),
        (Value::Builtin(left), Value::Builtin(right)) => std::ptr::eq(left, right),
        (Value::Partial(left), Value::Partial(right)) => std::ptr::eq(left, right),
        (Value::Float(left), Value::Float(right)) => left.get().is_nan() && right.get().is_nan(),
        _ => false,
    }
}

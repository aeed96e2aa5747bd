//! What makes two values unequal, for an assertion that they are equal.

use super::{Evaluator, Result, lossy};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::Expr;
use crate::symbol::well_known;
use crate::value::{Attrs, Env, Value};

impl<'a> Evaluator<'a> {
    /// Fails with the first difference, in Nix's words.
    pub(super) fn assert_operands_equal(
        &self,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
        env: Env<'a>,
    ) -> Result<()> {
        let left = self.eval(left, env)?;
        self.assert_equal(left, self.eval(right, env)?)
    }

    fn assert_equal(&self, left: Value<'a>, right: Value<'a>) -> Result<()> {
        let same =
            matches!((left, right), (Value::Thunk(left), Value::Thunk(right)) if std::ptr::eq(left, right));
        let (left, right) = (self.force(left)?, self.force(right)?);
        if same {
            return Ok(());
        }
        let differ = |what: &str| {
            let (left, right) = (self.show_value(left), self.show_value(right));
            Err(unequal(format!("{what} '{left}' is not equal to {what} '{right}'")))
        };
        let described = |with: &str| {
            let shown = [left, right]
                .map(|value| format!("{} {with} '{}'", value.describe(), self.show_value(value)));
            Err(unequal(shown.join(" is not equal to ")))
        };
        match (left, right) {
            (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
                if self.equal(left, right)? { Ok(()) } else { described("with value") }
            }
            (Value::List(left), Value::List(right)) if left.items.len() == right.items.len() => {
                self.deeper(|| {
                    for (index, (&left, &right)) in left.items.iter().zip(right.items).enumerate() {
                        self.assert_equal(left, right).map_err(|error| {
                            error.frame(None, format!("while comparing list element {index}"))
                        })?;
                    }
                    Ok(())
                })
            }
            (Value::List(first), Value::List(second)) => Err(unequal(format!(
                "list of size '{}' is not equal to list of size '{}', left hand side is '{}', right hand side is '{}'",
                first.items.len(),
                second.items.len(),
                self.show_value(left),
                self.show_value(right),
            ))),
            (Value::Attrs(left), Value::Attrs(right)) => self.deeper(|| self.assert_equal_attrs(left, right)),
            _ if left.is_function() && right.is_function() => Err(unequal(
                "distinct functions and immediate comparisons of identical functions compare as unequal",
            )),
            _ if left.type_name() != right.type_name() => described("of value"),
            _ if self.equal(left, right)? => Ok(()),
            (Value::Bool(_), _) => differ("boolean"),
            (Value::String(_), _) => differ("string"),
            _ => differ(left.type_name()),
        }
    }

    fn assert_equal_attrs(&self, left: &'a Attrs<'a>, right: &'a Attrs<'a>) -> Result<()> {
        if self.is_derivation(left)?
            && self.is_derivation(right)?
            && let (Some(left), Some(right)) =
                (left.get(well_known::OUT_PATH), right.get(well_known::OUT_PATH))
        {
            return self.assert_equal(left.value, right.value).map_err(|error| {
                error.frame(None, "while comparing a derivation by its 'outPath' attribute")
            });
        }
        let shown = || [left, right].map(|attrs| self.show_value(Value::Attrs(attrs)));
        if left.len() != right.len() {
            let [left, right] = shown();
            let message =
                format!("attribute names of attribute set '{left}' differs from attribute set '{right}'");
            return Err(unequal(message));
        }
        for (first, second) in left.entries(self.arena).iter().zip(right.entries(self.arena)) {
            let name = lossy(self.name(first.name));
            if first.name != second.name {
                let [shown_left, shown_right] = shown();
                let message = if right.get(first.name).is_none() {
                    format!(
                        "attribute name '{name}' is contained in '{shown_left}', but not in '{shown_right}'"
                    )
                } else {
                    let name = lossy(self.name(second.name));
                    format!(
                        "attribute name '{name}' is missing in '{shown_left}', but is contained in '{shown_right}'"
                    )
                };
                return Err(unequal(message));
            }
            self.assert_equal(first.value, second.value)
                .map_err(|error| error.frame(None, format!("while comparing attribute '{name}'")))?;
        }
        Ok(())
    }
}

fn unequal(message: impl Into<String>) -> Error {
    Failure::new(ErrorKind::Thrown, message)
}

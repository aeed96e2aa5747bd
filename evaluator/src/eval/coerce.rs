//! Conversions to strings and paths.

use launchnix_diagnostics::{Fault, ValueType};

use super::{Evaluator, Result};
use crate::error::{Error, Failure, TO_STRING};
use crate::symbol::well_known;
use crate::text::float;
use crate::value::{Attrs, Context, NixString, Value};

/// How far a value is bent to be a string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coercion {
    /// Whether numbers, Booleans, null and lists become strings, as for `toString`.
    pub(crate) more: bool,
    /// Whether a path becomes its store path, as in an interpolation.
    pub(crate) copy: bool,
}

impl Coercion {
    /// `"${…}"` and `+`.
    pub(crate) const STRICT: Self = Self { more: false, copy: true };
    /// `toString`.
    pub(crate) const TO_STRING: Self = Self { more: true, copy: false };
    /// A path segment.
    pub(crate) const PATH: Self = Self { more: false, copy: false };
    /// An environment variable of a derivation.
    pub(crate) const DERIVATION: Self = Self { more: true, copy: true };
}

impl<'a> Evaluator<'a> {
    /// Appends a value as a string, and its context.
    pub(crate) fn coerce_into(
        &self,
        value: Value<'a>,
        how: Coercion,
        text: &mut Vec<u8>,
        context: &mut Vec<Context<'a>>,
    ) -> Result<()> {
        self.step()?;
        match self.force(value)? {
            Value::String(string) => {
                text.extend_from_slice(string.text);
                context.extend_from_slice(string.context);
            }
            Value::Path(path) if how.copy => {
                let store_path = self.copy_to_store(path.text)?;
                text.extend_from_slice(store_path);
                context.push(Context::Opaque(store_path));
            }
            Value::Path(path) => text.extend_from_slice(path.bare()),
            Value::Attrs(attrs) => {
                if let Some(to_string) = attrs.get(well_known::TO_STRING) {
                    let string = self.call(to_string.value, Value::Attrs(attrs))?;
                    return self.deeper(|| self.coerce_into(string, how, text, context));
                }
                match attrs.get(well_known::OUT_PATH) {
                    Some(out_path) => {
                        return self.deeper(|| self.coerce_into(out_path.value, how, text, context));
                    }
                    None => return Err(self.cannot_coerce(Value::Attrs(attrs))),
                }
            }
            Value::Bool(value) if how.more => {
                if value.get() {
                    text.push(b'1');
                }
            }
            Value::Int(int) if how.more => text.extend_from_slice(int.to_string().as_bytes()),
            Value::Float(value) if how.more => {
                text.extend_from_slice(float::to_string(value.get()).as_bytes());
            }
            Value::Null if how.more => {}
            Value::List(list) if how.more => {
                let last = list.items.len().saturating_sub(1);
                for (index, &item) in list.items.iter().enumerate() {
                    let item = self.force(item)?;
                    match item {
                        // As deep as calls may be, and no deeper.
                        Value::List(_) | Value::Attrs(_) => {
                            self.deeper(|| self.coerce_into(item, how, text, context))?;
                        }
                        _ => self.coerce_into(item, how, text, context)?,
                    }
                    // An empty list leaves no space behind, an empty string does.
                    let empty = matches!(item, Value::List(list) if list.items.is_empty());
                    if index < last && !empty {
                        text.push(b' ');
                    }
                }
            }
            other => return Err(self.cannot_coerce(other)),
        }
        Ok(())
    }

    #[cold]
    fn cannot_coerce(&self, value: Value<'a>) -> Error {
        let shown = self.show_value(value);
        let failure = Failure::other(format!("cannot coerce {} to a string: {shown}", value.describe()))
            .of(Fault::NoText(value.value_type()));
        match value {
            Value::Int(_) | Value::Float(_) => failure.with_help(TO_STRING),
            Value::Bool(_) => failure.with_help(
                "`builtins.toJSON` makes \"true\" or \"false\" of it; `toString` makes \"1\" or \"\"",
            ),
            Value::List(_) => {
                failure.with_help("`builtins.concatStringsSep \" \"` joins the strings of a list")
            }
            _ => failure,
        }
    }

    /// A value as a string with context.
    pub(crate) fn coerce(&self, value: Value<'a>, how: Coercion) -> Result<&'a NixString<'a>> {
        if let Value::String(string) = self.force(value)? {
            return Ok(string);
        }
        let (mut text, mut context) = (self.scratch(), Vec::new());
        self.coerce_into(value, how, &mut text, &mut context)
            .map_err(|error| self.of_argument(error, value))?;
        self.string_of(text, context)
    }

    /// A failure of what a built-in function was given.
    #[cold]
    fn wrong_argument(&self, needed: ValueType, found: Value<'a>, argument: Value<'a>) -> Error {
        self.blame_argument(self.type_error(needed, found), argument)
    }

    /// A value that must be a string; only its context may be there.
    pub fn expect_string(&self, value: Value<'a>) -> Result<&'a NixString<'a>> {
        match self.force(value)? {
            Value::String(string) => Ok(string),
            other => Err(self.wrong_argument(ValueType::String, other, value)),
        }
    }

    /// A value that must be a string without context.
    pub(crate) fn expect_plain_string(&self, value: Value<'a>) -> Result<&'a [u8]> {
        self.expect_name(value).map(|string| string.text)
    }

    /// As [`expect_plain_string`](Self::expect_plain_string), for what is used as a name.
    pub(crate) fn expect_name(&self, value: Value<'a>) -> Result<&'a NixString<'a>> {
        let string = self.expect_string(value)?;
        if let Some(first) = string.context.first() {
            let path = match first {
                Context::Opaque(path) => super::lossy(path).into_owned(),
                Context::DeepDerivation(path) => format!("{} (deep)", super::lossy(path)),
                Context::Output { derivation, output } => {
                    format!("{}^{}", super::lossy(derivation), super::lossy(output))
                }
                Context::Fetch { url, .. } => super::lossy(url).into_owned(),
            };
            return Err(Failure::other(format!(
                "the string '{}' is not allowed to refer to a store path (such as '{path}')",
                string.lossy()
            )));
        }
        Ok(string)
    }

    /// A value that must be a set.
    pub fn expect_attrs(&self, value: Value<'a>) -> Result<&'a Attrs<'a>> {
        match self.force(value)? {
            Value::Attrs(attrs) => Ok(attrs),
            other => Err(self.wrong_argument(ValueType::Set, other, value)),
        }
    }

    /// A value that must be a list.
    pub fn expect_list(&self, value: Value<'a>) -> Result<&'a [Value<'a>]> {
        match self.force(value)? {
            Value::List(list) => Ok(list.items),
            other => Err(self.wrong_argument(ValueType::List, other, value)),
        }
    }

    /// A value that must be an integer.
    pub fn expect_int(&self, value: Value<'a>) -> Result<i64> {
        match self.force(value)? {
            Value::Int(int) => Ok(int),
            other => Err(self.wrong_argument(ValueType::Integer, other, value)),
        }
    }

    /// A value that must be a Boolean.
    pub fn expect_bool(&self, value: Value<'a>) -> Result<bool> {
        match self.force(value)? {
            Value::Bool(value) => Ok(value.get()),
            other => Err(self.wrong_argument(ValueType::Bool, other, value)),
        }
    }

    /// A value that must be something that can be called; forced.
    pub(crate) fn expect_function(&self, value: Value<'a>) -> Result<Value<'a>> {
        match self.force(value)? {
            Value::Attrs(attrs) if attrs.get(well_known::FUNCTOR).is_some() => Ok(Value::Attrs(attrs)),
            function if function.is_function() => Ok(function),
            other => Err(self.wrong_argument(ValueType::Function, other, value)),
        }
    }

    /// A value as an absolute path: a path, or a string that starts with a slash.
    pub(crate) fn expect_path(&self, value: Value<'a>) -> Result<Vec<u8>> {
        let value = self.force(value)?;
        if let Value::Path(path) = value {
            return Ok(path.text.to_vec());
        }
        let string = self.coerce(value, Coercion::PATH)?;
        if !string.text.starts_with(b"/") {
            let text = string.lossy();
            return Err(Failure::relative_path(&text));
        }
        let path = crate::path::canonical(string.text);
        self.realise(string.context, &path)?;
        Ok(path)
    }

    /// A context as it is kept: sorted, each element once.
    pub(crate) fn context_in(&self, mut context: Vec<Context<'a>>) -> &'a [Context<'a>] {
        if context.is_empty() {
            return &[];
        }
        context.sort_unstable();
        context.dedup();
        // Strings that are made one after another often refer to the same.
        if self.last_context.get() == context.as_slice() {
            return self.last_context.get();
        }
        let context = self.arena.alloc_slice_copy(&context);
        self.last_context.set(context);
        context
    }
}

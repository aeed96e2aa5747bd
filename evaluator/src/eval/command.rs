//! What a command asks of a value: functions that are called with what the command line gives, selection paths,
//! the derivations in it.

use rustc_hash::FxHashSet;

use super::{Coercion, Evaluator, Result, lossy};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::Params;
use crate::store::path::StoreDir;
use crate::symbol::{Symbol, well_known};
use crate::value::{Attrs, AttrsBuilder, Position, Value};

/// Arguments by name, for functions that take a set.
pub type Arguments<'a> = [(Symbol, Value<'a>)];

/// A derivation that was found in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDerivation {
    /// The path of its `.drv` file.
    pub drv_path: String,
    /// Which of its outputs was meant.
    pub output: String,
}

impl<'a> Evaluator<'a> {
    /// Calls a function that takes a set with the arguments of its formals; anything else stays as it is.
    pub fn auto_call(&self, value: Value<'a>, arguments: &Arguments<'a>) -> Result<Value<'a>> {
        let mut value = self.force(value)?;
        while let Value::Attrs(attrs) = value
            && let Some(functor) = attrs.get(well_known::FUNCTOR)
        {
            value = self.deeper(|| self.call(functor.value, value))?;
        }
        let Value::Closure(closure) = value else { return Ok(value) };
        let Params::Pattern(pattern) = &closure.lambda.params else { return Ok(value) };
        let mut given = AttrsBuilder::with_capacity(self.arena, arguments.len());
        if pattern.ellipsis {
            for &(name, argument) in arguments {
                given.push(name, Position::NONE, argument);
            }
        } else {
            for formal in pattern.formals {
                match arguments.iter().find(|(name, _)| *name == formal.name) {
                    Some(&(name, argument)) => given.push(name, Position::NONE, argument),
                    None if formal.default.is_none() => {
                        let error = self.without_value(formal.name);
                        return Err(match self.key_span(formal.position) {
                            Some(span) => error.at(span),
                            None => error,
                        });
                    }
                    None => {}
                }
            }
        }
        self.call(value, given.finish_value())
    }

    #[cold]
    fn without_value(&self, name: Symbol) -> Error {
        Failure::other(format!(
            "cannot evaluate a function that has an argument without a value ('{}')\n\
             Nix attempted to evaluate a function as a top level expression; in\n\
             this case it must have its arguments supplied either by default\n\
             values, or passed explicitly with '--arg' or '--argstr'. See\n\
             https://nix.dev/manual/nix/stable/language/syntax.html#functions.",
            lossy(self.name(name))
        ))
    }

    /// Follows a selection path such as `a.b.0."c d"`; functions on the way are called.
    pub fn select_path(&self, value: Value<'a>, path: &str, arguments: &Arguments<'a>) -> Result<Value<'a>> {
        let mut value = value;
        for name in selection_path(path)? {
            value = self.auto_call(value, arguments)?;
            let wrong = |wanted: &str, value: Value<'a>| {
                Failure::other(format!(
                    "the expression selected by the selection path '{path}' should be {wanted} but is {}",
                    value.describe()
                ))
            };
            if let Ok(index) = name.parse::<u32>() {
                let Value::List(list) = value else { return Err(wrong("a list", value)) };
                let Some(&item) = list.items.get(index as usize) else {
                    return Err(Failure::other(format!(
                        "list index {index} in selection path '{path}' is out of range"
                    )));
                };
                value = item;
                continue;
            }
            let Value::Attrs(attrs) = value else { return Err(wrong("a set", value)) };
            if name.is_empty() {
                let message = format!("empty attribute name in selection path '{path}'");
                return Err(Failure::other(message));
            }
            let Some(attr) = self.symbols.find(name.as_bytes()).and_then(|name| attrs.get(name)) else {
                let names = self.sorted(attrs);
                let error = Failure::new(
                    ErrorKind::MissingAttribute,
                    format!("attribute '{name}' in selection path '{path}' not found"),
                );
                return Err(match crate::suggest::all_close(&name, names.iter().map(|(name, _)| *name)) {
                    Some(meant) => error.with_help(format!("Did you mean {meant}?")),
                    None => error,
                });
            };
            value = attr.value;
        }
        self.force(value)
    }

    /// The text of a value, as an interpolation would have it.
    pub fn raw(&self, value: Value<'a>) -> Result<&'a [u8]> {
        let string = self
            .coerce(value, Coercion::STRICT)
            .map_err(|error| error.frame(None, "while generating the nix-instantiate output"))?;
        Ok(string.text)
    }

    /// Gives `take` the derivations that a value is or holds, in the order that `nix-instantiate` prints them. All are
    /// looked for first; those that come before one that cannot be evaluated are given, too.
    pub fn derivations(
        &self,
        value: Value<'a>,
        arguments: &Arguments<'a>,
        take: &mut dyn FnMut(FoundDerivation),
    ) -> Result<()> {
        let mut search = Search { evaluator: self, arguments, done: FxHashSet::default(), found: Vec::new() };
        search.inside(value)?;
        search.found.into_iter().try_for_each(|attrs| {
            take(self.found_derivation(attrs)?);
            Ok(())
        })
    }

    /// The paths of a derivation, which have it evaluated.
    fn found_derivation(&self, attrs: &'a Attrs<'a>) -> Result<FoundDerivation> {
        let drv_path = match attrs.get(well_known::DRV_PATH) {
            Some(attr) => lossy(self.coerce(attr.value, Coercion::STRICT)?.text).into_owned(),
            None => return Err(Failure::other("derivation does not contain a 'drvPath' attribute")),
        };
        let store = StoreDir::new(&self.settings.store_directory);
        let Ok((hash, name)) = store.parse(&drv_path) else {
            return Err(Failure::other(format!("path '{drv_path}' is not in the Nix store")));
        };
        if name.strip_suffix(".drv").is_none() {
            let message = format!("store path '{hash}-{name}' is not a valid derivation path");
            return Err(Failure::other(message));
        }
        let output = match attrs.get(well_known::OUTPUT_NAME) {
            Some(attr) => self.expect_string(attr.value)?.lossy().into_owned(),
            None => String::new(),
        };
        if output.is_empty() {
            let message = format!("derivation '{drv_path}' lacks an 'outputName' attribute");
            return Err(Failure::other(message));
        }
        Ok(FoundDerivation { drv_path, output })
    }
}

/// Splits at dots that are not within quotes.
fn selection_path(path: &str) -> Result<Vec<String>> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        match character {
            '.' => parts.push(std::mem::take(&mut part)),
            '"' => loop {
                match characters.next() {
                    Some('"') => break,
                    Some(other) => part.push(other),
                    None => {
                        let message = format!("missing closing quote in selection path '{path}'");
                        return Err(Failure::other(message));
                    }
                }
            },
            other => part.push(other),
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    Ok(parts)
}

struct Search<'e, 'a> {
    evaluator: &'e Evaluator<'a>,
    arguments: &'e Arguments<'a>,
    done: FxHashSet<usize>,
    found: Vec<&'a Attrs<'a>>,
}

impl<'a> Search<'_, 'a> {
    fn inside(&mut self, value: Value<'a>) -> Result<()> {
        let e = self.evaluator;
        let value = e.auto_call(value, self.arguments)?;
        if !self.take(value)? {
            return Ok(());
        }
        match value {
            Value::Attrs(attrs) => {
                let recurse = e.intern("recurseForDerivations");
                let combine = attrs.get(e.intern("_combineChannels")).is_some();
                for (name, attr) in e.sorted(attrs) {
                    if !is_plain(name) {
                        continue;
                    }
                    self.attribute(attr.value, recurse, combine).map_err(|error| {
                        let message = format!("while evaluating the attribute '{}'", lossy(name));
                        error.frame(e.key_span(attr.position), message)
                    })?;
                }
                Ok(())
            }
            Value::List(list) => {
                for &item in list.items {
                    if self.take(item)? {
                        e.deeper(|| self.inside(item))?;
                    }
                }
                Ok(())
            }
            _ => Err(Failure::other(
                "expression does not evaluate to a derivation (or a set or list of those)",
            )),
        }
    }

    fn attribute(&mut self, value: Value<'a>, recurse: Symbol, combine: bool) -> Result<()> {
        let e = self.evaluator;
        if combine {
            return e.deeper(|| self.inside(value));
        }
        if self.take(value)?
            && let Value::Attrs(attrs) = e.force(value)?
            && let Some(attr) = attrs.get(recurse)
            && e.expect_bool(attr.value)?
        {
            return e.deeper(|| self.inside(value));
        }
        Ok(())
    }

    /// Takes a derivation, once; says whether the value is none and may hold some.
    fn take(&mut self, value: Value<'a>) -> Result<bool> {
        let e = self.evaluator;
        let Value::Attrs(attrs) = e.force(value)? else { return Ok(true) };
        if !e.is_derivation(attrs)? {
            return Ok(true);
        }
        if !self.done.insert(std::ptr::from_ref(attrs).addr()) {
            return Ok(false);
        }
        match attrs.get(well_known::NAME) {
            Some(name) => e.expect_plain_string(name.value)?,
            None => return Err(Failure::other("derivation name missing")),
        };
        self.found.push(attrs);
        Ok(false)
    }
}

/// Whether a name is one that `nix-env` takes: `[A-Za-z_][A-Za-z0-9-_+]*`.
fn is_plain(name: &[u8]) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.first().is_some_and(|&first| is_word(first) && !first.is_ascii_digit())
        && name.iter().all(|&byte| is_word(byte) || matches!(byte, b'-' | b'+'))
}

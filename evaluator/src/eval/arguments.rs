//! Functions that are called with the wrong arguments.

use super::{Evaluator, lossy};
use launchnix_diagnostics::{Fault, Role};

use crate::error::{Error, Failure};
use crate::ir::{Lambda, Pattern};
use crate::symbol::Symbol;
use crate::text::print::write_attribute_name;
use crate::value::{Attr, Attrs, Value};

impl<'a> Evaluator<'a> {
    /// What is wrong with the arguments `attrs` of a function. The failure is the one that Nix knows of; what else is
    /// wrong goes with it.
    #[cold]
    pub(super) fn wrong_arguments(
        &self,
        lambda: &'a Lambda<'a>,
        pattern: &'a Pattern<'a>,
        attrs: &'a Attrs<'a>,
        argument: Value<'a>,
    ) -> Error {
        let mut unknown = self.unknown_arguments(pattern, attrs);
        let mut failures = Vec::new();
        let mut absent: Vec<Symbol> = Vec::new();
        let mut meant: Vec<Symbol> = Vec::new();
        let required = pattern.formals.iter().filter(|formal| formal.default.is_none());
        for name in required.map(|formal| formal.name).filter(|&name| attrs.get(name).is_none()) {
            // What is given and not asked for may have been meant for it.
            let similar = self.similar(name, &unknown).map(|at| unknown.remove(at));
            if similar.is_none() {
                absent.push(name);
            }
            if similar.is_some() || absent.len() == 1 {
                meant.push(name);
                let failure = self.missing_argument(lambda, name, similar);
                failures.push((name, self.written_without(failure, argument)));
            }
        }
        if let [first, others @ ..] = &*absent
            && let Some((_, failure)) = failures.iter_mut().find(|(name, _)| name == first)
            && self.settings.recover
        {
            failure.help = self.also_missing(others);
        }
        let mut failures: Vec<_> = failures.into_iter().map(|(_, failure)| failure).collect();
        if !pattern.ellipsis {
            let unexpected = unknown.into_iter();
            failures.extend(
                unexpected.map(|attr| self.unexpected_argument(lambda, pattern, attrs, attr, &meant)),
            );
        }
        let mut failures = failures.into_iter();
        let Some(first) = failures.next() else { return Failure::other("unexpected argument") };
        if self.settings.recover { first.with_others(failures) } else { first }
    }

    /// The arguments that a function does not ask for, in Nix's order; for a person the one that is written first comes
    /// first, and those that are written nowhere come last, by name.
    fn unknown_arguments(&self, pattern: &Pattern<'a>, attrs: &'a Attrs<'a>) -> Vec<Attr<'a>> {
        let known = |name| pattern.formals.iter().any(|formal| formal.name == name);
        if !self.settings.recover {
            let entries = attrs.entries(self.arena).iter().copied();
            return entries.filter(|attr| !known(attr.name)).collect();
        }
        let all = self.sorted(attrs).into_iter().map(|(_, attr)| attr);
        let mut unknown: Vec<_> = all.filter(|attr| !known(attr.name)).collect();
        unknown.sort_by_cached_key(|attr| {
            let place = self.key_span(attr.position);
            (place.is_none(), place)
        });
        unknown
    }

    /// Which of some attributes has nearly this name.
    fn similar(&self, name: Symbol, attributes: &[Attr<'a>]) -> Option<usize> {
        let name = lossy(self.symbols.name(name));
        let names = attributes.iter().map(|attr| self.symbols.name(attr.name));
        let similar = crate::suggest::meant(&name, names, self.settings.synonyms)?;
        attributes.iter().position(|attr| lossy(self.symbols.name(attr.name)) == similar)
    }

    fn function_name(&self, lambda: &Lambda<'a>) -> String {
        lambda
            .name
            .map_or_else(|| "anonymous lambda".to_owned(), |name| lossy(self.symbols.name(name)).into_owned())
    }

    fn missing_argument(&self, lambda: &Lambda<'a>, name: Symbol, similar: Option<Attr<'a>>) -> Error {
        let argument = lossy(self.symbols.name(name));
        let function = self.function_name(lambda);
        let message = format!("function '{function}' called without required argument '{argument}'");
        let mut error =
            Failure::other(message).of(Fault::MissingArgument(argument.to_string())).at(lambda.span);
        if let Some(similar) = similar {
            if let Some(span) = self.key_span(similar.position) {
                error = error.frame(Some(span), Role::Misspelt);
            }
            error.help = Some(format!("Did you mean {argument}?"));
        }
        error
    }

    /// Says which other arguments are not given.
    fn also_missing(&self, others: &[Symbol]) -> Option<String> {
        let names: Vec<_> =
            others.iter().map(|&name| format!("`{}`", lossy(self.symbols.name(name)))).collect();
        match names.split_last()? {
            (last, []) => Some(format!("{last} is missing as well")),
            (last, others) => Some(format!("{} and {last} are missing as well", others.join(", "))),
        }
    }

    /// A failure for what an argument lacks, with the place where the argument was written.
    fn written_without(&self, failure: Error, argument: Value<'a>) -> Error {
        match if self.tracing { self.place(argument) } else { None } {
            Some(made) => failure.frame(Some(made), Role::Lacking),
            None => failure,
        }
    }

    /// A failure for an argument that a function does not take; those that are `meant` by others are not meant by it.
    fn unexpected_argument(
        &self,
        lambda: &Lambda<'a>,
        pattern: &Pattern<'a>,
        attrs: &'a Attrs<'a>,
        attr: Attr<'a>,
        meant: &[Symbol],
    ) -> Error {
        let name = self.symbols.name(attr.name);
        let mut shown = Vec::new();
        write_attribute_name(&mut shown, name);
        let (function, shown) = (self.function_name(lambda), lossy(&shown));
        let message = format!("function '{function}' called with unexpected argument '{shown}'");
        let mut error =
            Failure::other(message).of(Fault::UnexpectedArgument(shown.to_string())).at(lambda.span);
        if let Some(span) = self.key_span(attr.position) {
            error = error.frame(Some(span), Role::Passed);
        }
        // What is given already cannot have been meant once more.
        let formals = pattern.formals.iter().map(|formal| formal.name);
        let absent = formals.filter(|name| attrs.get(*name).is_none() && !meant.contains(name));
        let names = absent.map(|name| self.symbols.name(name));
        error.help = crate::suggest::meant(&lossy(name), names, self.settings.synonyms)
            .map(|similar| format!("Did you mean {similar}?"));
        error
    }
}

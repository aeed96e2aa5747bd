//! Going on around elements that cannot be evaluated.
//!
//! One machine of a list that becomes a set must not hide the others. Nix knows nothing of the set then; with
//! [`Settings::recover`](crate::Settings::recover) it is known without that element, and what depends on its being whole
//! ends in an error that has been reported.

use std::cell::{Cell, RefCell};

use launchnix_diagnostics::{Diagnostic, Span};
use rustc_hash::FxHashSet;

use super::{Evaluator, Result};
use crate::error::{Error, ErrorKind, Failure};
use crate::ir::ExprKind;
use crate::symbol::Symbol;
use crate::value::{Attrs, List, Position, Value};

/// What was left out so far.
#[derive(Default)]
pub(super) struct LeftOut<'a> {
    elements: RefCell<Vec<Element<'a>>>,
    /// Why attributes were left out whose name is another one's.
    doubled: RefCell<Vec<Diagnostic>>,
    /// The addresses of the sets that lack something for it.
    incomplete: RefCell<FxHashSet<usize>>,
    /// Those of the lists that do.
    incomplete_lists: RefCell<FxHashSet<usize>>,
    /// The sets of which elements were given of which only the first has a place, with their names.
    repeated: RefCell<Vec<(&'a Attrs<'a>, Vec<Repeated<'a>>)>>,
    /// How many `tryEval` are being evaluated: they want to know of failures.
    trying: Cell<u32>,
}

/// A name that several elements of a list have, of which `listToAttrs` takes the first.
#[derive(Clone, Copy)]
pub(crate) struct Repeated<'a> {
    pub(crate) name: Symbol,
    pub(crate) first: Position,
    pub(crate) again: Position,
    /// What the second one holds; `None` for a set that was made of the one which lacks it.
    pub(crate) dropped: Option<Value<'a>>,
}

/// A name that a list of pairs has several times: the name, where it was written first and again, and what the pair that
/// was left out holds; `None` for a set that was made of the one which lacks it.
pub type RepeatedName<'a> = (&'a [u8], Option<Span>, Option<Span>, Option<Value<'a>>);

/// An element that was left out.
#[derive(Clone, Copy)]
struct Element<'a> {
    value: Value<'a>,
    /// What is done with it, which fails.
    work: fn(&Evaluator<'a>, Value<'a>) -> Result<()>,
    builtin: &'static str,
    call: Span,
}

impl<'a> Evaluator<'a> {
    /// Notes that a built-in function leaves out an element, with which `work` failed, or says that it cannot be.
    /// Without a name of the function it is a set that leaves out an attribute, whose name fails, or `++` an operand.
    pub(crate) fn leave_out(
        &self,
        error: Error,
        value: Value<'a>,
        work: fn(&Self, Value<'a>) -> Result<()>,
        builtin: &'static str,
    ) -> Result<()> {
        if !self.can_leave_out(&error) {
            return Err(error);
        }
        let call = self.site.get().span;
        self.left_out.elements.borrow_mut().push(Element { value, work, builtin, call });
        Ok(())
    }

    /// As [`leave_out`](Self::leave_out), for an attribute that there is already.
    pub(crate) fn leave_out_doubled(&self, error: Error) -> Result<()> {
        if !self.can_leave_out(&error) {
            return Err(error);
        }
        let diagnostics = self.diagnose(error);
        self.left_out.doubled.borrow_mut().extend(diagnostics);
        Ok(())
    }

    /// Whether something that fails may be left out, and told of later.
    pub(crate) fn can_leave_out(&self, error: &Error) -> bool {
        let can_wait = match error.kind {
            ErrorKind::Aborted | ErrorKind::InfiniteRecursion | ErrorKind::Limit | ErrorKind::Inexact => {
                false
            }
            ErrorKind::Thrown
            | ErrorKind::MissingAttribute
            | ErrorKind::Unbound
            | ErrorKind::File
            | ErrorKind::Mismatch
            | ErrorKind::Syntax
            | ErrorKind::Reported
            | ErrorKind::Other => true,
        };
        self.settings.recover && can_wait && self.left_out.trying.get() == 0
    }

    /// Remembers that a set is made of one that lacks an element.
    pub(crate) fn mark_made_of(&self, value: Value<'a>, attrs: &Attrs<'a>) {
        if self.is_incomplete(attrs) {
            self.mark_incomplete(value);
        }
        let mut repeated = self.repeated_in(attrs);
        if !repeated.is_empty() {
            for one in &mut repeated {
                one.dropped = None;
            }
            self.mark_repeated(value, repeated);
        }
    }

    /// Remembers that a set is made of two, of which one may lack an element.
    pub(super) fn mark_updated(&self, value: Value<'a>, left: &'a Attrs<'a>, right: &'a Attrs<'a>) {
        let is_unmarked =
            self.left_out.incomplete.borrow().is_empty() && self.left_out.repeated.borrow().is_empty();
        if is_unmarked {
            return;
        }
        for operand in [left, right] {
            if !matches!(value, Value::Attrs(attrs) if std::ptr::eq(attrs, operand)) {
                self.mark_made_of(value, operand);
            }
        }
    }

    /// Remembers that a set was made of a list with several elements of one name.
    pub(crate) fn mark_repeated(&self, value: Value<'a>, repeated: Vec<Repeated<'a>>) {
        if let Value::Attrs(attrs) = value {
            self.left_out.repeated.borrow_mut().push((attrs, repeated));
        }
    }

    fn repeated_in(&self, attrs: &Attrs<'a>) -> Vec<Repeated<'a>> {
        let all = self.left_out.repeated.borrow();
        all.iter().find(|(set, _)| std::ptr::eq(*set, attrs)).map_or(Vec::new(), |(_, names)| names.clone())
    }

    /// With tracing: names that several elements had of the list that a set was made of, each with the place of the first
    /// and of the next, and what that holds. Nix takes the first and says nothing.
    pub fn repeated(&self, attrs: &Attrs<'a>) -> Vec<RepeatedName<'a>> {
        let place = |position| self.key_span(position);
        let names = self.repeated_in(attrs).into_iter();
        names.map(|it| (self.symbols.name(it.name), place(it.first), place(it.again), it.dropped)).collect()
    }

    /// Remembers that a set lacks an element that was left out.
    pub(crate) fn mark_incomplete(&self, value: Value<'a>) {
        if let Value::Attrs(attrs) = value {
            self.left_out.incomplete.borrow_mut().insert(std::ptr::from_ref(attrs).addr());
        }
    }

    /// Remembers that a list lacks an element that was left out, as may whatever is made of lists from now on.
    pub(crate) fn mark_incomplete_list(&self, value: Value<'a>) {
        if let Value::List(list) = value {
            self.left_out.incomplete_lists.borrow_mut().insert(std::ptr::from_ref(list).addr());
        }
    }

    /// Whether an element was left out of some list.
    pub(crate) fn has_incomplete_lists(&self) -> bool {
        !self.left_out.incomplete_lists.borrow().is_empty()
    }

    /// Whether a list lacks an element that was left out.
    pub fn is_incomplete_list(&self, list: &List<'a>) -> bool {
        self.left_out.incomplete_lists.borrow().contains(&std::ptr::from_ref(list).addr())
    }

    /// A failure over what a list has not, unless the list lacks an element that was left out: then that has been reported.
    #[cold]
    pub(crate) fn unless_incomplete(&self, list: Value<'a>, failure: Error) -> Error {
        match self.force(list) {
            Ok(Value::List(list)) if self.is_incomplete_list(list) => lacks_an_element(),
            _ => failure,
        }
    }

    /// Fails where it depends on an element that was left out what a list is equal to, or how long it is.
    pub(crate) fn must_be_whole(&self, value: Value<'a>) -> Result<()> {
        match value {
            Value::List(list) if self.has_incomplete_lists() && self.is_incomplete_list(list) => {
                Err(lacks_an_element())
            }
            _ => Ok(()),
        }
    }

    /// What is known of a set that cannot be evaluated, where it is made with `//` of sets of which one can be.
    pub fn partly(&self, value: Value<'a>) -> Option<&'a Attrs<'a>> {
        /// Nobody writes more operands, and each of them is evaluated once more for every one around it.
        const OPERANDS: usize = 32;
        self.known_within(value, OPERANDS)
    }

    fn known_within(&self, value: Value<'a>, levels: usize) -> Option<&'a Attrs<'a>> {
        let Value::Thunk(thunk) = value else { return None };
        match self.force_thunk(thunk) {
            Ok(Value::Attrs(attrs)) => return Some(attrs),
            Ok(_) => return None,
            Err(error) if levels == 0 || !self.can_leave_out(&error) => return None,
            Err(_) => {}
        }
        // What failed is delayed again.
        let Value::Pending(env) = thunk.value.get() else { return None };
        let known = |value| self.known_within(value, levels - 1);
        match &thunk.expr.kind {
            ExprKind::Local(slot) => known(env.slot(*slot)),
            ExprKind::Outer { up, slot } => known(env.ancestor(*up).slot(*slot)),
            ExprKind::Update(left, right) => {
                match (known(self.delay_always(left, env)), known(self.delay_always(right, env))) {
                    (Some(left), Some(right)) => match self.updated(left, right) {
                        Value::Attrs(attrs) => Some(attrs),
                        _ => None,
                    },
                    (one, other) => one.or(other),
                }
            }
            _ => None,
        }
    }

    /// Whether a set lacks an element that was left out.
    pub fn is_incomplete(&self, attrs: &Attrs<'a>) -> bool {
        self.left_out.incomplete.borrow().contains(&std::ptr::from_ref(attrs).addr())
    }

    /// With [`Settings::recover`](crate::Settings::recover): why elements were left out so far.
    pub fn left_out(&self) -> Vec<Diagnostic> {
        let elements = self.left_out.elements.borrow().clone();
        let mut diagnostics = self.left_out.doubled.borrow().clone();
        for Element { value, work, builtin, call } in elements {
            // Now that the other elements are known, more can be said.
            if let Err(error) = work(self, value) {
                if builtin.is_empty() {
                    diagnostics.extend(self.diagnose(error));
                    continue;
                }
                let frame = format!("while calling the '{builtin}' builtin");
                diagnostics.extend(self.diagnose(error.at(call).frame(Some(call), frame)));
            }
        }
        diagnostics
    }

    /// Evaluates for somebody who wants to know of failures.
    pub(crate) fn trying<T>(&self, work: impl FnOnce() -> T) -> T {
        let trying = &self.left_out.trying;
        trying.set(trying.get() + 1);
        let result = work();
        trying.set(trying.get() - 1);
        result
    }
}

fn lacks_an_element() -> Error {
    Failure::new(ErrorKind::Reported, "an element of the list has been left out")
}

//! What goes wrong in an evaluation.

use launchnix_diagnostics::{Code, Diagnostic, Span};

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `throw`, or a failed `assert`: what `tryEval` catches.
    Thrown,
    /// `abort`.
    Aborted,
    /// A set lacks an attribute.
    MissingAttribute,
    /// A name is bound neither around nor in a set of `with`.
    Unbound,
    /// A value needs itself.
    InfiniteRecursion,
    /// A bound of the evaluation was reached, or it was interrupted.
    Limit,
    /// A file does not exist or cannot be read.
    File,
    /// What was fetched has another hash than it should.
    Mismatch,
    /// A file is not valid Nix; the diagnostics say where.
    Syntax,
    /// The value depends on a part of a file that is not valid Nix, which has been reported already.
    Reported,
    /// What would be shown depends on what is delayed, and that is not exactly what Nix delays.
    Inexact,
    /// Everything else.
    Other,
}

/// A failed evaluation: the innermost message, where it arose and what asked for it.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The kind.
    pub kind: ErrorKind,
    /// As Nix words it.
    pub message: String,
    /// Where it arose.
    pub span: Option<Span>,
    /// What asked for it, innermost first.
    pub frames: Vec<Frame>,
    /// A likely remedy.
    pub help: Option<String>,
    /// What Nix adds to its message: parts of a text that was read.
    pub excerpt: Option<String>,
    /// For [`ErrorKind::Syntax`].
    pub diagnostics: Vec<Diagnostic>,
    /// Whether `tryEval` catches it.
    pub catchable: bool,
    /// What else is wrong with the same call or the same string, with [`Settings::recover`](crate::Settings::recover).
    others: Option<Box<Others>>,
}

/// What goes wrong beside a failure.
#[derive(Clone, Debug)]
struct Others {
    failures: Vec<Error>,
    /// How many steps the failure itself had when they were added: those after are common to all.
    own_frames: usize,
}

/// One step on the way to a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What was evaluated.
    pub span: Option<Span>,
    /// What it was evaluated for: "while calling the 'map' builtin".
    pub message: String,
}

/// Frames beyond this many are dropped: nobody reads them, and deep recursion would make millions.
const MAX_FRAMES: usize = 200;

/// A failed evaluation, boxed so that results stay small.
pub type Error = Box<Failure>;

/// The step to where a value was written.
pub const VALUE: &str = "this is the value";
/// The step to where a value is used that was written elsewhere.
const USED: &str = "used here";
/// The step to where the result of a function is needed that is passed uncalled.
pub const UNCALLED: &str = "its result is needed here";
/// The step to where an attribute is selected by a name that was written elsewhere.
const ASKED: &str = "selected here";
/// The step to where something is looked for in a list that was written elsewhere.
pub const SOUGHT: &str = "looked for here";
/// Where something is called that is no function, in Nix's words.
pub(crate) const NO_FUNCTION: &str = "attempt to call something which is not a function";
/// Where the first element of an empty list is asked for, in Nix's words.
pub const NONE_LEFT: &str = "'builtins.head' called on an empty list";
/// The remedy where a number stands in a string.
pub const TO_STRING: &str = "`toString` makes a string of a number";
/// The step to a function that takes a set and is given something else, in Nix's words.
pub(crate) const TAKES_A_SET: &str = "while evaluating the value passed for the lambda argument";
/// What a call adds to a failure inside of it.
pub(crate) const CALLING: &str = "while calling this function";
/// The step to the call of a function that takes a set, in Nix's words.
pub(crate) const CALL_SITE: &str = "from call site";
/// The step to an argument that a function does not take.
pub(crate) const PASSED: &str = "passed here";
/// The step to an argument that has nearly the name of one that is missing.
pub(crate) const MISSPELT: &str = "this may be the one";
/// The step to the set that is most likely to lack an argument.
pub(crate) const PART: &str = "this is given";
/// The step to the set in which something is missing.
pub const LACKING: &str = "this set lacks it";
/// How the step ends to a part of what was thrown.
pub const COMES_FROM: &str = " comes from here";
/// The step to a path of which the place is a part.
pub const PART_OF_PATH: &str = "a part of this path";
/// How the step to a list begins that has fewer elements than were asked for.
pub const LIST_HAS: &str = "this list has ";

impl Failure {
    /// A failure without a place yet.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Box::new(Self {
            kind,
            message: message.into(),
            span: None,
            frames: Vec::new(),
            help: None,
            excerpt: None,
            diagnostics: Vec::new(),
            catchable: kind == ErrorKind::Thrown,
            others: None,
        })
    }

    /// A failure of no particular kind.
    pub fn other(message: impl Into<String>) -> Error {
        Self::new(ErrorKind::Other, message)
    }

    /// A set without an attribute; its name stands in quotes where it would in Nix.
    pub(crate) fn missing_attribute(name: &[u8]) -> Error {
        let mut shown = Vec::new();
        crate::text::print::write_attribute_name(&mut shown, name);
        let shown = String::from_utf8_lossy(&shown);
        Self::new(ErrorKind::MissingAttribute, format!("attribute '{shown}' missing"))
    }

    pub(crate) fn with_help(mut self: Box<Self>, help: impl Into<String>) -> Error {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn at(mut self: Box<Self>, span: Span) -> Error {
        self.span.get_or_insert(span);
        self
    }

    pub(crate) fn frame(mut self: Box<Self>, span: Option<Span>, message: impl Into<String>) -> Error {
        if self.frames.len() < MAX_FRAMES {
            let frame = Frame { span, message: message.into() };
            if self.frames.last() != Some(&frame) {
                self.frames.push(frame);
            }
        }
        self
    }

    /// Moves the failure to where the value was written that it is about; where it was used becomes the first step.
    pub(crate) fn made_at(mut self: Box<Self>, made: Span) -> Error {
        if let Some(used) = self.span.replace(made) {
            self.frames.insert(0, Frame { span: Some(used), message: USED.to_owned() });
        }
        self
    }

    /// Moves the failure to where a function is passed on that should have been called.
    pub(crate) fn passed_at(mut self: Box<Self>, passed: Span) -> Error {
        if let Some(used) = self.span.replace(passed) {
            self.frames.insert(0, Frame { span: Some(used), message: UNCALLED.to_owned() });
        }
        self
    }

    /// Moves the failure to where the name was written that was asked for.
    pub(crate) fn named_at(mut self: Box<Self>, made: Span) -> Error {
        if let Some(used) = self.span.replace(made) {
            self.frames.insert(0, Frame { span: Some(used), message: ASKED.to_owned() });
        }
        self
    }

    /// Where a function is called with the wrong arguments, the call is to change, or what a built-in function calls it
    /// with, not the function.
    pub(crate) fn blame_the_call(&mut self) {
        let (frames, label) = if self.message.contains("called with unexpected argument") {
            ([PASSED].as_slice(), "the function takes no such argument")
        } else if self.message.contains("called without required argument") {
            ([MISSPELT, PART, CALL_SITE, LACKING].as_slice(), "the function that is called")
        } else {
            return;
        };
        let known = |frame: &&str| {
            self.frames.iter().position(|known| known.message == *frame && known.span.is_some())
        };
        // A call that passes on what was written behind it, or in another file, is the same for other sets.
        let span_of = |at: Option<usize>| self.frames[at?].span;
        let is_passed_on = match (span_of(known(&CALL_SITE)), span_of(known(&LACKING))) {
            (Some(call), Some(set)) => set.source != call.source || set.start >= call.end,
            _ => false,
        };
        let frames = frames.iter().filter(|frame| !is_passed_on || **frame != CALL_SITE);
        if let Some(at) = frames.clone().find_map(known) {
            self.swap_place(at, label);
        }
        // The set that stands in the call is to be seen there.
        if let Some(call) = self.span {
            self.frames.retain(|frame| {
                frame.message != LACKING
                    || !frame.span.is_some_and(|span| call.contains(span) || span.contains(call))
            });
        }
    }

    /// A failure with what else is wrong with the same call or string.
    pub(crate) fn with_others(mut self: Box<Self>, others: impl IntoIterator<Item = Error>) -> Error {
        let others: Vec<_> = others.into_iter().collect();
        if !others.is_empty() {
            self.others = Some(Box::new(Others { failures: others, own_frames: self.frames.len() }));
        }
        self
    }

    /// What else is wrong with the same call or string, each with the steps to that.
    pub(crate) fn take_others(&mut self) -> Vec<Error> {
        let Some(others) = self.others.take() else { return Vec::new() };
        let Others { mut failures, own_frames } = *others;
        let is_shared = |frame: &&Frame| ![PART, LACKING].contains(&frame.message.as_str());
        let shared: Vec<_> = self.frames.iter().skip(own_frames).filter(is_shared).cloned().collect();
        for failure in &mut failures {
            failure.frames.extend_from_slice(&shared);
        }
        failures
    }

    /// Moves the failure to the innermost place that may be blamed, where its own may not.
    pub(crate) fn blame(&mut self, may_be: impl Fn(Span) -> bool) {
        if self.span.is_none_or(&may_be) {
            return;
        }
        if let Some(at) = self.frames.iter().position(|frame| frame.span.is_some_and(&may_be)) {
            self.swap_place(at, "where it went wrong");
        }
    }

    /// Makes the place of a step the failure's, whose own place becomes the first step.
    fn swap_place(&mut self, at: usize, label: &str) {
        let step = self.frames.remove(at);
        if let Some(inner) = std::mem::replace(&mut self.span, step.span) {
            self.frames.insert(0, Frame { span: Some(inner), message: label.to_owned() });
        }
    }

    /// The failure as diagnostics: one, for a syntax error one for each mistake, none for what has been reported.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        // A few places on the way say how evaluation got here; more would bury the mistake.
        self.diagnostics_with(3)
    }

    /// As [`Self::into_diagnostics`], with every step on the way.
    pub fn into_traced_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics_with(usize::MAX)
    }

    /// The failure with at most so many places on the way.
    fn diagnostics_with(self, places: usize) -> Vec<Diagnostic> {
        if !self.diagnostics.is_empty() {
            return self.diagnostics;
        }
        if self.kind == ErrorKind::Reported {
            return Vec::new();
        }
        let code = match self.kind {
            ErrorKind::Thrown | ErrorKind::Aborted => Code::Thrown,
            ErrorKind::MissingAttribute => Code::MissingAttribute,
            ErrorKind::Unbound => Code::UndefinedVariable,
            ErrorKind::InfiniteRecursion => Code::InfiniteRecursion,
            ErrorKind::Limit => Code::Limit,
            ErrorKind::File | ErrorKind::Mismatch => Code::MissingFile,
            ErrorKind::Syntax | ErrorKind::Reported => Code::Syntax,
            ErrorKind::Inexact | ErrorKind::Other => Code::Evaluation,
        };
        let mut frames = self.frames.into_iter();
        let primary = self.span.or_else(|| frames.by_ref().find_map(|frame| frame.span));
        let mut diagnostic = Diagnostic::new(code, primary, self.message);
        let usual = match self.kind {
            ErrorKind::InfiniteRecursion => Some(
                "to compute this value, the value itself is needed: give one of the names on the way another value",
            ),
            ErrorKind::Limit => Some("look for a function or a value that asks for itself without an end"),
            _ => None,
        };
        diagnostic.help = self.help.or_else(|| usual.map(str::to_owned)).map(|help| {
            match help.strip_prefix("Did you mean ").and_then(|help| help.strip_suffix('?')) {
                // Several are told as Nix tells them.
                Some(name) if !name.starts_with("one of ") => format!("did you mean `{name}`?"),
                _ => help,
            }
        });
        // The set, or a name in it or for it, is to change, not what asks for it.
        let first = frames.as_slice().first().map(|frame| frame.message.as_str());
        let label = match first.filter(|_| self.kind == ErrorKind::MissingAttribute) {
            None if self.kind == ErrorKind::Unbound => {
                "not bound here, nor in the set of `with`".clone_into(&mut diagnostic.primary_label);
                ""
            }
            Some(USED) => LACKING,
            Some(ASKED) => "there is no attribute of this name",
            _ => "",
        };
        if !label.is_empty() {
            let guess = diagnostic.help.take_if(|help| help.starts_with("did you mean"));
            diagnostic.primary_label = guess.unwrap_or_else(|| label.to_owned());
        }
        let is_asked = first.is_some_and(|first| matches!(first, USED | ASKED));
        let mut seen: Vec<Span> = primary.into_iter().collect();
        for frame in frames {
            let Some(span) = frame.span else { continue };
            if seen.contains(&span) || seen.len() > places {
                continue;
            }
            let builtin = frame.message.strip_prefix("while calling the '");
            let label = match builtin.and_then(|rest| rest.strip_suffix("' builtin")) {
                // The call around the mistake is to be seen there already.
                Some(_) if places < usize::MAX && primary.is_some_and(|primary| span.contains(primary)) => {
                    continue;
                }
                Some(builtin) => format!("in this call of `{builtin}`"),
                None if frame.message == CALL_SITE => "called here".to_owned(),
                None if frame.message == TAKES_A_SET => "this function takes a set".to_owned(),
                None if frame.message == CALLING && places < usize::MAX => {
                    // Where it is said what asks for a name, that is enough.
                    if is_asked || primary.is_some_and(|primary| span.contains(primary)) {
                        continue;
                    }
                    "in this call".to_owned()
                }
                None => match frame.message.strip_prefix("while evaluating the attribute '") {
                    Some(name) => format!("for the attribute `{}`", name.trim_end_matches('\'')),
                    None => match frame.message.strip_prefix("while evaluating this ") {
                        Some(what) => format!("in this {what}"),
                        None => frame.message,
                    },
                },
            };
            seen.push(span);
            diagnostic = diagnostic.with_label(span, label);
        }
        vec![diagnostic]
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

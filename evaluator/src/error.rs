//! What goes wrong in an evaluation.

use launchnix_diagnostics::{Code, Diagnostic, Fault, FileFault, Label, Role, Span};

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
    /// What is wrong, where others say that in their own words.
    pub fault: Option<Fault>,
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
    /// What decided a failure that somebody throws is still looked for.
    pub(crate) open: Option<Open>,
    /// What else is wrong with the same call or the same string, with [`Settings::recover`](crate::Settings::recover).
    others: Option<Box<Others>>,
}

/// What is looked at next to find what decided a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// The conditions around what stands here.
    Failed(Span),
    /// A condition that stands here, and was passed to a function.
    Passed(Span),
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
    /// What the place has to do with the failure, where that decides what is said of it.
    pub role: Option<Role>,
}

/// Frames beyond this many are dropped: nobody reads them, and deep recursion would make millions.
const MAX_FRAMES: usize = 200;

/// A failed evaluation, boxed so that results stay small.
pub type Error = Box<Failure>;

/// The remedy where a number stands in a string.
pub const TO_STRING: &str = "`toString` makes a string of a number";

/// What a step on the way to a failure says, and what its place has to do with it.
pub(crate) struct Step {
    message: String,
    role: Option<Role>,
}

impl From<Role> for Step {
    fn from(role: Role) -> Self {
        Self { message: role.words().to_owned(), role: Some(role) }
    }
}

/// A step of a role in words of its own.
impl From<(Role, String)> for Step {
    fn from((role, message): (Role, String)) -> Self {
        Self { message, role: Some(role) }
    }
}

impl From<String> for Step {
    fn from(message: String) -> Self {
        Self { message, role: None }
    }
}

impl From<&str> for Step {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}

impl Failure {
    /// A failure without a place yet.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Box::new(Self {
            kind,
            message: message.into(),
            fault: matches!(kind, ErrorKind::File | ErrorKind::Mismatch)
                .then_some(Fault::File(FileFault::Unreadable)),
            span: None,
            frames: Vec::new(),
            help: None,
            excerpt: None,
            diagnostics: Vec::new(),
            catchable: kind == ErrorKind::Thrown,
            open: None,
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
        let shown = String::from_utf8_lossy(&shown).into_owned();
        let message = format!("attribute '{shown}' missing");
        Self::new(ErrorKind::MissingAttribute, message).of(Fault::MissingAttribute(shown))
    }

    /// A string that is no absolute path where it has to be one.
    pub(crate) fn relative_path(text: &str) -> Error {
        Self::other(format!("string '{text}' doesn't represent an absolute path")).of(Fault::RelativePath)
    }

    /// Says what is wrong, for who says it in other words.
    pub(crate) fn of(mut self: Box<Self>, fault: Fault) -> Error {
        self.fault = Some(fault);
        self
    }

    /// Whether a function is given an argument that it does not take.
    pub(crate) fn is_unexpected_argument(&self) -> bool {
        matches!(self.fault, Some(Fault::UnexpectedArgument(_)))
    }

    /// Whether a function lacks an argument.
    pub(crate) fn is_missing_argument(&self) -> bool {
        matches!(self.fault, Some(Fault::MissingArgument(_)))
    }

    /// Whether what is called is no function.
    pub(crate) fn is_no_function(&self) -> bool {
        matches!(self.fault, Some(Fault::NoFunction(_)))
    }

    pub(crate) fn with_help(mut self: Box<Self>, help: impl Into<String>) -> Error {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn at(mut self: Box<Self>, span: Span) -> Error {
        self.span.get_or_insert(span);
        self
    }

    pub(crate) fn frame(mut self: Box<Self>, span: Option<Span>, step: impl Into<Step>) -> Error {
        if self.frames.len() < MAX_FRAMES {
            let Step { message, role } = step.into();
            let frame = Frame { span, message, role };
            if self.frames.last() != Some(&frame) {
                self.frames.push(frame);
            }
        }
        self
    }

    /// Moves the failure to where the value was written that it is about; where it was used becomes the first step.
    pub(crate) fn made_at(mut self: Box<Self>, made: Span) -> Error {
        if let Some(used) = self.span.replace(made) {
            self.frames.insert(0, Frame::new(used, Role::Used));
        }
        self
    }

    /// Moves the failure to where the value was written that decided it.
    pub(crate) fn decided_at(mut self: Box<Self>, decider: Span, failed_as: Role) -> Error {
        if let Some(failed) = self.span.replace(decider) {
            self.frames.insert(0, Frame::new(failed, failed_as));
        }
        self
    }

    /// Moves the failure to where a function is passed on that should have been called.
    pub(crate) fn passed_at(mut self: Box<Self>, passed: Span) -> Error {
        if let Some(used) = self.span.replace(passed) {
            self.frames.insert(0, Frame::new(used, Role::Uncalled));
        }
        self
    }

    /// Moves the failure to where the name was written that was asked for.
    pub(crate) fn named_at(mut self: Box<Self>, made: Span) -> Error {
        if let Some(used) = self.span.replace(made) {
            self.frames.insert(0, Frame::new(used, Role::Selected));
        }
        self
    }

    /// Where a function is called with the wrong arguments, the call is to change, or what a built-in function calls it
    /// with, not the function.
    pub(crate) fn blame_the_call(&mut self) {
        let (roles, label) = if self.is_unexpected_argument() {
            ([Role::Passed].as_slice(), "the function takes no such argument")
        } else if self.is_missing_argument() {
            let roles: &[Role] = &[Role::Misspelt, Role::Given, Role::CallSite, Role::Lacking];
            (roles, Role::Callee.words())
        } else {
            return;
        };
        let known = |role: &Role| {
            self.frames.iter().position(|known| known.role == Some(*role) && known.span.is_some())
        };
        // A call that passes on what was written behind it, or in another file, is the same for other sets.
        let span_of = |at: Option<usize>| self.frames[at?].span;
        let is_passed_on = match (span_of(known(&Role::CallSite)), span_of(known(&Role::Lacking))) {
            (Some(call), Some(set)) => set.source != call.source || set.start >= call.end,
            _ => false,
        };
        let mut roles = roles.iter().filter(|role| !is_passed_on || **role != Role::CallSite);
        if let Some(at) = roles.find_map(known) {
            self.swap_place(at, (Role::Callee, label.to_owned()));
        }
        // The set that stands in the call is to be seen there.
        if let Some(call) = self.span {
            self.frames.retain(|frame| {
                frame.role != Some(Role::Lacking)
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
        let is_shared = |frame: &&Frame| !matches!(frame.role, Some(Role::Given | Role::Lacking));
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
    fn swap_place(&mut self, at: usize, label: impl Into<Step>) {
        let step = self.frames.remove(at);
        if let Some(inner) = std::mem::replace(&mut self.span, step.span) {
            self.frames.insert(0, Frame::new(inner, label));
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
        // Words of the user's stay as they are.
        let is_ours = code == Code::Evaluation;
        let message = if is_ours { without_internals(self.message) } else { self.message };
        let mut frames = self.frames.into_iter();
        let primary = self.span.or_else(|| frames.by_ref().find_map(|frame| frame.span));
        let mut diagnostic = Diagnostic::new(code, primary, message);
        diagnostic.fault = self.fault;
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
        let first = frames.as_slice().first().and_then(|frame| frame.role);
        let label = match first.filter(|_| self.kind == ErrorKind::MissingAttribute) {
            None if self.kind == ErrorKind::Unbound => {
                "not bound here, nor in the set of `with`".clone_into(&mut diagnostic.primary_label);
                ""
            }
            Some(Role::Used) => Role::Lacking.words(),
            Some(Role::Selected) => "there is no attribute of this name",
            _ => "",
        };
        match first {
            Some(Role::False | Role::Thrown) => "for this value".clone_into(&mut diagnostic.primary_label),
            Some(Role::Missed) => "this is not there".clone_into(&mut diagnostic.primary_label),
            _ => {}
        }
        if !label.is_empty() {
            let guess = diagnostic.help.take_if(|help| help.starts_with("did you mean"));
            diagnostic.primary_label = guess.unwrap_or_else(|| label.to_owned());
        }
        let is_asked = first.is_some_and(|first| matches!(first, Role::Used | Role::Selected));
        let mut seen: Vec<Span> = primary.into_iter().collect();
        for frame in frames {
            let Some(span) = frame.span else { continue };
            if seen.contains(&span) || seen.len() > places {
                continue;
            }
            let is_around = primary.is_some_and(|primary| span.contains(primary));
            let all = places == usize::MAX;
            let builtin = frame.message.strip_prefix("while calling the '");
            let label = match (frame.role, builtin.and_then(|rest| rest.strip_suffix("' builtin"))) {
                // The call around the mistake is to be seen there already.
                (_, Some(_)) if !all && is_around => continue,
                (_, Some(builtin)) => format!("in this call of `{builtin}`"),
                (Some(Role::CallSite), _) => "called here".to_owned(),
                (Some(Role::TakesSet), _) => "this function takes a set".to_owned(),
                // Where it is said what asks for a name, that is enough.
                (Some(Role::Call), _) if !all && (is_asked || is_around) => continue,
                (Some(Role::Call), _) if !all => "in this call".to_owned(),
                _ => match frame.message.strip_prefix("while evaluating the attribute '") {
                    Some(name) => format!("for the attribute `{}`", name.trim_end_matches('\'')),
                    None => match frame.message.strip_prefix("while evaluating this ") {
                        Some(what) => format!("in this {what}"),
                        None => frame.message,
                    },
                },
            };
            seen.push(span);
            diagnostic.labels.push(Label { span, message: label, role: frame.role });
        }
        vec![diagnostic]
    }
}

/// What a function looks like inside of the evaluator says nothing to who wrote it.
fn without_internals(mut message: String) -> String {
    if let Some(at) = message.find('\u{ab}')
        && let Some(colon) = message[..at].find(": ")
    {
        message.truncate(colon);
    }
    message
}

impl Frame {
    fn new(span: Span, step: impl Into<Step>) -> Self {
        let Step { message, role } = step.into();
        Self { span: Some(span), message, role }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

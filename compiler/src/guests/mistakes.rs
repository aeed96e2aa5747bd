//! What is wrong with a guest that fails, all of it: an evaluation ends with its first mistake, so that the guest is
//! evaluated again without what is mistaken, until nothing new comes to light.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use launchnix_diagnostics::{Diagnostic, Span};
use launchnix_evaluator::{ErrorKind, Failure, Value};

use super::evaluation::{Scene, is_spent};
use super::mend::Mend;
use super::message::{Message, SET_OF_OPTIONS, list_entry, option_path, quoted_path, shown};
use super::modules::{Modules, ProblemKind};
use super::plain::plain;
use super::report::Report;
use super::suggestion;

/// How often a guest is evaluated without what is known to be mistaken.
const ROUNDS: usize = 16;
/// How deep the value of an option is looked at for mistakes.
const VALUE_DEPTH: usize = 6;
/// With how many of the entries that were written one of a list is compared.
const MAX_ENTRIES: usize = 20;

/// One mistake.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    /// What the evaluation said.
    pub(super) text: String,
    /// What that means.
    pub(super) message: Message,
    /// What was under way, innermost first.
    pub(super) trail: Vec<String>,
    /// The places in the user's files that the evaluation itself knows of, innermost first.
    pub(super) places: Vec<Span>,
    pub(super) help: Option<String>,
    /// The option that is meant, for one that does not exist.
    pub(super) nearest: Option<Vec<String>>,
    /// The part of a definition that fails with just this.
    pub(super) asked_by: Option<Vec<String>>,
    /// What was traced of it.
    pub(super) reasons: Vec<String>,
    /// What a plain check would say of it.
    pub(super) plain: Option<Diagnostic>,
}

impl Mistake {
    /// A mistake that no evaluation told of.
    fn new(text: String, message: Message) -> Self {
        Self {
            text,
            message,
            trail: Vec::new(),
            places: Vec::new(),
            help: None,
            nearest: None,
            asked_by: None,
            reasons: Vec::new(),
            plain: None,
        }
    }

    /// Whether it is this failure at this place.
    fn is(&self, text: &str, places: &[Span]) -> bool {
        let is_by_place = matches!(self.message, Message::Other | Message::Recursion);
        self.text == text && (!is_by_place || self.places.first() == places.first())
    }
}

/// The mistakes of a guest that fails.
pub(super) struct Mistakes<'m, 's, 'a, 'r> {
    scene: &'m Scene<'s, 'a>,
    report: &'m mut Report<'r>,
    found: Vec<Mistake>,
    mend: Mend,
}

impl<'m, 's, 'a, 'r> Mistakes<'m, 's, 'a, 'r> {
    /// Looks for all that can be told, and for what has to be left out to evaluate the rest.
    pub(super) fn of(
        scene: &'m Scene<'s, 'a>,
        error: &Failure,
        report: &'m mut Report<'r>,
    ) -> (Vec<Mistake>, Mend) {
        let mut mistakes = Self { scene, report, found: Vec::new(), mend: Mend::default() };
        for round in 0..ROUNDS {
            if is_spent(scene.evaluator) {
                break;
            }
            if !mistakes.round(if round == 0 { Some(error) } else { None }) {
                break;
            }
        }
        if mistakes.found.is_empty() {
            mistakes.add(error);
        }
        (mistakes.found, mistakes.mend)
    }

    /// Evaluates the guest without what is known to be mistaken, and looks for what is wrong with the rest: with how
    /// modules are built, options that do not exist, values that do not fit, and what fails in the end. Says whether
    /// there is something else to leave out.
    fn round(&mut self, first: Option<&Failure>) -> bool {
        let scene = self.scene;
        self.reasons();
        let mut start = self.found.len();
        let system = scene.system(&self.mend);
        let modules = system.as_ref().ok().and_then(|&system| scene.modules(system).ok());
        let mut last = None;
        if let (Ok(system), Some(modules)) = (&system, &modules) {
            self.structure(modules);
            self.definitions(*system, modules);
            last = scene.derivation(*system).err();
            if let Some(last) = &last {
                self.add_last(last);
            }
        }
        if let Some(first) = first {
            // What the check for unknown options says has been found above, each with its place.
            let is_known = |known: &Mistake| matches!(known.message, Message::UnknownOption { .. });
            let is_unknown = matches!(Message::read(&first.message), Message::UnknownOption { .. });
            if self.found.is_empty() || !(is_unknown && self.found.iter().any(is_known)) {
                self.add_last(first);
            }
            start = 0;
        }
        let Some(modules) = &modules else { return false };
        let causes = self.failing_parts(modules, last.as_deref());
        let system = system.ok();
        self.suggest(system, start);
        self.leave_out(system, modules, last.as_deref(), causes, start)
    }

    /// Finds what may have been meant by the mistakes from the given one on.
    fn suggest(&mut self, system: Option<Value<'a>>, start: usize) {
        let e = self.scene.evaluator;
        let Some(Ok(Value::Attrs(attrs))) = system.map(|system| e.force(system)) else { return };
        for mistake in &mut self.found[start..] {
            if let Message::UnknownOption { option, .. } = &mistake.message
                && let Some(options) = attrs.get(e.intern("options"))
            {
                mistake.nearest = suggestion::nearest(e, options.value, &option_path(option));
            }
            if let Some(name) = mistake.text.strip_prefix("undefined variable '") {
                let name = name.trim_end_matches('\'');
                let nearest = |set: &str| {
                    let path = if set == "lib" { "pkgs.lib" } else { set };
                    let values = e.select_path(Value::Attrs(attrs), path, &[]).ok()?;
                    let nearest = suggestion::among(e, values, name)?;
                    Some(format!("did you mean `{nearest}` of `{set}`?"))
                };
                // Functions of `lib` have two words in their names more often than packages.
                let sets = if name.contains(char::is_uppercase) { ["lib", "pkgs"] } else { ["pkgs", "lib"] };
                mistake.help = sets.into_iter().find_map(nearest);
            }
        }
    }

    /// Where a package is refused, or something fails that has no place, the part of the user's definitions is looked
    /// for that fails by itself. Gives the parts that fail with what the guest fails with.
    fn failing_parts(&mut self, modules: &Modules<'_, 'a>, last: Option<&Failure>) -> Vec<Vec<String>> {
        let scene = self.scene;
        let is_looked_for = |mistake: &Mistake| match &mistake.message {
            Message::Package { .. } => true,
            Message::Other => mistake.places.is_empty() || is_no_attribute(&mistake.text),
            _ => false,
        };
        let has_cause = |last: &Failure| {
            let message = Message::read(&last.message);
            matches!(message, Message::Package { .. } | Message::Other | Message::Recursion)
        };
        let last = last.filter(|last| has_cause(last));
        if last.is_none() && !self.found.iter().any(is_looked_for) {
            return Vec::new();
        }
        let own = last.map(|last| self.in_circle(modules, last)).unwrap_or_default();
        // Whatever needs a value that needs itself fails like that one.
        let last = last.filter(|_| own.is_empty());
        let last_place = last.and_then(|last| self.places(last).first().copied());
        let mut causes = own;
        modules.walk(&mut |path, value| {
            if let Ok(Value::Path(file)) = scene.evaluator.force(value) {
                let said = format!("path '{}' does not exist", String::from_utf8_lossy(file.text));
                if let Some(known) = self.found.iter_mut().find(|known| known.text == said) {
                    known.asked_by.get_or_insert_with(|| path.to_vec());
                }
                if last.is_some_and(|last| last.message == said) {
                    causes.push(path.to_vec());
                }
                return true;
            }
            let Some(error) = scene.failure(value) else { return true };
            let places = self.places(&error);
            if error.kind == ErrorKind::Reported
                || last.is_some_and(|last| last.message == error.message)
                    && places.first().copied() == last_place
            {
                causes.push(path.to_vec());
            }
            if let Some(known) = self.found.iter_mut().find(|known| known.is(&error.message, &places)) {
                known.asked_by.get_or_insert_with(|| path.to_vec());
            }
            true
        });
        causes
    }

    /// The user's definitions on the way of a value that needs itself.
    fn in_circle(&self, modules: &Modules<'_, 'a>, failure: &Failure) -> Vec<Vec<String>> {
        if Message::read(&failure.message) != Message::Recursion {
            return Vec::new();
        }
        let recurs = |path: &Vec<String>| {
            let mut found = modules.at(path).0.into_iter();
            found.any(|definition| {
                let failure = self.scene.failure(definition.value);
                failure.is_some_and(|failure| Message::read(&failure.message) == Message::Recursion)
            })
        };
        let options = under_way(failure.frames.iter().map(|frame| frame.message.as_str()));
        options.iter().filter_map(|path| modules.resolved(path)).filter(recurs).collect()
    }

    /// Leaves out what is known to be mistaken. Says whether anything was added to that.
    fn leave_out(
        &mut self,
        system: Option<Value<'a>>,
        modules: &Modules<'_, 'a>,
        last: Option<&Failure>,
        causes: Vec<Vec<String>>,
        start: usize,
    ) -> bool {
        let mut grows = false;
        self.mend.arguments.extend(modules.arguments());
        for problem in &modules.problems {
            grows |= self.mend.leave_out_module(&problem.module);
        }
        for (module, error) in &modules.failed {
            let is_last = last.is_some_and(|last| {
                last.message == error.message && self.places(last).first() == self.places(error).first()
            });
            if is_last || error.kind == ErrorKind::Reported {
                grows |= self.mend.leave_out_module(module);
            }
        }
        for cause in causes {
            grows |= self.mend.leave_out(cause);
        }
        let messages: Vec<_> = self.found[start..].iter().map(|mistake| mistake.message.clone()).collect();
        let told = last.map(|last| Message::read(&last.message));
        for message in messages.iter().chain(&told) {
            grows |= match message {
                Message::UnknownOption { option, .. }
                | Message::WrongType { option, .. }
                | Message::Conflict { option, .. }
                | Message::ReadOnly { option, .. } => {
                    self.leave_out_option(system, modules, &option_path(option))
                }
                Message::NoValue { option } => {
                    let near = modules.nearest(&option_path(option));
                    near.is_some_and(|near| self.mend.leave_out(near))
                }
                Message::Assertions(_) => self.mend.leave_out_assertions(),
                _ => false,
            };
        }
        if !grows && let Some(last) = last {
            let options = under_way(last.frames.iter().map(|frame| frame.message.as_str()));
            grows = options.iter().any(|path| self.leave_out_option(system, modules, path));
        }
        grows
    }

    /// Leaves out what the user's modules define of an option; where that is nothing, the option gets its default.
    fn leave_out_option(
        &mut self,
        system: Option<Value<'a>>,
        modules: &Modules<'_, 'a>,
        path: &[String],
    ) -> bool {
        let path = self.mend.original(path);
        if let Some(known) = modules.resolved(&path) {
            return self.mend.leave_out(known);
        }
        let e = self.scene.evaluator;
        let options = system.and_then(|system| e.select_path(system, "options", &[]).ok());
        let Some(mut level) = options else { return false };
        for (index, name) in path.iter().enumerate() {
            let attr = e.expect_attrs(level).ok().and_then(|attrs| attrs.get(e.intern(name)));
            let Some(attr) = attr else { return false };
            level = attr.value;
            if let Ok(Value::Attrs(option)) = e.force(level)
                && modules.tag(option).as_deref() == Some("option")
            {
                let has_default = option.get(e.intern("default")).is_some();
                return has_default && self.mend.set_default(path[..=index].to_vec());
            }
        }
        false
    }

    /// What was traced since it was asked last.
    fn reasons(&self) -> Vec<String> {
        let mut traces = self.scene.run.traces.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *traces)
    }

    /// What is wrong with how the user's modules are built.
    fn structure(&mut self, modules: &Modules<'_, 'a>) {
        for problem in &modules.problems {
            let text = match &problem.kind {
                ProblemKind::MissingFile(path) => format!("there is no file `{}`", self.report.shown(path)),
                ProblemKind::ImportsNoList(what) => {
                    format!("`imports` is {what}, but must be a list of modules")
                }
                ProblemKind::OtherValue(what) => {
                    format!("this is {what}, but must be a NixOS module: a path, a set or a function")
                }
                ProblemKind::StringForPath(text) => format!("{text:?} is a string, but must be a path"),
            };
            let message = Message::Structure(problem.module.clone());
            if self.found.iter().all(|known| known.message != message) {
                self.found.push(Mistake::new(text, message));
            }
        }
        let is_known = self.found.iter().any(|known| known.message == Message::Condition);
        if !is_known && modules.strange_condition().is_some() {
            self.found.push(Mistake::new(String::new(), Message::Condition));
        }
    }

    /// Adds what a guest failed with in the end, unless it follows from what is known.
    fn add_last(&mut self, error: &Failure) {
        let message = Message::read(&error.message);
        let follows = |known: &Mistake| match &known.message {
            Message::Structure(_) => {
                self.mend.is_empty() && matches!(message, Message::Other | Message::NoModule)
            }
            Message::Condition => {
                matches!(message, Message::Condition)
                    || message == Message::Other && error.message.contains("expected a Boolean")
            }
            Message::WrongType { wanted, .. } if wanted == SET_OF_OPTIONS => {
                message == Message::Other && error.message.contains("expected a set")
            }
            _ => false,
        };
        if !self.found.iter().any(follows) {
            self.add(error);
        }
    }

    /// Whether something may be only because of what was left out.
    fn may_follow(&self, message: &Message, error: &Failure, places: &[Span]) -> bool {
        if self.mend.is_empty() {
            return false;
        }
        match message {
            Message::NoValue { option } => {
                self.mend.asserts_nothing || self.mend.is_near(&option_path(option))
            }
            // What was asserted may be what keeps this from being evaluated.
            Message::Other if self.mend.asserts_nothing => {
                !error.span.is_some_and(|span| self.is_users(span))
            }
            Message::Other => places.is_empty(),
            _ => false,
        }
    }

    /// What is asserted without regard to what was left out: an assertion that names it may fail for just that, and so may
    /// others about what it is a part of.
    fn asserted(&self, messages: &[String]) -> Vec<String> {
        let is_named = |path: &&Vec<String>| messages.iter().any(|text| text.contains(&shown(path)));
        let named: Vec<_> = self.mend.all().filter(is_named).collect();
        let follows = |text: &String| {
            named.iter().any(|path| {
                let parent = &path[..path.len().saturating_sub(1)];
                text.contains(&shown(path)) || parent.len() > 1 && text.contains(&shown(parent))
            })
        };
        messages.iter().filter(|text| !follows(text)).cloned().collect()
    }

    /// Compares definitions with options, and looks at each option that the user defines.
    fn definitions(&mut self, system: Value<'a>, modules: &Modules<'_, 'a>) {
        let e = self.scene.evaluator;
        let Ok(system) = e.expect_attrs(system) else { return };
        let (Some(options), Some(config)) = (system.get(e.intern("options")), system.get(e.intern("config")))
        else {
            return;
        };
        let comparison = modules.compare(options.value);
        let is_freeform = e
            .select_path(options.value, "_module.freeformType.value", &[])
            .is_ok_and(|kind| !matches!(kind, Value::Null));
        if !is_freeform {
            let mut seen = BTreeSet::new();
            for path in comparison.unknown {
                if seen.insert(path.clone()) {
                    let option = quoted_path(&path);
                    let message = Message::UnknownOption { option: option.clone(), files: Vec::new() };
                    if self.found.iter().all(|known| known.message != message) {
                        self.found
                            .push(Mistake::new(format!("The option `{option}' does not exist."), message));
                    }
                }
            }
        }
        for path in comparison.no_set {
            let option = quoted_path(&path);
            let text = format!("`{option}' is no set.");
            if self.found.iter().all(|known| known.text != text) {
                let message =
                    Message::WrongType { option, wanted: SET_OF_OPTIONS.to_owned(), files: Vec::new() };
                self.found.push(Mistake::new(text, message));
            }
        }
        for (path, definition) in comparison.defined {
            let mut value = config.value;
            let reached = path.iter().all(|name| match e.force(value) {
                Ok(Value::Attrs(attrs)) => match attrs.get(e.intern(name)) {
                    Some(attr) => {
                        value = attr.value;
                        true
                    }
                    None => false,
                },
                _ => false,
            });
            if reached {
                self.value(value, definition, modules, 0);
            }
        }
    }

    /// Looks at what became of a definition; only what the module system has to say of its type counts.
    fn value(&mut self, value: Value<'a>, definition: Value<'a>, modules: &Modules<'_, 'a>, depth: usize) {
        let e = self.scene.evaluator;
        let forced = match e.force(value) {
            Ok(forced) => forced,
            Err(error) => {
                let counts = matches!(
                    Message::read(&error.message),
                    Message::WrongType { .. }
                        | Message::Conflict { .. }
                        | Message::ReadOnly { .. }
                        | Message::UnknownOption { .. }
                );
                if counts {
                    self.add(&error);
                }
                return;
            }
        };
        if depth > VALUE_DEPTH {
            return;
        }
        match forced {
            Value::Attrs(attrs) if attrs.get(e.intern("drvPath")).is_none() => {
                for part in modules.parts(definition) {
                    let Ok(Value::Attrs(written)) = e.force(part) else { continue };
                    for (_, attr) in e.sorted(written) {
                        if let Some(inner) = attrs.get(attr.name) {
                            self.value(inner.value, attr.value, modules, depth + 1);
                        }
                    }
                }
            }
            Value::List(list) => {
                let parts = modules.parts(definition);
                let written: Vec<_> =
                    parts.iter().filter_map(|part| e.expect_list(*part).ok()).flatten().copied().collect();
                // Entries of one definition are known; of several, any may be where another was written.
                let is_known = written.len() == list.items.len();
                for (index, &item) in list.items.iter().enumerate() {
                    let meant = if is_known { &written[index..=index] } else { written.as_slice() };
                    self.value(item, Value::Null, modules, VALUE_DEPTH);
                    for &entry in meant.iter().take(MAX_ENTRIES) {
                        self.value(item, entry, modules, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds what an evaluation failed with, unless it is known.
    fn add(&mut self, error: &Failure) {
        // What is no valid Nix is told with its places.
        if error.kind == ErrorKind::Reported {
            return;
        }
        let places = self.places(error);
        let mut message = Message::read(&error.message);
        if let Some(option) = message.option_mut() {
            let path = option_path(option);
            if path.iter().any(|part| list_entry(part).is_some()) {
                *option = quoted_path(&self.mend.original(&path));
            }
        }
        if let Message::Assertions(messages) = message {
            let messages = self.asserted(&messages);
            if messages.is_empty() {
                return;
            }
            message = Message::Assertions(messages);
        }
        let is_same = |known: &Mistake| {
            known.message == message
                || matches!((&known.message, &message),
                    (Message::WrongType { option, wanted, .. }, Message::WrongType { option: other, wanted: same, .. })
                        if option == other && wanted == same)
                || matches!((&known.message, &message),
                    (Message::UnknownOption { option, .. }, Message::UnknownOption { option: other, .. })
                        if option_path(option) == option_path(other))
        };
        let is_told = matches!(message, Message::Other | Message::Recursion);
        let innermost = |trail: &[String]| under_way(trail.iter().map(String::as_str)).into_iter().next();
        let trail: Vec<_> = error.frames.iter().map(|frame| frame.message.clone()).collect();
        let is_known = |known: &Mistake| {
            known.is(&error.message, &places)
                && known.message == message
                && (message != Message::Recursion || innermost(&known.trail) == innermost(&trail))
        };
        if !is_told && self.found.iter().any(is_same)
            || self.found.iter().any(is_known)
            || self.may_follow(&message, error, &places)
        {
            return;
        }
        let reasons = match &message {
            Message::WrongType { .. } => self.reasons(),
            _ => Vec::new(),
        };
        let plain = plain(self.scene, self.report, error);
        self.found.push(Mistake {
            plain,
            message,
            trail,
            places,
            help: error.help.clone(),
            reasons,
            ..Mistake::new(error.message.clone(), Message::Other)
        });
    }

    /// The places in the user's files that a failure knows of, innermost first.
    fn places(&mut self, error: &Failure) -> Vec<Span> {
        let map = self.scene.evaluator.source_map();
        let spans = error.span.into_iter().chain(error.frames.iter().filter_map(|frame| frame.span));
        let mut places = Vec::new();
        for span in spans {
            if self.scene.is_users(&map, span) {
                let span = self.report.span(&map, span);
                if !places.contains(&span) {
                    places.push(span);
                }
            }
        }
        places
    }

    fn is_users(&self, span: Span) -> bool {
        self.scene.is_users(&self.scene.evaluator.source_map(), span)
    }
}

/// The options that were under way, innermost first.
pub(super) fn under_way<'t>(trail: impl Iterator<Item = &'t str>) -> Vec<Vec<String>> {
    let option = |step: &'t str| step.strip_prefix("while evaluating the option `")?.split_once('\'');
    trail.filter_map(option).map(|(option, _)| option_path(option)).collect()
}

/// Whether a name is not there: a package perhaps, and others may not be there either.
fn is_no_attribute(text: &str) -> bool {
    text.starts_with("attribute '") || text.starts_with("undefined variable '")
}

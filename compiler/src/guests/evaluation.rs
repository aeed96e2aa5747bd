//! Evaluating guests to the derivations of their systems, and asking what is wrong with those that fail.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use launchnix_diagnostics::{Diagnostic, SourceMap, Span};
use launchnix_evaluator::fetch::{self, Fetcher};
use launchnix_evaluator::{Error, Evaluator, Failure, Features, Limits, Settings, Value};

use super::Progress;
use super::build::{Build, BuiltGuest};
use super::definitions::{Modules, ProblemKind};
use super::message::{Message, SET_OF_OPTIONS, list_entry, option_path, shown};
use super::report::Report;
use super::suggestion;
use crate::check::Request;
use crate::messages::Messages;

/// One evaluation holds the values of as many guests as fit into this; the next then starts anew. Guests that share
/// one share what was read and parsed.
const SHARED_MEMORY: usize = 3 << 30;
/// How deep the value of an option is looked at for mistakes.
const VALUE_DEPTH: usize = 6;

/// How the checks of systemd's units begin to say what is wrong: "Systemd Service field 'Type' cannot have …".
const UNIT_CHECK: &str = "Systemd ";
/// Traces that are kept.
const MAX_TRACES: usize = 100;

/// What is evaluated, and for whom.
pub(super) struct Run<'r> {
    pub(super) build: &'r Build<'r>,
    pub(super) request: &'r Request,
    pub(super) progress: &'r (dyn Fn(Progress<'_>) + Sync),
    /// What the modules trace: checks of systemd's units say in no other way what is wrong.
    pub(super) traces: Mutex<Vec<String>>,
    /// What else they print.
    pub(super) messages: Messages,
}

/// What came of a guest.
pub(super) struct Found {
    /// Its index.
    pub(super) guest: usize,
    pub(super) derivation: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) warnings: Vec<String>,
    /// The nixpkgs that it was evaluated with.
    pub(super) nixpkgs: PathBuf,
}

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
    /// What is wrong with the syntax of a file, in the words of the parser.
    pub(super) syntax: Vec<Diagnostic>,
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
            syntax: Vec::new(),
        }
    }
}

impl Run<'_> {
    /// Runs `work` with the guests' files in place.
    pub(super) fn evaluate<R: Send>(
        &self,
        tracing: bool,
        work: impl for<'a> FnOnce(&Evaluator<'a>) -> R + Send,
    ) -> Result<R, Error> {
        let request = self.request;
        let fetch = request.fetch.as_ref().map(|fetch| {
            move |wanted: &fetch::Request, identify: &fetch::Identify<'_>| fetch(wanted, identify)
        });
        let trace = |line: &str| {
            if !line.contains(UNIT_CHECK) {
                self.messages.say(line);
                return;
            }
            let mut traces = self.traces.lock().unwrap_or_else(PoisonError::into_inner);
            if traces.len() < MAX_TRACES {
                traces.push(line.to_owned());
            }
        };
        let ask = || request.interrupt.as_ref().is_some_and(|interrupt| interrupt());
        let settings = Settings {
            search_path: request
                .search_path
                .iter()
                .map(|(name, path)| (name.clone(), path.to_string_lossy().into_owned()))
                .collect(),
            home: request.home.clone(),
            interrupt: Some(&ask),
            message: &trace,
            fetcher: fetch.as_ref().map(|fetch| Fetcher { fetch, eager: true }),
            tracing,
            limits: Limits::default(),
            features: Features::default(),
            ..Settings::new(self.build)
        };
        launchnix_evaluator::evaluate(&settings, work)
    }
}

/// Evaluates all guests. An error says why there is no nixpkgs to do so with.
pub(super) fn evaluate(run: &Run<'_>, report: &mut Report<'_>) -> Result<Vec<Found>, String> {
    let guests = &run.build.guests;
    let mut found = Vec::new();
    while found.len() < guests.len() {
        let first = found.len();
        let some = run.evaluate(false, |evaluator| {
            let (nixpkgs, path) = nixpkgs(evaluator, run.build)?;
            let mut some = Vec::new();
            for (index, guest) in guests.iter().enumerate().skip(first) {
                (run.progress)(Progress { machine: &guest.name, number: index + 1, count: guests.len() });
                let scene = Scene { evaluator, run, guest, nixpkgs, path: &path };
                some.push(scene.evaluate(index, report));
                if evaluator.memory() > SHARED_MEMORY {
                    break;
                }
            }
            Ok::<_, String>(some)
        });
        match some {
            Ok(some) => found.extend(some?),
            Err(error) => return Err(error.message),
        }
    }
    Ok(found)
}

/// The nixpkgs of the deployment: as a value, and where it is.
pub(super) fn nixpkgs<'a>(
    evaluator: &Evaluator<'a>,
    build: &Build<'_>,
) -> Result<(Value<'a>, PathBuf), String> {
    let said = |error: Error| error.message;
    let value = evaluator.file(&build.directory.join(crate::guest::NIXPKGS)).map_err(said)?;
    let exists = "nixpkgs: builtins.pathExists (nixpkgs + \"/nixos/lib/eval-config.nix\")";
    let exists = evaluator.expression(exists, "«nixpkgs»", &build.directory).map_err(said)?;
    let path = match value {
        Value::Path(path) => path.text,
        Value::String(string) => string.text,
        other => return Err(format!("`nixpkgs` is {}, and not a directory", other.describe())),
    };
    let path = PathBuf::from(OsStr::from_bytes(path));
    match evaluator.call(exists, value).and_then(|exists| evaluator.expect_bool(exists)) {
        Ok(true) => Ok((value, path)),
        Ok(false) => Err(format!("there is no `nixos/lib/eval-config.nix` in `{}`", path.display())),
        Err(error) => Err(error.message),
    }
}

/// A guest in an evaluation.
pub(super) struct Scene<'s, 'a> {
    pub(super) evaluator: &'s Evaluator<'a>,
    pub(super) run: &'s Run<'s>,
    pub(super) guest: &'s BuiltGuest,
    pub(super) nixpkgs: Value<'a>,
    pub(super) path: &'s Path,
}

impl<'s, 'a> Scene<'s, 'a> {
    fn evaluate(&self, index: usize, report: &mut Report<'_>) -> Found {
        let mut found = Found {
            guest: index,
            derivation: None,
            mistakes: Vec::new(),
            warnings: Vec::new(),
            nixpkgs: self.path.to_owned(),
        };
        match self.system(false).and_then(|system| Ok((system, self.derivation(system)?))) {
            Ok((system, derivation)) => {
                found.derivation = Some(derivation);
                found.warnings = self.warnings(system);
            }
            Err(error) => {
                let mut mistakes = Mistakes { scene: self, report, found: Vec::new() };
                mistakes.look(&error);
                found.mistakes = mistakes.found;
            }
        }
        found
    }

    /// The guest as NixOS evaluates it; if wanted, without the check for options that do not exist.
    pub(super) fn system(&self, unchecked: bool) -> Result<Value<'a>, Error> {
        let e = self.evaluator;
        let function = e.file(&self.run.build.system(self.guest))?;
        let mut arguments = vec![("nixpkgs", self.nixpkgs)];
        if unchecked {
            let module = e.attrs(&[("_module", e.attrs(&[("check", Value::bool(false))]))]);
            arguments.push(("extra", e.list(&[module])));
        }
        e.call(function, e.attrs(&arguments))
    }

    fn derivation(&self, system: Value<'a>) -> Result<String, Error> {
        let e = self.evaluator;
        let path = e.select_path(system, "config.system.build.toplevel.drvPath", &[])?;
        Ok(String::from_utf8_lossy(e.raw(path)?).into_owned())
    }

    fn warnings(&self, system: Value<'a>) -> Vec<String> {
        let e = self.evaluator;
        let Ok(warnings) = e.select_path(system, "config.warnings", &[]) else { return Vec::new() };
        let items = e.expect_list(warnings).unwrap_or(&[]).iter();
        items.filter_map(|&item| Some(e.expect_string(item).ok()?.lossy().into_owned())).collect()
    }

    /// What a value, or what it builds, fails with.
    pub(super) fn failure(&self, value: Value<'a>) -> Option<Error> {
        let e = self.evaluator;
        let result = e.force(value).and_then(|value| match value {
            Value::Attrs(attrs) => {
                attrs.get(e.intern("drvPath")).map_or(Ok(Value::Null), |attr| e.force(attr.value))
            }
            other => Ok(other),
        });
        result.err()
    }

    /// The user's modules.
    pub(super) fn modules(&self, unchecked: Value<'a>) -> Result<Modules<'s, 'a>, Error> {
        let e = self.evaluator;
        let deployment = e.file(&self.run.build.directory.join(crate::guest::DEPLOYMENT))?;
        let mut roots = Vec::new();
        for path in &self.guest.modules {
            let mut value = deployment;
            for name in path {
                let attr = e.expect_attrs(value)?.get(e.intern(name));
                value = attr.map_or(Value::Null, |attr| attr.value);
            }
            roots.push(value);
        }
        let text = r#"
            { nixpkgs, evaluated, name }:
            let
              known = evaluated.options._module.args.value or { };
              base = {
                inherit (evaluated) config options;
                inherit name;
                nodes = { };
                lib = import (nixpkgs + "/lib");
                pkgs = evaluated.pkgs or known.pkgs;
                modulesPath = toString (nixpkgs + "/nixos/modules");
              };
            in
            function:
            let
              wanted = builtins.functionArgs function;
            in
            function (
              if wanted == { } then known // base else builtins.mapAttrs (name: _: base.${name} or known.${name}) wanted
            )"#;
        let call = e.expression(text, "«module arguments»", &self.run.build.directory)?;
        let call = e.call(
            call,
            e.attrs(&[
                ("nixpkgs", self.nixpkgs),
                ("evaluated", unchecked),
                ("name", e.string(&self.guest.name)),
            ]),
        )?;
        Ok(Modules::read(e, &roots, call, self.path))
    }
}

/// The mistakes of a guest that fails.
struct Mistakes<'m, 's, 'a, 'r> {
    scene: &'m Scene<'s, 'a>,
    report: &'m mut Report<'r>,
    found: Vec<Mistake>,
}

impl<'a> Mistakes<'_, '_, 'a, '_> {
    /// Looks for all that can be told at once: what is wrong with how modules are built, the options that do not exist,
    /// the values that do not fit, and what fails in the end.
    fn look(&mut self, error: &Failure) {
        let scene = self.scene;
        self.reasons();
        let unchecked = scene.system(true);
        let modules = unchecked.as_ref().ok().and_then(|&system| scene.modules(system).ok());
        if let (Ok(system), Some(modules)) = (&unchecked, &modules) {
            self.structure(modules);
            self.definitions(*system, modules);
            if let Err(last) = scene.derivation(*system) {
                self.add_last(&last);
            }
        }
        // What the check for unknown options says has been found above, each with its place.
        let is_known = |known: &Mistake| matches!(known.message, Message::UnknownOption { .. });
        let is_unknown = matches!(Message::read(&error.message), Message::UnknownOption { .. });
        if self.found.is_empty() || !(is_unknown && self.found.iter().any(is_known)) {
            self.add_last(error);
        }
        if let Some(modules) = &modules {
            self.failing_parts(modules);
        }
        let Ok(system) = unchecked else { return };
        for mistake in &mut self.found {
            if let Message::UnknownOption { option, .. } = &mistake.message
                && let Ok(Value::Attrs(system)) = scene.evaluator.force(system)
                && let Some(options) = system.get(scene.evaluator.intern("options"))
            {
                mistake.nearest = suggestion::nearest(scene.evaluator, options.value, &option_path(option));
            }
            if let Some(name) = mistake.text.strip_prefix("undefined variable '")
                && let Ok(pkgs) = scene.evaluator.select_path(system, "pkgs", &[])
            {
                let name = name.trim_end_matches('\'');
                mistake.help = suggestion::among(scene.evaluator, pkgs, name)
                    .map(|nearest| format!("did you mean `{nearest}` of `pkgs`?"));
            }
        }
    }

    /// Where a package is refused, or something fails that has no place, the part of the user's definitions is looked
    /// for that fails by itself; and the others that do.
    fn failing_parts(&mut self, modules: &Modules<'_, 'a>) {
        let scene = self.scene;
        let is_looked_for = |mistake: &Mistake| match &mistake.message {
            Message::Package { .. } => true,
            Message::Other => mistake.places.is_empty() || is_no_attribute(&mistake.text),
            _ => false,
        };
        if !self.found.iter().any(is_looked_for) {
            return;
        }
        modules.walk(&mut |path, value| {
            if let Ok(Value::Path(file)) = scene.evaluator.force(value) {
                let said = format!("path '{}' does not exist", String::from_utf8_lossy(file.text));
                if let Some(known) = self.found.iter_mut().find(|known| known.text == said) {
                    known.asked_by.get_or_insert_with(|| path.to_vec());
                }
                return true;
            }
            let Some(error) = scene.failure(value) else { return true };
            let known = self.found.iter().position(|known| known.text == error.message);
            let is_in_list = path.last().is_some_and(|name| list_entry(name).is_some());
            match known {
                Some(known) => {
                    self.found[known].asked_by.get_or_insert_with(|| path.to_vec());
                }
                None if is_in_list
                    && matches!(Message::read(&error.message), Message::Package { .. } | Message::Other) =>
                {
                    self.add(&error);
                    if let Some(added) = self.found.last_mut().filter(|added| added.text == error.message) {
                        added.asked_by = Some(path.to_vec());
                    }
                }
                None => {}
            }
            true
        });
    }

    /// What was traced since it was asked last.
    fn reasons(&self) -> Vec<String> {
        let mut traces = self.scene.run.traces.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *traces)
    }

    /// What is wrong with how the user's modules are built.
    fn structure(&mut self, modules: &Modules<'_, 'a>) {
        for (index, problem) in modules.problems.iter().enumerate() {
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
            self.found.push(Mistake::new(text, Message::Structure(index)));
        }
        if modules.strange_condition().is_some() {
            self.found.push(Mistake::new(String::new(), Message::Condition));
        }
    }

    /// Adds what a guest failed with in the end, unless it follows from what is known.
    fn add_last(&mut self, error: &Failure) {
        let message = Message::read(&error.message);
        let follows = |known: &Mistake| match &known.message {
            Message::Structure(_) => matches!(message, Message::Other | Message::NoModule),
            Message::Condition => {
                matches!(message, Message::Condition)
                    || message == Message::Other && error.message.contains("expected a Boolean")
            }
            Message::WrongType { wanted, .. } if wanted == SET_OF_OPTIONS => {
                message == Message::Other && error.message.contains("expected a set")
            }
            _ => false,
        };
        if error.diagnostics.is_empty() && self.found.iter().any(follows) {
            return;
        }
        self.add(error);
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
                    let option = shown(&path);
                    self.found.push(Mistake::new(
                        format!("The option `{option}' does not exist."),
                        Message::UnknownOption { option, files: Vec::new() },
                    ));
                }
            }
        }
        for path in comparison.no_set {
            let option = shown(&path);
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
                for &item in list.items {
                    self.value(item, Value::Null, modules, VALUE_DEPTH);
                }
            }
            _ => {}
        }
    }

    /// Adds what an evaluation failed with, unless it is known.
    fn add(&mut self, error: &Failure) {
        let e = self.scene.evaluator;
        let message = Message::read(&error.message);
        let is_same = |known: &Mistake| {
            known.text == error.message
                || known.message == message
                || matches!((&known.message, &message),
                    (Message::WrongType { option, wanted, .. }, Message::WrongType { option: other, wanted: same, .. })
                        if option == other && wanted == same)
        };
        if message != Message::Other && message != Message::Recursion && self.found.iter().any(is_same)
            || self.found.iter().any(|known| known.text == error.message)
        {
            return;
        }
        let map = e.source_map();
        let is_users = |map: &SourceMap, span: Span| {
            let name = Path::new(map.get(span.source).name());
            name.is_absolute()
                && !name.starts_with(self.scene.path)
                && !name.starts_with(&self.scene.run.build.directory)
        };
        let spans = error.span.into_iter().chain(error.frames.iter().filter_map(|frame| frame.span));
        let mut places = Vec::new();
        let syntax = error.diagnostics.iter().filter_map(|diagnostic| diagnostic.primary);
        for span in spans.chain(syntax) {
            if is_users(&map, span) {
                let span = self.report.span(&map, span);
                if !places.contains(&span) {
                    places.push(span);
                }
            }
        }
        let reasons = match &message {
            Message::WrongType { .. } => self.reasons(),
            _ => Vec::new(),
        };
        let syntax = error.diagnostics.iter().filter_map(|diagnostic| {
            let primary = diagnostic.primary.filter(|span| is_users(&map, *span))?;
            Some(Diagnostic {
                primary: Some(self.report.span(&map, primary)),
                labels: Vec::new(),
                fix: None,
                ..diagnostic.clone()
            })
        });
        let syntax = syntax.collect();
        self.found.push(Mistake {
            message,
            trail: error.frames.iter().map(|frame| frame.message.clone()).collect(),
            places,
            help: error.help.clone(),
            reasons,
            syntax,
            ..Mistake::new(error.message.clone(), Message::Other)
        });
    }
}

/// Whether a name is not there: a package perhaps, and others may not be there either.
fn is_no_attribute(text: &str) -> bool {
    text.starts_with("attribute '") || text.starts_with("undefined variable '")
}

//! Evaluating guests to the derivations of their systems, and asking what is wrong with those that fail.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use launchnix_diagnostics::{Diagnostic, SourceMap, Span};
use launchnix_evaluator::fetch::{self, Fetcher};
use launchnix_evaluator::{Error, Evaluator, Failure, Features, Limits, Settings, Value};

use super::build::{Build, BuiltGuest};
use super::declarations::{Abouts, abouts};
use super::mend::Mend;
use super::mistakes::{Examined, Mistake, Mistakes};
use super::modules::Modules;
use super::nixpkgs::{Unusable, broken, nixpkgs};
use super::report::Report;
use super::{Progress, Stage};
use crate::check::Request;
use crate::findings::once_for_each_variable;
use crate::messages::Messages;
use crate::other_format::data_instead;
use crate::{meant, unbound};

/// One evaluation holds the values of as many guests as fit into this; the next then starts anew. Guests that share
/// one share what was read and parsed, which is soon most of what there is to share.
const SHARED_MEMORY: usize = 512 << 20;
/// The same for the steps that they take.
const SHARED_STEPS: u64 = 1_000_000_000;
/// What a guest that does not end may take at most: NixOS takes some hundred million steps and some hundred MiB.
const MAX_STEPS: u64 = 4_000_000_000;
const MAX_MEMORY: usize = 4 << 30;

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
    /// Set where a guest without modules of the user can be evaluated.
    pub(super) is_usable: OnceLock<()>,
    /// What else they print.
    pub(super) messages: Messages,
    /// Whether mistakes are looked for: then what is printed is not what an evaluation prints.
    pub(super) is_searching: AtomicBool,
}

/// What came of a guest.
pub(super) struct Found {
    /// Its index.
    pub(super) guest: usize,
    pub(super) derivation: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
    /// What had to be left out to find them all.
    pub(super) mend: Mend,
    pub(super) warnings: Vec<String>,
    /// What these are about, where they say so in no words.
    pub(super) abouts: Abouts,
    /// What is no valid Nix in the files that it is made of.
    pub(super) syntax: Vec<Diagnostic>,
    /// The nixpkgs that it was evaluated with.
    pub(super) nixpkgs: PathBuf,
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
                if !self.is_searching.load(Ordering::Relaxed) {
                    self.messages.say(line);
                }
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
            limits: Limits { steps: MAX_STEPS, memory: MAX_MEMORY, ..Limits::default() },
            recover_syntax: true,
            features: Features::default(),
            ..Settings::new(self.build)
        };
        launchnix_evaluator::evaluate(&settings, work)
    }
}

/// Evaluates all guests. An error says why there is no nixpkgs to do so with.
pub(super) fn evaluate(run: &Run<'_>, report: &mut Report<'_>) -> Result<Vec<Found>, Unusable> {
    let guests = &run.build.guests;
    let mut found = Vec::new();
    while found.len() < guests.len() {
        let first = found.len();
        let some = run.evaluate(false, |evaluator| {
            let (nixpkgs, path) = nixpkgs(evaluator, run.build)?;
            let mut some = Vec::new();
            for (index, guest) in guests.iter().enumerate().skip(first) {
                let (number, count) = (index + 1, guests.len());
                let stage = Stage::Evaluation;
                (run.progress)(Progress { machine: &guest.name, number, count, stage });
                let scene = Scene { evaluator, run, guest, nixpkgs, path: &path };
                some.push(scene.evaluate(index, report)?);
                if is_full(evaluator) {
                    break;
                }
            }
            Ok::<_, Unusable>(some)
        });
        match some {
            Ok(some) => found.extend(some?),
            Err(error) => return Err(Unusable::Missing(error.message)),
        }
    }
    Ok(found)
}

/// Whether too little is left of what an evaluation may take to look for anything else.
pub(super) fn is_spent(evaluator: &Evaluator<'_>) -> bool {
    evaluator.memory() > MAX_MEMORY / 4 * 3 || evaluator.steps() > MAX_STEPS / 4 * 3
}

/// Whether the next guest is better evaluated anew.
pub(super) fn is_full(evaluator: &Evaluator<'_>) -> bool {
    evaluator.memory() > SHARED_MEMORY || evaluator.steps() > SHARED_STEPS
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
    fn evaluate(&self, index: usize, report: &mut Report<'_>) -> Result<Found, Unusable> {
        let mut found = Found {
            guest: index,
            derivation: None,
            mistakes: Vec::new(),
            mend: Mend::default(),
            warnings: Vec::new(),
            abouts: Abouts::new(),
            syntax: Vec::new(),
            nixpkgs: self.path.to_owned(),
        };
        let known = self.evaluator.syntax_errors().len();
        let system = self.checked();
        let derived = system.clone().and_then(|system| Ok((system, self.derivation(system)?)));
        match derived {
            Ok((system, derivation)) => {
                found.derivation = Some(derivation);
                found.warnings = self.warnings(system);
                if !found.warnings.is_empty()
                    && let Ok(modules) = self.modules(system)
                {
                    found.abouts = abouts(self, &modules, system, "warnings", &found.warnings);
                }
            }
            Err(error) => {
                if !is_spent(self.evaluator) {
                    self.expect_usable(&error)?;
                }
                self.run.is_searching.store(true, Ordering::Relaxed);
                let Examined { mistakes, mend, warnings } = Mistakes::of(self, &error, system.ok(), report);
                self.run.is_searching.store(false, Ordering::Relaxed);
                (found.mistakes, found.mend, found.warnings) = (mistakes, mend, warnings);
            }
        }
        if let Some(broken) = broken(self.evaluator, self.path, None) {
            return Err(broken);
        }
        found.syntax = self.syntax(known, &found.mend, report);
        if !found.syntax.is_empty() || self.guest.is_incomplete {
            found.derivation = None;
        }
        Ok(found)
    }

    /// Where nothing of the user's led to a failure, it may be nixpkgs that is broken.
    fn expect_usable(&self, failure: &Failure) -> Result<(), Unusable> {
        let map = self.evaluator.source_map();
        let spans = failure.span.into_iter().chain(failure.frames.iter().filter_map(|frame| frame.span));
        if self.run.is_usable.get().is_some() || spans.into_iter().any(|span| self.is_users(&map, span)) {
            return Ok(());
        }
        let mut mend = Mend::default();
        for path in &self.guest.modules {
            mend.leave_out_module(&path.join("."));
        }
        self.run.is_searching.store(true, Ordering::Relaxed);
        let bare = self.mended(&mend, Vec::new()).and_then(|system| self.derivation(system));
        self.run.is_searching.store(false, Ordering::Relaxed);
        match bare {
            Ok(_) => {
                let _ = self.run.is_usable.set(());
                Ok(())
            }
            Err(bare) => Err(broken(self.evaluator, self.path, Some(&bare)).unwrap_or(Unusable::Told)),
        }
    }

    /// What is no valid Nix in the files of the guest: those that it was the first to read, and those of its modules.
    fn syntax(&self, known: usize, mend: &Mend, report: &mut Report<'_>) -> Vec<Diagnostic> {
        let errors = self.evaluator.syntax_errors();
        if !errors.iter().any(Diagnostic::is_error) {
            return Vec::new();
        }
        let modules = self.system(mend).and_then(|system| self.modules(system)).ok();
        let map = self.evaluator.source_map();
        let is_read = |span: Span| {
            let name = Path::new(map.get(span.source).name());
            name == self.run.request.file
                || modules.as_ref().is_some_and(|modules| modules.files.contains(name))
        };
        let of_guest = errors.into_iter().enumerate().filter(|(index, error)| {
            let users = error.primary.filter(|span| self.is_users(&map, *span));
            error.is_error() && users.is_some_and(|span| *index >= known || is_read(span))
        });
        let errors: Vec<_> = of_guest.map(|(_, error)| error).collect();
        unbound::explained(once_for_each_variable(data_instead(errors, &map)), &map)
            .into_iter()
            .map(|mut error| {
                meant::explain(&mut error, &map, self.run.build);
                report.moved(&map, error)
            })
            .collect()
    }

    /// The guest as NixOS evaluates it.
    fn checked(&self) -> Result<Value<'a>, Error> {
        self.call(&self.run.build.system(self.guest), &[])
    }

    /// The guest without what is left out of it, and without the check for options that do not exist.
    pub(super) fn system(&self, mend: &Mend) -> Result<Value<'a>, Error> {
        let e = self.evaluator;
        let extra = vec![e.attrs(&[("_module", e.attrs(&[("check", Value::bool(false))]))])];
        if mend.is_empty() {
            return self.call(&self.run.build.system(self.guest), &[("extra", e.list(&extra))]);
        }
        self.mended(mend, extra)
    }

    fn mended(&self, mend: &Mend, mut extra: Vec<Value<'a>>) -> Result<Value<'a>, Error> {
        extra.extend(mend.extra(self)?);
        let mended = self.run.build.mended_system(self.guest);
        let extra = self.evaluator.list(&extra);
        self.call(&mended, &[("extra", extra), ("mend", mend.function(self)?)])
    }

    fn call(&self, file: &Path, arguments: &[(&str, Value<'a>)]) -> Result<Value<'a>, Error> {
        let e = self.evaluator;
        let function = e.file(file)?;
        let all: Vec<_> = arguments.iter().copied().chain([("nixpkgs", self.nixpkgs)]).collect();
        e.call(function, e.attrs(&all))
    }

    /// Whether a place is in a file of the user.
    pub(super) fn is_users(&self, map: &SourceMap, span: Span) -> bool {
        let name = Path::new(map.get(span.source).name());
        name.is_absolute() && !name.starts_with(self.path) && !name.starts_with(&self.run.build.directory)
    }

    pub(super) fn derivation(&self, system: Value<'a>) -> Result<String, Error> {
        let e = self.evaluator;
        let path = e.select_path(system, "config.system.build.toplevel.drvPath", &[])?;
        Ok(String::from_utf8_lossy(e.raw(path)?).into_owned())
    }

    pub(super) fn warnings(&self, system: Value<'a>) -> Vec<String> {
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
            roots.push((path.join("."), value));
        }
        let text = r#"
            { nixpkgs, evaluated, name }:
            whole:
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
            [
              (function (
                if wanted == { } then (if whole then known else { }) // base else builtins.mapAttrs (name: _: base.${name} or known.${name}) wanted
              ))
            ]"#;
        let call = e.expression(text, "«module arguments»", &self.run.build.directory)?;
        let call = e.call(
            call,
            e.attrs(&[
                ("nixpkgs", self.nixpkgs),
                ("evaluated", unchecked),
                ("name", e.string(&self.guest.name)),
            ]),
        )?;
        // What else modules are given may not be known: that depends on all modules.
        let calls = [e.call(call, Value::bool(true))?, e.call(call, Value::bool(false))?];
        let options =
            e.select_path(unchecked, "options", &[]).and_then(|options| e.expect_attrs(options)).ok();
        Ok(Modules::read(e, &roots, calls, self.path, options, self.run.build))
    }
}

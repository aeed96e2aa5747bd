//! Evaluating guests to the derivations of their systems, and asking what is wrong with those that fail.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::Span;
use launchnix_evaluator::fetch::{self, Fetcher};
use launchnix_evaluator::{Error, Evaluator, Failure, Features, Limits, Settings, Value};

use super::Progress;
use super::build::{Build, BuiltGuest};
use super::definitions::Modules;
use super::message::{Message, option_path};
use super::report::Report;
use super::suggestion;
use crate::check::Request;

/// One evaluation holds the values of as many guests as fit into this; the next then starts anew. Guests that share
/// one share what was read and parsed.
const SHARED_MEMORY: usize = 3 << 30;
/// How deep the value of an option is looked at for mistakes.
const VALUE_DEPTH: usize = 6;

/// What is evaluated, and for whom.
pub(super) struct Run<'r> {
    pub(super) build: &'r Build<'r>,
    pub(super) request: &'r Request,
    pub(super) progress: &'r (dyn Fn(Progress<'_>) + Sync),
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
    /// The part of a definition that asks for a refused package.
    pub(super) asked_by: Option<Vec<String>>,
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
        let ask = || request.interrupt.as_ref().is_some_and(|interrupt| interrupt());
        let settings = Settings {
            search_path: request
                .search_path
                .iter()
                .map(|(name, path)| (name.clone(), path.to_string_lossy().into_owned()))
                .collect(),
            home: request.home.clone(),
            interrupt: Some(&ask),
            fetcher: fetch.as_ref().map(|fetch| Fetcher { fetch, eager: true }),
            tracing,
            limits: Limits::default(),
            features: Features::with_fetching(),
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
    /// Looks for all that can be told at once: the options that do not exist, the values that do not fit, and what
    /// fails in the end.
    fn look(&mut self, error: &Failure) {
        let scene = self.scene;
        let unchecked = scene.system(true);
        let modules = unchecked.as_ref().ok().and_then(|&system| scene.modules(system).ok());
        if let (Ok(system), Some(modules)) = (&unchecked, &modules) {
            self.definitions(*system, modules);
            if let Err(last) = scene.derivation(*system) {
                self.add(&last);
            }
        }
        // What the check for unknown options says has been found above, each with its place.
        let is_known = |known: &Mistake| matches!(known.message, Message::UnknownOption { .. });
        let is_unknown = matches!(Message::read(&error.message), Message::UnknownOption { .. });
        if self.found.is_empty() || !(is_unknown && self.found.iter().any(is_known)) {
            self.add(error);
        }
        for mistake in &mut self.found {
            if let (Message::UnknownOption { option, .. }, Ok(system)) = (&mistake.message, &unchecked)
                && let Ok(Value::Attrs(system)) = scene.evaluator.force(*system)
                && let Some(options) = system.get(scene.evaluator.intern("options"))
            {
                mistake.nearest = suggestion::nearest(scene.evaluator, options.value, &option_path(option));
            }
            if let (Message::Package { .. }, Some(modules)) = (&mistake.message, &modules) {
                mistake.asked_by = unchecked
                    .as_ref()
                    .ok()
                    .and_then(|&system| who_asks(scene, system, modules, &mistake.text));
            }
        }
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
                    self.found.push(Mistake {
                        text: format!("The option `{option}' does not exist."),
                        message: Message::UnknownOption { option, files: Vec::new() },
                        trail: Vec::new(),
                        places: Vec::new(),
                        help: None,
                        nearest: None,
                        asked_by: None,
                    });
                }
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
        let is_same = |known: &Mistake| known.text == error.message || known.message == message;
        if message != Message::Other && message != Message::Recursion && self.found.iter().any(is_same)
            || self.found.iter().any(|known| known.text == error.message)
        {
            return;
        }
        let map = e.source_map();
        let spans = error.span.into_iter().chain(error.frames.iter().filter_map(|frame| frame.span));
        let mut places = Vec::new();
        let syntax = error.diagnostics.iter().filter_map(|diagnostic| diagnostic.primary);
        for span in spans.chain(syntax) {
            let name = map.get(span.source).name();
            let is_users = Path::new(name).is_absolute()
                && !Path::new(name).starts_with(self.scene.path)
                && !Path::new(name).starts_with(&self.scene.run.build.directory);
            if is_users {
                let span = self.report.span(&map, span);
                if !places.contains(&span) {
                    places.push(span);
                }
            }
        }
        self.found.push(Mistake {
            text: error.message.clone(),
            message,
            trail: error.frames.iter().map(|frame| frame.message.clone()).collect(),
            places,
            help: error.help.clone(),
            nearest: None,
            asked_by: None,
        });
    }
}

/// The name of an option as the module system shows it.
fn shown(path: &[String]) -> String {
    let part = |part: &String| {
        let is_plain = part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '\''));
        if is_plain && !part.is_empty() { part.clone() } else { format!("\"{part}\"") }
    };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}

/// The part of the user's definitions that fails as the guest does once its derivation is asked for.
fn who_asks<'a>(
    scene: &Scene<'_, 'a>,
    system: Value<'a>,
    modules: &Modules<'_, 'a>,
    text: &str,
) -> Option<Vec<String>> {
    let e = scene.evaluator;
    let options = e.expect_attrs(system).ok()?.get(e.intern("options"))?.value;
    let fails = |value: Value<'a>| {
        let drv_path = |attrs: &'a launchnix_evaluator::Attrs<'a>| {
            attrs.get(e.intern("drvPath")).map_or(Ok(Value::Null), |attr| e.force(attr.value))
        };
        let result = e.force(value).and_then(|value| match value {
            Value::Attrs(attrs) => drv_path(attrs),
            other => Ok(other),
        });
        result.is_err_and(|error| error.message == text)
    };
    for (path, definition) in modules.compare(options).defined {
        for part in modules.parts(definition) {
            if fails(part) {
                return Some(path);
            }
            if let Ok(items) = e.expect_list(part)
                && let Some(index) = items.iter().position(|&item| fails(item))
            {
                return Some(path.iter().cloned().chain([format!("[entry {}]", index + 1)]).collect());
            }
        }
    }
    None
}

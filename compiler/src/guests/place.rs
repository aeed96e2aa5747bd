//! From what the module system says to diagnostics in the user's files.

use std::path::Path;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
use launchnix_evaluator::Value;

use super::definitions::{Definition, Modules};
use super::evaluation::{Found, Mistake, Run, Scene, nixpkgs};
use super::message::{Message, Refusal, option_path};
use super::report::Report;

/// Places on the way to a mistake that are shown beside it.
const MAX_PLACES: usize = 3;

/// Reports what was found.
pub(super) fn place(run: &Run<'_>, found: &[Found], report: &mut Report<'_>) {
    if found.iter().all(|found| found.mistakes.is_empty() && found.warnings.is_empty()) {
        return;
    }
    // Failing here would have to come from outside, since the same evaluation went well before: then what was found
    // is reported without finer places.
    let outcome = run.evaluate(true, |evaluator| {
        let Ok((nixpkgs, path)) = nixpkgs(evaluator, run.build) else { return false };
        for found in found {
            let guest = &run.build.guests[found.guest];
            let scene = Scene { evaluator, run, guest, nixpkgs, path: &path };
            let modules = scene.system(true).and_then(|system| scene.modules(system)).ok();
            Placer { scene: &scene, modules: modules.as_ref(), report: &mut *report }.report(found);
        }
        true
    });
    if !matches!(outcome, Ok(true)) {
        for found in found {
            let guest = &run.build.guests[found.guest];
            for mistake in &found.mistakes {
                let place = mistake.places.first().copied().unwrap_or(guest.span);
                report.add(
                    &guest.name,
                    Diagnostic::new(Code::GuestEvaluation, place, first_line(&mistake.text)),
                );
            }
        }
    }
}

/// Finds places for what is wrong with one guest.
struct Placer<'p, 's, 'a, 'r> {
    scene: &'p Scene<'s, 'a>,
    modules: Option<&'p Modules<'s, 'a>>,
    report: &'p mut Report<'r>,
}

impl<'a> Placer<'_, '_, 'a, '_> {
    fn report(&mut self, found: &Found) {
        let guest = self.scene.guest;
        for mistake in &found.mistakes {
            for diagnostic in self.diagnostics(mistake) {
                self.report.add(&guest.name, diagnostic);
            }
        }
        for warning in &found.warnings {
            let diagnostic = self.said(Code::GuestWarning, "NixOS warns: ", warning);
            self.report.add(&guest.name, diagnostic);
        }
        debug_assert!(found.nixpkgs == self.scene.path, "both evaluations are of the same files");
    }

    fn diagnostics(&mut self, mistake: &Mistake) -> Vec<Diagnostic> {
        vec![match &mistake.message {
            Message::UnknownOption { option, .. } => self.unknown(mistake, option),
            Message::WrongType { option, wanted, files } => self.wrong_type(option, wanted, files),
            Message::Conflict { option, files } => self.conflict(option, files, false),
            Message::ReadOnly { option, files } => self.conflict(option, files, true),
            Message::NoValue { option } => self.no_value(mistake, option),
            Message::Package { package, reason } => self.package(mistake, package, *reason),
            Message::StrayAttribute { attribute } => self.stray(attribute),
            Message::Recursion => self.recursion(mistake),
            Message::NoModule => self.other(Code::GuestModule, mistake),
            Message::Other => self.other(Code::GuestEvaluation, mistake),
            Message::Assertions(messages) => {
                return messages
                    .iter()
                    .map(|message| self.said(Code::GuestAssertion, "failed assertion: ", message))
                    .collect();
            }
        }]
    }

    // --- places -----------------------------------------------------------------------------------------------

    /// Where the guest's configuration is.
    fn whole(&self) -> Span {
        self.scene.guest.module_span.unwrap_or(self.scene.guest.span)
    }

    fn at(&self, path: &[String]) -> (Vec<Definition<'a>>, usize) {
        self.modules.map_or((Vec::new(), 0), |modules| modules.at(path))
    }

    /// The definitions of just this.
    fn exactly(&self, path: &[String]) -> Vec<Definition<'a>> {
        let (found, done) = self.at(path);
        if done == path.len() { found } else { Vec::new() }
    }

    /// A place of the evaluation, if it is in a file of the user.
    fn users(&mut self, span: Span) -> Option<Span> {
        let map = self.scene.evaluator.source_map();
        let name = Path::new(map.get(span.source).name());
        let is_users = name.is_absolute()
            && !name.starts_with(self.scene.path)
            && !name.starts_with(&self.scene.run.build.directory);
        is_users.then(|| self.report.span(&map, span))
    }

    fn key(&mut self, definition: Definition<'a>) -> Option<Span> {
        definition.key.and_then(|key| self.users(key))
    }

    /// Where a definition's value was written: the literal, else what in the user's files gave it.
    fn value(&mut self, definition: Definition<'a>) -> Option<Span> {
        let content = self.content(definition.value);
        let mut spans = Vec::new();
        if let Some(origin) = self.scene.evaluator.origin(content) {
            spans.push(origin.span);
            spans.extend(origin.route);
        }
        spans.extend(self.scene.evaluator.written(content));
        spans.into_iter().find_map(|span| self.users(span)).or_else(|| self.key(definition))
    }

    /// A value without `mkIf` and the like, where it is one.
    fn content(&self, value: Value<'a>) -> Value<'a> {
        match self.modules.map(|modules| modules.parts(value)).as_deref() {
            Some([one]) => *one,
            _ => value,
        }
    }

    /// What defines an option besides the user.
    fn others(&self, files: &[String]) -> Vec<String> {
        let own = self.scene.run.build.directory.display().to_string();
        let nixpkgs = self.scene.path.display().to_string();
        files
            .iter()
            .filter_map(|file| {
                if file.starts_with(&own) {
                    Some("Launchnix sets it for every guest".to_owned())
                } else {
                    let below = file.strip_prefix(&nixpkgs)?.trim_start_matches('/');
                    Some(format!("`{below}` of nixpkgs sets it"))
                }
            })
            .collect()
    }

    // --- one for each message ---------------------------------------------------------------------------------

    fn unknown(&mut self, mistake: &Mistake, option: &str) -> Diagnostic {
        let path = option_path(option);
        let keys: Vec<_> =
            self.exactly(&path).into_iter().filter_map(|definition| self.key(definition)).collect();
        let place = keys.first().copied().unwrap_or_else(|| self.whole());
        let mut diagnostic = Diagnostic::new(
            Code::UnknownGuestOption,
            place,
            format!("the NixOS option `{option}` does not exist"),
        )
        .labelled("no module of the guest declares it");
        for &key in keys.iter().skip(1).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(key, "it is set here as well");
        }
        let Some(nearest) = &mistake.nearest else {
            return diagnostic
                .with_help("see the list of options of the release, or import the module that has it");
        };
        diagnostic = diagnostic.with_help(format!("did you mean `{}`?", nearest.join(".")));
        let same_level = nearest.len() == path.len() && nearest[..path.len() - 1] == path[..path.len() - 1];
        if let (true, Some(new), [key]) = (same_level, nearest.last(), keys.as_slice())
            && path.last().is_some_and(|old| self.report.slice(*key) == old)
        {
            diagnostic = diagnostic.with_fix(Fix {
                span: *key,
                replacement: new.clone(),
                applicability: Applicability::Unsafe,
            });
        }
        diagnostic
    }

    fn wrong_type(&mut self, option: &str, wanted: &str, files: &[String]) -> Diagnostic {
        let definitions = self.exactly(&option_path(option));
        let message = format!("the NixOS option `{option}` takes another type: {wanted}");
        let mut diagnostic = Diagnostic::new(Code::GuestWrongType, None, message);
        for definition in definitions.iter().copied() {
            let Some(place) = self.value(definition) else { continue };
            let content = self.content(definition.value);
            let what = match self.scene.evaluator.force(content) {
                Ok(value) => format!("this is {}", value.describe()),
                Err(_) => String::new(),
            };
            if diagnostic.primary.is_none() {
                diagnostic.primary = Some(place);
                diagnostic.primary_label = what;
                diagnostic.fix = self.other_spelling(content, wanted, place);
            } else if diagnostic.labels.len() < MAX_PLACES {
                diagnostic = diagnostic.with_label(place, "it is set here as well");
            }
        }
        if diagnostic.primary.is_none() {
            diagnostic.primary = Some(self.near(&option_path(option)));
            for other in self.others(files) {
                diagnostic = diagnostic.with_note(other);
            }
        }
        if let Some(fix) = &diagnostic.fix {
            diagnostic.help = Some(format!("write `{}`", fix.replacement));
        }
        diagnostic
    }

    /// A string that holds what should stand there without quotes.
    fn other_spelling(&self, value: Value<'a>, wanted: &str, place: Span) -> Option<Fix> {
        let string = self.scene.evaluator.expect_string(value).ok()?.lossy().into_owned();
        if !self.report.slice(place).starts_with('"') {
            return None;
        }
        let wanted = wanted.to_lowercase();
        let replacement = match string.as_str() {
            "true" | "yes" | "on" if wanted.contains("boolean") => "true".to_owned(),
            "false" | "no" | "off" if wanted.contains("boolean") => "false".to_owned(),
            number if wanted.contains("integer") => number.parse::<i64>().ok()?.to_string(),
            _ => return None,
        };
        Some(Fix { span: place, replacement, applicability: Applicability::Unsafe })
    }

    fn conflict(&mut self, option: &str, files: &[String], is_read_only: bool) -> Diagnostic {
        let path = option_path(option);
        let places: Vec<_> =
            self.exactly(&path).into_iter().filter_map(|definition| self.value(definition)).collect();
        let place = places.first().copied().unwrap_or_else(|| self.near(&path));
        let mut diagnostic = if is_read_only {
            Diagnostic::new(Code::GuestConflict, place, format!("the NixOS option `{option}` is read-only"))
                .labelled("it cannot be set")
                .with_help("leave it out: its value follows from other options")
        } else {
            Diagnostic::new(
                Code::GuestConflict,
                place,
                format!("the NixOS option `{option}` is given different values"),
            )
            .labelled("one value")
            .with_help("leave one out, or write `lib.mkForce` before the one that counts")
        };
        for &other in places.iter().skip(1).take(MAX_PLACES) {
            if other != place {
                diagnostic = diagnostic.with_label(other, "another value");
            }
        }
        if places.len() < 2 {
            for other in self.others(files) {
                diagnostic = diagnostic.with_note(other);
            }
        }
        diagnostic
    }

    fn no_value(&mut self, mistake: &Mistake, option: &str) -> Diagnostic {
        let path = option_path(option);
        let place = mistake.places.first().copied().unwrap_or_else(|| self.near(&path));
        Diagnostic::new(
            Code::GuestNoValue,
            place,
            format!("the NixOS option `{option}` is needed and has no value"),
        )
        .with_help(format!("set `{option}`"))
    }

    /// The definition that comes nearest to an option: one below at least two of its names, or else the whole.
    fn near(&mut self, path: &[String]) -> Span {
        let (found, done) = self.at(path);
        let key = if done >= path.len().min(2) {
            found.into_iter().find_map(|definition| self.key(definition))
        } else {
            None
        };
        key.unwrap_or_else(|| self.whole())
    }

    fn package(&mut self, mistake: &Mistake, package: &str, reason: Refusal) -> Diagnostic {
        let asked = mistake.asked_by.as_ref().map(|path| self.exactly(path)).unwrap_or_default();
        let place = asked
            .into_iter()
            .find_map(|definition| self.value(definition))
            .or_else(|| mistake.places.first().copied())
            .unwrap_or_else(|| self.whole());
        let (why, help) = match reason {
            Refusal::Unfree => (
                "its licence is not free",
                "allow it in the guest's configuration: `nixpkgs.config.allowUnfree = true;`".to_owned(),
            ),
            Refusal::Broken => (
                "it is marked as broken",
                "choose another package; `nixpkgs.config.allowBroken = true;` builds it all the same"
                    .to_owned(),
            ),
            Refusal::Insecure => (
                "it is known to be insecure",
                format!(
                    "choose another package, or accept the risk: \
                     `nixpkgs.config.permittedInsecurePackages = [ \"{package}\" ];`"
                ),
            ),
            Refusal::Unsupported => {
                ("it is not there for the guest's platform", "choose another package".to_owned())
            }
        };
        Diagnostic::new(Code::GuestPackage, place, format!("nixpkgs refuses the package `{package}`: {why}"))
            .labelled("it is asked for here")
            .with_help(help)
    }

    fn stray(&mut self, attribute: &str) -> Diagnostic {
        let e = self.scene.evaluator;
        let is_explicit = |set: &&'a launchnix_evaluator::Attrs<'a>| {
            set.get(e.intern("config")).is_some() || set.get(e.intern("options")).is_some()
        };
        let sets = self.modules.map(|modules| modules.sets.clone()).unwrap_or_default();
        let keys: Vec<_> = sets
            .into_iter()
            .filter(is_explicit)
            .filter_map(|set| e.key_span(set.get(e.intern(attribute))?.position))
            .collect();
        let place = keys.into_iter().find_map(|key| self.users(key)).unwrap_or_else(|| self.whole());
        Diagnostic::new(
            Code::GuestModule,
            place,
            format!("`{attribute}` cannot stand beside `config` and `options` in a module"),
        )
        .labelled("this is no part of a module")
        .with_help(format!("write `config.{attribute}`, or move it into the set `config`"))
    }

    fn recursion(&mut self, mistake: &Mistake) -> Diagnostic {
        let mut options: Vec<String> = Vec::new();
        for step in &mistake.trail {
            let option =
                step.strip_prefix("while evaluating the option `").and_then(|rest| rest.split_once('\''));
            if let Some((option, _)) = option
                && !options.iter().any(|known| known == option)
            {
                options.push(option.to_owned());
            }
        }
        let defined = options.iter().find_map(|option| {
            let found = self.exactly(&option_path(option));
            let place = found.into_iter().find_map(|definition| {
                let written = self.scene.evaluator.written(definition.value);
                written.and_then(|span| self.users(span)).or_else(|| self.key(definition))
            });
            Some((option.clone(), place?))
        });
        let (message, place) = match defined {
            Some((option, place)) => {
                (format!("infinite recursion: the NixOS option `{option}` needs its own value"), place)
            }
            None => (
                "infinite recursion in the NixOS configuration".to_owned(),
                mistake.places.first().copied().unwrap_or_else(|| self.whole()),
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::GuestRecursion, place, message).with_help(
            "where `config` decides what is set, write `lib.mkIf config.… { … }` instead of `if … then … else`",
        );
        for &other in mistake.places.iter().filter(|&&other| other != place).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(other, "on the way");
        }
        if options.len() > 1 {
            options.truncate(6);
            diagnostic =
                diagnostic.with_note(format!("evaluated on the way: `{}`", options.join("`, needed by `")));
        }
        diagnostic
    }

    /// What a module says in words of its own, placed at the option that it names, if it names one.
    fn said(&mut self, code: Code, start: &str, text: &str) -> Diagnostic {
        let mut best: Option<(usize, Span)> = None;
        for path in named_options(text) {
            let (found, done) = self.at(&path);
            let is_better = best.is_none_or(|(length, _)| done > length);
            if done == path.len() && is_better {
                best = found
                    .into_iter()
                    .find_map(|definition| self.key(definition))
                    .map(|key| (done, key))
                    .or(best);
            }
        }
        let place = best.map_or_else(|| self.whole(), |(_, place)| place);
        let mut diagnostic = Diagnostic::new(code, place, format!("{start}{}", first_line(text)));
        let rest: Vec<_> =
            text.trim().lines().skip(1).map(str::trim).filter(|line| !line.is_empty()).collect();
        if !rest.is_empty() {
            diagnostic = diagnostic.with_note(rest.join(" "));
        }
        diagnostic
    }

    fn other(&mut self, code: Code, mistake: &Mistake) -> Diagnostic {
        if let Some(diagnostic) = self.missing_argument(mistake) {
            return diagnostic;
        }
        let place = mistake.places.first().copied().unwrap_or_else(|| self.whole());
        let mut diagnostic = Diagnostic::new(code, place, first_line(&mistake.text));
        for &other in mistake.places.iter().filter(|&&other| other != place).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(other, "on the way");
        }
        diagnostic.help.clone_from(&mistake.help);
        if mistake.text.contains("called with unexpected argument") {
            diagnostic.code = Code::GuestModule;
            diagnostic.help =
                Some("end the module's arguments with `...`: `{ config, pkgs, ... }:`".to_owned());
        }
        if mistake.places.is_empty()
            && let Some(step) = mistake.trail.iter().find(|step| step.starts_with("while evaluating"))
        {
            diagnostic = diagnostic.with_note(step.trim_end_matches(':').to_owned());
        }
        let rest: Vec<_> = mistake.text.trim().lines().skip(1).map(str::trim).collect();
        if !rest.is_empty() {
            diagnostic = diagnostic.with_note(rest.join(" "));
        }
        diagnostic
    }

    /// An argument of a module that nobody gives fails far from the module.
    fn missing_argument(&mut self, mistake: &Mistake) -> Option<Diagnostic> {
        let name = mistake.text.strip_prefix("attribute '")?.strip_suffix("' missing")?;
        let asked = format!("while evaluating the module argument `{name}'");
        mistake.trail.iter().find(|step| step.starts_with(&asked))?;
        let e = self.scene.evaluator;
        let arguments =
            e.expression("builtins.functionArgs", "«arguments»", &self.scene.run.build.directory).ok()?;
        let functions = self.modules.map(|modules| modules.functions.clone()).unwrap_or_default();
        let keys: Vec<_> = functions
            .into_iter()
            .filter_map(|function| {
                let formals = e.call(arguments, e.force(function).ok()?).ok()?;
                e.key_span(e.expect_attrs(formals).ok()?.get(e.intern(name))?.position)
            })
            .collect();
        let place = keys.into_iter().find_map(|key| self.users(key))?;
        Some(
            Diagnostic::new(
                Code::GuestModule,
                place,
                format!("the module asks for an argument `{name}` that nobody gives"),
            )
            .with_help("modules get `config`, `lib`, `options`, `pkgs` and `modulesPath`, and what `_module.args` holds"),
        )
    }
}

fn first_line(text: &str) -> String {
    text.trim().lines().next().unwrap_or_default().trim().to_owned()
}

/// What in a text may be the name of an option: words with dots in them.
fn named_options(text: &str) -> Vec<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '"' | '<' | '>');
    text.split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | '-' | '<' | '>')))
        .filter(|word| word.contains('.') && word.len() > 3)
        .map(option_path)
        .filter(|path| path.len() > 1)
        .collect()
}

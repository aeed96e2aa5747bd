//! From what the module system says to diagnostics in the user's files.

use std::cell::OnceCell;

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};
use launchnix_evaluator::{Evaluator, Value};

use super::definitions::Definition;
use super::evaluation::{Found, Run, Scene, is_full};
use super::kinds;
use super::mend::Mend;
use super::message::{Message, SET_OF_OPTIONS, list_entry, option_path, shown};
use super::mistakes::Mistake;
use super::modules::Modules;
use super::nixpkgs::nixpkgs;
use super::properties::Strange;
use super::report::Report;
use super::{Progress, Stage};

/// Places on the way to a mistake that are shown beside it.
pub(super) const MAX_PLACES: usize = 3;

/// Reports what was found.
pub(super) fn place(run: &Run<'_>, found: &[Found], report: &mut Report<'_>) {
    for found in found {
        let guest = &run.build.guests[found.guest];
        for diagnostic in &found.syntax {
            // The check has read the deployment file, too.
            if !diagnostic.primary.is_some_and(|span| report.was_read(span)) {
                report.add(&guest.name, diagnostic.clone());
            }
        }
    }
    let is_placed = |found: &&Found| !found.mistakes.is_empty() || !found.warnings.is_empty();
    let to_place: Vec<_> = found.iter().filter(is_placed).collect();
    let mut rest = to_place.as_slice();
    while !rest.is_empty() {
        // Failing here would have to come from outside, since the same evaluation went well before: then what was found
        // is reported without finer places.
        let done = to_place.len() - rest.len();
        let show = |machine: &str, index: usize| {
            let (number, count) = (done + index + 1, to_place.len());
            (run.progress)(Progress { machine, number, count, stage: Stage::Places });
        };
        let placed =
            run.evaluate(true, |evaluator| place_some(run, evaluator, rest, &show, report)).unwrap_or(0);
        if placed == 0 {
            report_plainly(run, rest, report);
            return;
        }
        rest = &rest[placed..];
    }
}

/// Reports on as many guests as an evaluation should hold, and says how many.
fn place_some(
    run: &Run<'_>,
    evaluator: &Evaluator<'_>,
    found: &[&Found],
    show: &(dyn Fn(&str, usize) + Sync),
    report: &mut Report<'_>,
) -> usize {
    let Ok((nixpkgs, path)) = nixpkgs(evaluator, run.build) else { return 0 };
    for (index, found) in found.iter().enumerate() {
        let guest = &run.build.guests[found.guest];
        show(&guest.name, index);
        let scene = Scene { evaluator, run, guest, nixpkgs, path: &path };
        let system = scene.system(&found.mend).ok();
        let modules = system.and_then(|system| scene.modules(system).ok());
        let part = |name: &str| {
            system.and_then(|system| {
                Some(evaluator.expect_attrs(system).ok()?.get(evaluator.intern(name))?.value)
            })
        };
        let (options, packages) = (part("options"), part("pkgs"));
        let strange = OnceCell::new();
        let mend = found.mend.clone();
        Placer {
            scene: &scene,
            mend,
            modules: modules.as_ref(),
            options,
            packages,
            strange,
            report: &mut *report,
        }
        .report(found);
        if is_full(evaluator) {
            return index + 1;
        }
    }
    found.len()
}

fn report_plainly(run: &Run<'_>, found: &[&Found], report: &mut Report<'_>) {
    for found in found {
        let guest = &run.build.guests[found.guest];
        for mistake in &found.mistakes {
            let place = mistake.places.first().copied().unwrap_or(guest.span);
            let message = mistake.text.trim().lines().next().unwrap_or_default();
            report.add(&guest.name, Diagnostic::new(Code::GuestEvaluation, place, message));
        }
    }
}

/// Finds places for what is wrong with one guest.
pub(super) struct Placer<'p, 's, 'a, 'r> {
    pub(super) scene: &'p Scene<'s, 'a>,
    /// What is left out of the guest here.
    pub(super) mend: Mend,
    pub(super) modules: Option<&'p Modules<'s, 'a>>,
    /// All options of the guest.
    pub(super) options: Option<Value<'a>>,
    /// All packages of the guest.
    pub(super) packages: Option<Value<'a>>,
    /// Properties that are none, once they have been looked for.
    pub(super) strange: OnceCell<Vec<Strange<'a>>>,
    pub(super) report: &'p mut Report<'r>,
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
            let diagnostic = self.warning(warning, &found.abouts);
            self.report.add(&guest.name, diagnostic);
        }
        debug_assert!(found.nixpkgs == self.scene.path, "both evaluations are of the same files");
    }

    fn diagnostics(&mut self, mistake: &Mistake) -> Vec<Diagnostic> {
        vec![match &mistake.message {
            Message::UnknownOption { option, .. } => self.unknown(mistake, option),
            Message::WrongType { option, wanted, files } => self.wrong_type(mistake, option, wanted, files),
            Message::Conflict { option, files } => self.conflict(option, files, false),
            Message::ReadOnly { option, files } => self.conflict(option, files, true),
            Message::NoValue { option } => self.no_value(mistake, option),
            Message::Removed { option, instead } => self.removed(Code::GuestAssertion, option, instead),
            Message::Renamed { option, new, has_new_type } => self.renamed(option, new, *has_new_type),
            Message::Declaration { option, clash } => self.declaration(option, *clash),
            Message::Package { package, reason } => self.package(mistake, package, *reason),
            Message::StrayAttribute { attribute } => self.stray(attribute),
            Message::Structure { module, kind } => self.structure(mistake, module, kind),
            Message::Property { path, property } => return self.properties(path, *property),
            Message::Misdeclared(declared) => self.misdeclared(mistake, declared),
            Message::Recursion => self.recursion(mistake),
            Message::NoModule => self.other(Code::GuestModule, mistake),
            Message::Other => self.other(Code::GuestEvaluation, mistake),
            Message::Assertions(messages) => {
                return self.assertions(messages, &mistake.abouts);
            }
        }]
    }

    // --- places -----------------------------------------------------------------------------------------------

    /// Where the guest's configuration is.
    pub(super) fn whole(&self) -> Span {
        self.scene.guest.module_span.unwrap_or(self.scene.guest.span)
    }

    pub(super) fn at(&self, path: &[String]) -> (Vec<Definition<'a>>, usize) {
        self.modules.map_or((Vec::new(), 0), |modules| modules.at(path))
    }

    /// The definitions of just this; or, where it is set by another name (`users.extraUsers.web.uid` is
    /// `users.users.web.uid`), of what ends alike.
    pub(super) fn exactly(&self, path: &[String]) -> Vec<Definition<'a>> {
        let (found, done) = self.at(path);
        if done == path.len() {
            return found;
        }
        let Some(modules) = self.modules else { return Vec::new() };
        let ends = (1..path.len().saturating_sub(1)).map(|start| &path[start..]);
        let other = ends.filter(|end| list_entry(&end[0]).is_none()).find_map(|end| modules.inside(end));
        other.map(|path| modules.at(&path).0).unwrap_or_default()
    }

    /// A place of the evaluation, if it is in a file of the user.
    pub(super) fn users(&mut self, span: Span) -> Option<Span> {
        let map = self.scene.evaluator.source_map();
        self.scene.is_users(&map, span).then(|| self.report.span(&map, span))
    }

    pub(super) fn key(&mut self, definition: Definition<'a>) -> Option<Span> {
        definition.key.and_then(|key| self.users(key))
    }

    /// Where a definition's value was written: the literal, else what in the user's files gave it.
    pub(super) fn value(&mut self, definition: Definition<'a>) -> Option<Span> {
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
    pub(super) fn content(&self, value: Value<'a>) -> Value<'a> {
        if self.is_function(value) {
            return value;
        }
        match self.modules.map(|modules| modules.parts(value)).as_deref() {
            Some([one]) => *one,
            _ => value,
        }
    }

    fn is_function(&self, value: Value<'a>) -> bool {
        self.scene.evaluator.force(value).is_ok_and(|value| value.is_function())
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
        if let [one] = path.as_slice()
            && one == "imports"
            && let Some(place) = self.modules.and_then(|modules| modules.misplaced(one))
            && let Some(place) = self.users(place)
        {
            return Diagnostic::new(
                Code::GuestModule,
                place,
                "`imports` stands inside of a condition or of `config`",
            )
            .labelled("the module system does not look here for modules")
            .with_help(
                "write `imports` at the top of the module; what is imported may depend on conditions",
            );
        }
        let keys = once(self.exactly(&path).into_iter().filter_map(|definition| self.key(definition)));
        let place = keys.first().copied().unwrap_or_else(|| self.near(&path));
        let mut diagnostic = Diagnostic::new(
            Code::UnknownGuestOption,
            place,
            format!("the NixOS option `{}` does not exist", shown(&path)),
        )
        .labelled("no module of the guest declares it");
        for &key in keys.iter().skip(1).take(MAX_PLACES) {
            diagnostic = diagnostic.with_label(key, "it is set here as well");
        }
        let Some(nearest) = &mistake.nearest else {
            return diagnostic
                .with_help("see the list of options of the release, or import the module that has it");
        };
        diagnostic = diagnostic.with_help(format!("did you mean `{}`?", shown(nearest)));
        let below = nearest.strip_prefix(&path[..path.len() - 1]);
        if let (Some(new), [key]) = (below, keys.as_slice())
            && path.last().is_some_and(|old| self.report.slice(*key) == old)
        {
            diagnostic = diagnostic.with_fix(Fix {
                span: *key,
                replacement: shown(new),
                applicability: Applicability::Unsafe,
            });
        }
        diagnostic
    }

    /// The definitions of an option that are not of its type; all, where that cannot be told.
    fn unfit(&self, path: &[String]) -> Vec<Definition<'a>> {
        let definitions = self.exactly(path);
        let is_unfit = |definition: &Definition<'a>| {
            let verdict =
                |options| kinds::fits(self.scene.evaluator, options, path, self.content(definition.value));
            self.options.and_then(verdict) == Some(false)
        };
        let unfit: Vec<_> = definitions.iter().copied().filter(is_unfit).collect();
        if unfit.is_empty() { definitions } else { unfit }
    }

    pub(super) fn wrong_type(
        &mut self,
        mistake: &Mistake,
        option: &str,
        wanted: &str,
        files: &[String],
    ) -> Diagnostic {
        let path = option_path(option);
        if let Some(diagnostic) = self.refused_field(&path, &mistake.reasons) {
            return diagnostic;
        }
        let mut definitions = self.unfit(&path);
        let old = if definitions.is_empty() { self.renamed_to(&path) } else { None };
        if let Some(old) = &old {
            definitions = self.exactly(old);
        }
        if wanted == SET_OF_OPTIONS {
            definitions.retain(|definition| {
                let content = self.scene.evaluator.force(self.content(definition.value));
                !matches!(content, Ok(Value::Attrs(_)))
            });
        }
        let name = shown(&path);
        let message = if wanted == SET_OF_OPTIONS {
            format!("`{name}` is a set of NixOS options, and no option itself")
        } else {
            let first = definitions.first().map(|definition| self.content(definition.value));
            let another = match first.and_then(|value| self.scene.evaluator.force(value).ok()) {
                Some(value) if is_of_kind(value, wanted) => "value",
                _ => "type",
            };
            format!("the NixOS option `{name}` takes another {another}: {wanted}")
        };
        let mut diagnostic = Diagnostic::new(Code::GuestWrongType, None, message);
        for definition in definitions.iter().copied() {
            let content = self.content(definition.value);
            let Some(place) = self.conversion(content, wanted).or_else(|| self.value(definition)) else {
                continue;
            };
            let what = match self.scene.evaluator.force(content) {
                Ok(value) if value.is_function() && wanted != SET_OF_OPTIONS => {
                    "this is a function: an argument is missing".to_owned()
                }
                Ok(value) => format!("this is {}", value.describe()),
                Err(_) => String::new(),
            };
            if diagnostic.primary.is_none() {
                diagnostic.primary = Some(place);
                diagnostic.primary_label = what;
                // A value that stands elsewhere may be that of several options.
                let written = self.scene.evaluator.written(definition.value);
                let used = written.and_then(|span| self.users(span)).filter(|used| !used.contains(place));
                if let Some(used) = used {
                    diagnostic = diagnostic.with_label(used, format!("`{name}` is given it here"));
                }
                diagnostic.fix = self.other_spelling(content, wanted, place);
                if let Some(misuse) = self.misuse(&path, definition.value, wanted, place) {
                    diagnostic.labels.clear();
                    diagnostic = misuse.place(diagnostic);
                }
            } else if diagnostic.primary != Some(place)
                && diagnostic.labels.len() < MAX_PLACES
                && diagnostic.labels.iter().all(|known| known.span != place)
            {
                diagnostic = diagnostic.with_label(place, "it is set here as well");
            }
        }
        if let Some(old) = old {
            diagnostic = diagnostic.with_note(format!("it is set by its old name, `{}`", shown(&old)));
        }
        if diagnostic.primary.is_none()
            && let Some(default) = self.declared_default(&path)
        {
            diagnostic.primary = Some(default);
            "this is the default".clone_into(&mut diagnostic.primary_label);
        }
        if diagnostic.primary.is_none()
            && let Some(around) = self.around(&path)
        {
            diagnostic.primary = Some(around);
        }
        if diagnostic.primary.is_none() {
            let near = self.nearest(&path).or_else(|| self.of_files(files));
            diagnostic.primary = Some(near.unwrap_or_else(|| self.whole()));
            for other in self.others(files) {
                diagnostic = diagnostic.with_note(other);
            }
        }
        if let Some(fix) = &diagnostic.fix {
            diagnostic.help = Some(format!("write `{}`", fix.replacement));
        }
        if wanted == SET_OF_OPTIONS && self.is_switched_on(&path, &definitions) {
            diagnostic.help = Some(format!("did you mean `{name}.enable`?"));
        }
        let torn = self.modules.and_then(|modules| modules.torn_entry(&modules.resolved(&path)?));
        match (torn, diagnostic.primary) {
            (Some(torn), Some(function)) => self.with_parentheses(diagnostic, function, &torn),
            _ => diagnostic,
        }
    }

    /// Whether true or false stands for a set of options one of which is `enable`.
    fn is_switched_on(&self, path: &[String], definitions: &[Definition<'a>]) -> bool {
        let e = self.scene.evaluator;
        let is_answer = |definition: &Definition<'a>| {
            e.force(self.content(definition.value)).is_ok_and(|value| matches!(value, Value::Bool(_)))
        };
        let enable: Vec<_> = path.iter().cloned().chain(["enable".to_owned()]).collect();
        let fits = self.options.and_then(|options| kinds::fits(e, options, &enable, Value::bool(true)));
        definitions.iter().all(is_answer) && fits == Some(true)
    }

    /// The expression that made a value of another type than is wanted, of one that stands elsewhere: that is to change.
    fn conversion(&mut self, content: Value<'a>, wanted: &str) -> Option<Span> {
        let e = self.scene.evaluator;
        let made = match e.force(content).ok()? {
            value if is_of_kind(value, wanted) => None,
            Value::String(_) => e.converted_at(content),
            Value::Int(_) | Value::Float(_) => e.computed_at(content),
            _ => None,
        };
        self.users(made?)
    }

    /// Where what holds a part of an option was written, for a part that a function made.
    fn around(&mut self, path: &[String]) -> Option<Span> {
        (1..path.len()).rev().find_map(|length| {
            let found = self.modules?.at(&path[..length]);
            let whole = if found.1 == length { found.0 } else { Vec::new() };
            whole.into_iter().find_map(|definition| {
                let written = self.scene.evaluator.written(self.content(definition.value));
                written.and_then(|span| self.users(span)).or_else(|| self.value(definition))
            })
        })
    }

    /// The option of the user's that is another name of this one.
    fn renamed_to(&self, path: &[String]) -> Option<Vec<String>> {
        let e = self.scene.evaluator;
        let name = format!("`{}`", shown(path));
        let is_meant = |old: &[String]| {
            let option = old.iter().try_fold(self.options?, |level, name| {
                Some(e.expect_attrs(level).ok()?.get(e.intern(name))?.value)
            })?;
            let alias = kinds::alias_of(e, e.expect_attrs(option).ok()?)?;
            alias.contains(&name).then_some(())
        };
        let defined = self.modules?.compare(self.options?).defined;
        defined.into_iter().map(|(old, _)| old).find(|old| is_meant(old).is_some())
    }

    /// The default of an option that the user declares.
    fn declared_default(&mut self, path: &[String]) -> Option<Span> {
        let default = self.modules?.declared_default(path)?;
        self.value(Definition { key: None, value: default })
    }

    /// A setting of a systemd unit that a check refuses. The type of all settings is all that the error speaks of.
    fn refused_field(&mut self, path: &[String], reasons: &[String]) -> Option<Diagnostic> {
        reasons.iter().find_map(|reason| {
            let reason = &reason[reason.find("Systemd ")?..];
            let (_, field) = reason.split_once(" field `")?;
            let (field, problem) = field.split_once('\'')?;
            let path: Vec<_> = path.iter().cloned().chain([field.to_owned()]).collect();
            let place = self.exactly(&path).into_iter().find_map(|definition| self.value(definition))?;
            let message = format!("systemd does not take this for `{}`: it{problem}", shown(&path));
            Some(Diagnostic::new(Code::GuestWrongType, place, message.trim_end_matches('.')))
        })
    }

    fn conflict(&mut self, option: &str, files: &[String], is_read_only: bool) -> Diagnostic {
        let path = option_path(option);
        let name = shown(&path);
        let whole = self.exactly(&path);
        let parts = whole.into_iter().flat_map(|Definition { key, value }| {
            let parts = self.modules.map(|modules| modules.parts(value)).unwrap_or_default();
            let is_merged = parts.len() > 1;
            let parts = if is_merged { parts } else { vec![value] };
            parts.into_iter().map(move |value| Definition { key: key.filter(|_| !is_merged), value })
        });
        let parts: Vec<_> = parts.collect();
        let places = once(parts.into_iter().filter_map(|definition| self.value(definition)));
        let place = places.first().copied().or_else(|| self.nearest(&path));
        let place = place.or_else(|| self.of_files(files)).unwrap_or_else(|| self.whole());
        let mut diagnostic = if is_read_only {
            Diagnostic::new(Code::GuestConflict, place, format!("the NixOS option `{name}` is read-only"))
                .labelled("it cannot be set")
                .with_help("leave it out: its value follows from other options")
        } else {
            Diagnostic::new(
                Code::GuestConflict,
                place,
                format!("the NixOS option `{name}` is given different values"),
            )
            .labelled("one value")
            .with_help(if places.iter().all(|&place| self.is_forced(place)) {
                "leave one out: `lib.mkForce` stands before each"
            } else {
                "leave one out, or write `lib.mkForce` before the one that counts"
            })
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

    /// Whether `mkForce` stands before a value.
    fn is_forced(&self, place: Span) -> bool {
        self.report.before(place).trim_end_matches([' ', '(', '\n']).ends_with("mkForce")
    }

    /// What the user sets of the options that these files of nixpkgs declare.
    fn of_files(&mut self, files: &[String]) -> Option<Span> {
        let path = files.iter().find_map(|file| self.of_file(file, ""))?;
        self.exactly(&path).into_iter().find_map(|definition| self.value(definition))
    }

    fn no_value(&mut self, mistake: &Mistake, option: &str) -> Diagnostic {
        let path = option_path(option);
        let name = shown(&path);
        let declared = self.modules.and_then(|modules| modules.declared(&path));
        let declared = declared.and_then(|key| self.users(key));
        let used = mistake.places.first().copied();
        let near = self.nearest(&path).or_else(|| declared.and_then(|_| self.beside(&path)));
        let place = near.or(declared).or(used).unwrap_or_else(|| self.whole());
        let mut diagnostic = Diagnostic::new(
            Code::GuestNoValue,
            place,
            format!("the NixOS option `{name}` is needed and has no value"),
        );
        if let Some(declared) = declared {
            let without_default = "it is declared here, without a default";
            diagnostic = match near {
                Some(_) => diagnostic.with_label(declared, without_default),
                None => diagnostic.labelled(without_default),
            };
            if let Some(used) = used.filter(|used| *used != place) {
                diagnostic = diagnostic.with_label(used, "it is needed here");
            }
        }
        diagnostic.with_help(format!("set `{name}`"))
    }

    /// A definition of what else is in the same set.
    fn beside(&mut self, path: &[String]) -> Option<Span> {
        let (found, done) = self.at(path);
        let is_beside = done > 0 && done + 1 >= path.len();
        found.into_iter().filter(|_| is_beside).find_map(|definition| self.key(definition))
    }

    /// The definition that comes nearest to an option: one below at least two of its names.
    fn nearest(&mut self, path: &[String]) -> Option<Span> {
        let (found, done) = self.at(path);
        if done < path.len().min(2) {
            return None;
        }
        found.into_iter().find_map(|definition| {
            let written = self.scene.evaluator.written(definition.value);
            self.key(definition).or_else(|| written.and_then(|span| self.users(span)))
        })
    }

    /// The definition that comes nearest to an option, or else the whole.
    pub(super) fn near(&mut self, path: &[String]) -> Span {
        self.nearest(path).unwrap_or_else(|| self.whole())
    }

    /// The text at a place.
    pub(super) fn slice(&self, span: Span) -> &str {
        self.report.slice(span)
    }
}

/// Places, each once: a module that is imported by several others says the same for each.
pub(super) fn once(places: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut seen = Vec::new();
    for place in places {
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    seen
}

/// Whether it is not the kind of a value that is wrong, but the value.
fn is_of_kind(value: Value<'_>, wanted: &str) -> bool {
    let single = wanted.trim_start_matches("null or ").trim_start_matches('(');
    let holds_others = ["list of", "non-empty (list of", "attribute set", "lazy attribute set"];
    if holds_others.iter().any(|start| single.starts_with(start)) {
        return false;
    }
    match value {
        Value::String(_) => ["string", "path", "one of \""].iter().any(|words| wanted.contains(words)),
        Value::Int(_) => ["integer", "number", "port"].iter().any(|words| wanted.contains(words)),
        _ => false,
    }
}

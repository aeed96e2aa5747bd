//! What is wrong with a guest that fails, all of it: an evaluation ends with its first mistake, so that the guest is
//! evaluated again without what is mistaken, until nothing new comes to light.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use launchnix_diagnostics::{Diagnostic, Span};
use launchnix_evaluator::{Error, ErrorKind, Failure, Value};

use super::blame::Blamed;
use super::declarations::{Abouts, abouts, likeliest};
use super::evaluation::{Scene, is_spent};
use super::failures::set_of_with;
use super::mend::Mend;
use super::message::{Message, list_entry, option_path, quoted_path};
use super::misdeclared::{Declared, declared};
use super::modules::{Modules, ProblemKind};
use super::plain::plain;
use super::report::Report;
use super::suggestion;

/// How often a guest is evaluated without what is known to be mistaken.
const ROUNDS: usize = 24;

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
    /// The declaration that may be mistaken instead.
    pub(super) declared: Option<Declared>,
    /// The module that fails with just this.
    pub(super) module: Option<String>,
    /// The part of a definition that fails with just this.
    pub(super) asked_by: Option<Vec<String>>,
    /// The part of a definition without which this does not fail.
    pub(super) blamed: Option<Blamed>,
    /// What the texts of assertions are about, by the options that their modules declare.
    pub(super) abouts: Abouts,
    /// What was traced of it.
    pub(super) reasons: Vec<String>,
    /// What a plain check would say of it.
    pub(super) plain: Option<Diagnostic>,
}

impl Mistake {
    /// A mistake that no evaluation told of.
    pub(super) fn new(text: String, message: Message) -> Self {
        Self {
            text,
            message,
            trail: Vec::new(),
            places: Vec::new(),
            help: None,
            nearest: None,
            declared: None,
            module: None,
            asked_by: None,
            blamed: None,
            abouts: Abouts::new(),
            reasons: Vec::new(),
            plain: None,
        }
    }

    /// The part of a definition that it is of.
    pub(super) fn cause(&self) -> Option<&[String]> {
        self.asked_by.as_deref().or(self.blamed.as_ref().map(|blamed| blamed.path.as_slice()))
    }
}

/// What was found to be wrong with a guest.
#[derive(Default)]
pub(super) struct Examined {
    pub(super) mistakes: Vec<Mistake>,
    /// What had to be left out to find them all.
    pub(super) mend: Mend,
    /// What the rest warns of.
    pub(super) warnings: Vec<String>,
}

/// The mistakes of a guest that fails.
pub(super) struct Mistakes<'m, 's, 'a, 'r> {
    pub(super) scene: &'m Scene<'s, 'a>,
    pub(super) report: &'m mut Report<'r>,
    pub(super) found: Vec<Mistake>,
    pub(super) mend: Mend,
    /// Options that do not exist, with the names beside them that were meant.
    pub(super) meant: Vec<(Vec<String>, String)>,
    /// Whether the guest goes on until the stack is full.
    pub(super) overflows: bool,
    /// The guest as it was evaluated first, where all options that are set exist.
    checked: Option<Value<'a>>,
    /// The guest without all that is known to be mistaken.
    rest: Option<Value<'a>>,
}

/// What is evaluated in a round: the guest without what is known to be mistaken.
pub(super) struct Round<'q, 's, 'a> {
    pub(super) system: Value<'a>,
    pub(super) modules: &'q Modules<'s, 'a>,
    /// How many mistakes were known before.
    pub(super) start: usize,
}

/// What is known of a failure besides what it says.
#[derive(Clone, Copy)]
pub(super) struct Known<'q, 's, 'a> {
    pub(super) modules: &'q Modules<'s, 'a>,
    /// The part of the definitions that it is of.
    pub(super) cause: Option<&'q [String]>,
}

/// What definitions have to do with a failure.
struct Causes {
    /// The parts that fail alike by themselves, and what depends on what is no valid Nix.
    parts: Vec<Vec<String>>,
    /// The first part that fails alike by itself.
    asked_by: Option<Vec<String>>,
}

impl<'m, 's, 'a, 'r> Mistakes<'m, 's, 'a, 'r> {
    /// Looks for all that can be told, and for what has to be left out to evaluate the rest.
    pub(super) fn of(
        scene: &'m Scene<'s, 'a>,
        error: &Failure,
        checked: Option<Value<'a>>,
        report: &'m mut Report<'r>,
    ) -> Examined {
        let is_unknown = |message: &Message| matches!(message, Message::UnknownOption { .. });
        let ends_with_unknown = is_unknown(&Message::read(&error.message));
        let mut mistakes = Self {
            scene,
            report,
            found: Vec::new(),
            mend: Mend::default(),
            meant: Vec::new(),
            overflows: is_overflow(error),
            // Where an option does not exist, nothing of the configuration can be had.
            checked: checked.filter(|&system| {
                scene
                    .evaluator
                    .select_path(system, "config", &[])
                    .is_ok_and(|config| scene.evaluator.force(config).is_ok())
            }),
            rest: None,
        };
        let rounds = 0..ROUNDS;
        rounds.take_while(|_| !is_spent(scene.evaluator) && mistakes.round()).for_each(drop);
        // What the check for unknown options says has been found in the rounds, each with its place.
        let is_misnamed =
            |message: &Message| matches!(message, Message::Structure { kind: ProblemKind::Misnamed(..), .. });
        let misses_unknown = ends_with_unknown
            && !mistakes.mend.leaves_out_modules()
            && !mistakes.found.iter().any(|known| is_unknown(&known.message) || is_misnamed(&known.message));
        if !mistakes.meant.is_empty() && !is_spent(scene.evaluator) {
            mistakes.look_inside_misspelt();
        }
        let warnings = mistakes.rest.map(|rest| mistakes.warnings(rest)).unwrap_or_default();
        if mistakes.found.is_empty() {
            // There is nothing for it to follow from.
            (mistakes.mend, mistakes.meant) = (Mend::default(), Vec::new());
        }
        if mistakes.found.is_empty() || misses_unknown {
            mistakes.add(error, None);
        }
        Examined { mistakes: mistakes.found, mend: mistakes.mend, warnings }
    }

    /// Evaluates the guest without what is known to be mistaken, and looks for what is wrong with the rest: with how
    /// modules are built, options that do not exist, values that do not fit, and what fails in the end. Says whether
    /// there is something else to leave out.
    fn round(&mut self) -> bool {
        let scene = self.scene;
        self.reasons();
        // What was evaluated of it once need not be again.
        let system = self.checked.take().filter(|_| self.mend.is_empty());
        let Ok(system) = system.map_or_else(|| scene.system(&self.mend), Ok) else { return false };
        let Ok(modules) = scene.modules(system) else { return false };
        let round = Round { system, modules: &modules, start: self.found.len() };
        self.mend.arguments.extend(modules.arguments());
        let grows = self.structure(&modules);
        // The rest may fail for what is known now, and is evaluated without it.
        if self.leave_out_found(&round) || grows {
            self.suggest(&round);
            return true;
        }
        self.definitions(system, &modules);
        self.join_torn(&round);
        self.suggest(&round);
        let grows = self.leave_out_found(&round);
        self.forget_what_may_be_declared();
        if grows {
            return true;
        }
        self.rest = Some(system);
        let grows = scene.derivation(system).is_err_and(|last| self.last(&round, &last));
        if grows {
            self.rest = None;
        }
        grows
    }

    /// Looks at what the guest fails with in the end. Says whether there is something else to leave out.
    fn last(&mut self, round: &Round<'_, 's, 'a>, last: &Failure) -> bool {
        self.overflows |= is_overflow(last);
        let told = Mistake::new(String::new(), self.message(last));
        let options = under_way(last.frames.iter().map(|frame| frame.message.as_str()));
        let options: Vec<_> = options.iter().map(|path| self.mend.original(path)).collect();
        let Causes { parts, asked_by } = self.causes(round.modules, last);
        let blamed = if parts.is_empty() { self.blame(round, last) } else { None };
        let place = blamed.as_ref().map(|blamed| blamed.path.clone());
        let cause = asked_by.as_deref().or(place.as_deref());
        let known = self.found.len();
        if self.add(last, Some(Known { modules: round.modules, cause }))
            && let Some(added) = self.found.get_mut(known)
        {
            let is_same = |(_, error): &&(String, Error)| error.message == last.message;
            added.module = round.modules.failed.iter().find(is_same).map(|(module, _)| module.clone());
            added.asked_by = asked_by;
            added.blamed = blamed;
            if let Message::Assertions(texts) = &added.message {
                added.abouts = abouts(self.scene, round.modules, round.system, "assertions", texts);
            }
        }
        self.join_torn(&Round { start: known, ..*round });
        self.suggest(&Round { start: known, ..*round });
        let mut grows = is_overflow(last) && self.structure(round.modules);
        for (module, _) in round.modules.failed.iter().filter(|(_, error)| error.message == last.message) {
            grows |= self.mend.leave_out_module(module);
        }
        for cause in parts.into_iter().chain(place) {
            grows |= self.mend.leave_out(cause);
        }
        // What is told a second time here would be taken to be left out already, and more with it.
        grows |= self.leave_out_found(round) || self.leave_out_of(round, &told);
        grows || options.iter().any(|path| self.leave_out_option(round, path))
    }

    /// Finds what may have been meant by the mistakes of a round.
    fn suggest(&mut self, round: &Round<'_, 's, 'a>) {
        let e = self.scene.evaluator;
        let Ok(Value::Attrs(attrs)) = e.force(round.system) else { return };
        for mistake in &mut self.found[round.start..] {
            if let Message::UnknownOption { option, .. } = &mistake.message
                && let Some(options) = attrs.get(e.intern("options"))
            {
                let path = option_path(option);
                let (definitions, done) = round.modules.at(&path);
                let value = definitions.first().filter(|_| done == path.len()).map(|known| known.value);
                mistake.nearest = suggestion::nearest(e, options.value, &path, value);
                if let Some((new, parents)) =
                    mistake.nearest.as_ref().and_then(|nearest| nearest.split_last())
                    && path.split_last().is_some_and(|(_, known)| known == parents)
                {
                    self.meant.push((path, new.clone()));
                }
            }
            if let Some(name) = mistake.text.strip_prefix("undefined variable '") {
                let name = name.trim_end_matches('\'');
                let nearest = |set: &str| {
                    let path = if set.starts_with("lib") { format!("pkgs.{set}") } else { set.to_owned() };
                    let values = e.select_path(Value::Attrs(attrs), &path, &[]).ok()?;
                    let nearest = suggestion::among(e, values, name)?;
                    Some(format!("did you mean `{nearest}` of `{set}`?"))
                };
                // Functions of `lib` have two words in their names more often than packages.
                let sets = if name.contains(char::is_uppercase) { ["lib", "pkgs"] } else { ["pkgs", "lib"] };
                let place = mistake.places.first();
                let is_of_types = place.is_some_and(|&place| {
                    set_of_with(self.report.text(place), place).is_some_and(|set| set.ends_with("types"))
                });
                let types = is_of_types.then_some("lib.types");
                mistake.help = types.into_iter().chain(sets).find_map(nearest);
            }
            mistake.declared = declared(self.scene, round.modules, mistake);
            if let (Some(_), Message::UnknownOption { option, .. }) = (&mistake.declared, &mistake.message) {
                let map = e.source_map();
                let keys = round.modules.at(&option_path(option)).0.into_iter().filter_map(|known| known.key);
                let users = keys.filter(|&key| self.scene.is_users(&map, key));
                mistake.places.extend(users.map(|key| self.report.span(&map, key)));
            }
        }
    }

    /// The parts of the user's definitions that fail by themselves with what the guest fails with.
    fn causes(&mut self, modules: &Modules<'_, 'a>, last: &Failure) -> Causes {
        let scene = self.scene;
        let message = Message::read(&last.message);
        if !matches!(message, Message::Package { .. } | Message::Other | Message::Recursion) {
            return Causes { parts: Vec::new(), asked_by: None };
        }
        let mut parts = self.in_circle(modules, last);
        // Whatever needs a value that needs itself fails like that one.
        let is_alone = parts.is_empty();
        let place = self.places(last).first().copied();
        let mut asked_by = None;
        modules.walk(&mut |path, value| {
            let (is_alike, is_reported) = match scene.evaluator.force(value) {
                Ok(Value::Path(file)) => (is_missing(&last.message, file.text), false),
                Ok(Value::String(file)) if is_missing(&last.message, file.text) => (true, false),
                _ => match scene.failure(value) {
                    None => (false, false),
                    Some(error) => {
                        let is_alike =
                            last.message == error.message && self.places(&error).first().copied() == place;
                        (is_alike, error.kind == ErrorKind::Reported)
                    }
                },
            };
            if is_alike {
                asked_by.get_or_insert_with(|| path.to_vec());
            }
            if is_alike && is_alone || is_reported {
                parts.push(path.to_vec());
            }
            true
        });
        Causes { parts, asked_by }
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

    /// Leaves out what was found in a round. Says whether anything was added to that.
    fn leave_out_found(&mut self, round: &Round<'_, 's, 'a>) -> bool {
        let found = self.found[round.start..].to_vec();
        let mut grows = false;
        for mistake in &found {
            grows |= self.leave_out_of(round, mistake);
        }
        grows
    }

    /// Leaves out what a mistake is about.
    fn leave_out_of(&mut self, round: &Round<'_, 's, 'a>, mistake: &Mistake) -> bool {
        match &mistake.message {
            Message::WrongType { option, wanted, files } => {
                let path = option_path(option);
                self.leave_meant(round, &path, wanted)
                    || self.leave_out_option(round, &path)
                    || self.leave_out_of_files(round, files)
            }
            Message::UnknownOption { option, files }
            | Message::Conflict { option, files }
            | Message::ReadOnly { option, files } => {
                self.leave_out_option(round, &option_path(option)) || self.leave_out_of_files(round, files)
            }
            Message::NoValue { option } => {
                let near = round.modules.nearest(&option_path(option)).unwrap_or_default();
                // Where all that was written of it is left out already, the rest of the set only waits for it.
                let sets = (1..=near.len()).rev().filter(|&length| length > 1 || near.len() == 1);
                sets.into_iter().any(|length| self.mend.leave_out(near[..length].to_vec()))
            }
            Message::Structure { module, kind } => match kind {
                ProblemKind::Closed => self.mend.close(module),
                ProblemKind::Stray(attribute) | ProblemKind::Misnamed(attribute, _) => {
                    self.mend.leave_out_stray(attribute)
                }
                ProblemKind::NoSet(..) => self.mend.keep_only_sets(),
                ProblemKind::NoType(path, _) => self.mend.untype(path.clone()),
                ProblemKind::NoDeclaration(path) => self.mend.declare(path.clone()),
                _ => self.mend.leave_out_module(module),
            },
            Message::Property { path, .. } => self.mend.make_sound(path.clone()),
            Message::Assertions(_) => self.mend.leave_out_assertions(),
            _ => false,
        }
    }

    /// Leaves out what the user's modules define of an option; where that is nothing, the option gets its default.
    fn leave_out_option(&mut self, round: &Round<'_, 's, 'a>, path: &[String]) -> bool {
        if let Some(known) = round.modules.resolved(path) {
            return self.mend.leave_out(known);
        }
        let e = self.scene.evaluator;
        let Ok(mut level) = e.select_path(round.system, "options", &[]) else { return false };
        for (index, name) in path.iter().enumerate() {
            let attr = e.expect_attrs(level).ok().and_then(|attrs| attrs.get(e.intern(name)));
            let Some(attr) = attr else { return false };
            level = attr.value;
            if let Ok(Value::Attrs(option)) = e.force(level)
                && round.modules.tag(option).as_deref() == Some("option")
            {
                let has_default = option.get(e.intern("default")).is_some();
                return has_default && self.mend.set_default(path[..=index].to_vec());
            }
        }
        false
    }

    /// Leaves out what makes modules of nixpkgs define what is mistaken.
    fn leave_out_of_files(&mut self, round: &Round<'_, 's, 'a>, files: &[String]) -> bool {
        let options = self.scene.evaluator.select_path(round.system, "options", &[]);
        let Ok(options) = options else { return false };
        let inside = files.iter().filter(|file| Path::new(file.as_str()).starts_with(self.scene.path));
        let found: Vec<_> =
            inside.filter_map(|file| likeliest(&round.modules.declared_in(options, file), "")).collect();
        found.into_iter().any(|path| self.mend.leave_out(path))
    }

    /// What was traced since it was asked last.
    fn reasons(&self) -> Vec<String> {
        let mut traces = self.scene.run.traces.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *traces)
    }

    /// Adds what an evaluation failed with, unless it is known already, or follows from what is. Says whether it did.
    pub(super) fn add(&mut self, error: &Failure, known: Option<Known<'_, '_, 'a>>) -> bool {
        // What is no valid Nix is told with its places.
        if error.kind == ErrorKind::Reported {
            return false;
        }
        let places = self.places(error);
        let message = self.message(error);
        if self.is_known(error, &message, &places, known.and_then(|known| known.cause))
            || self.is_unmerged(&message)
            || self.may_follow(&message, error, &places, known)
        {
            return false;
        }
        let Some(message) = self.standing(message) else { return false };
        let reasons = match &message {
            Message::WrongType { .. } => self.reasons(),
            _ => Vec::new(),
        };
        let trail = error.frames.iter().map(|frame| frame.message.clone()).collect();
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
        true
    }

    /// What a failure says, of entries of lists as they were before others were left out.
    fn message(&self, error: &Failure) -> Message {
        let mut message = Message::read(&error.message);
        if let Some(option) = message.option_mut() {
            let path = option_path(option);
            if path.iter().any(|part| list_entry(part).is_some()) {
                *option = quoted_path(&self.mend.original(&path));
            }
        }
        message
    }

    fn is_known(
        &self,
        error: &Failure,
        message: &Message,
        places: &[Span],
        cause: Option<&[String]>,
    ) -> bool {
        let is_same = |known: &Mistake| {
            known.message == *message
                || matches!((&known.message, message),
                    (Message::WrongType { option, wanted, .. }, Message::WrongType { option: other, wanted: same, .. })
                        if option == other && wanted == same)
                || matches!((&known.message, message),
                    (Message::UnknownOption { option, .. }, Message::UnknownOption { option: other, .. })
                        if option_path(option) == option_path(other))
        };
        if !matches!(message, Message::Other | Message::Recursion) {
            return self.found.iter().any(is_same);
        }
        let innermost = |trail: &mut dyn Iterator<Item = &str>| under_way(trail).into_iter().next();
        self.found.iter().any(|known| {
            known.text == error.message
                && known.message == *message
                && known.places.first() == places.first()
                // What fails in nixpkgs may do so for several definitions.
                && (!places.is_empty() || cause.is_none() || known.cause() == cause)
                && (*message != Message::Recursion
                    || innermost(&mut known.trail.iter().map(String::as_str))
                        == innermost(&mut error.frames.iter().map(|frame| frame.message.as_str())))
        })
    }

    /// The places in the user's files that a failure knows of, innermost first.
    pub(super) fn places(&mut self, error: &Failure) -> Vec<Span> {
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

    pub(super) fn is_users(&self, span: Span) -> bool {
        self.scene.is_users(&self.scene.evaluator.source_map(), span)
    }
}

/// Whether a failure says that a file is not there, or that the directory of this name holds no module.
pub(super) fn is_missing(message: &str, file: &[u8]) -> bool {
    let missing = message.strip_prefix("path '").and_then(|rest| rest.strip_suffix("' does not exist"));
    let rest = missing.and_then(|missing| missing.as_bytes().strip_prefix(file));
    rest.is_some_and(|rest| !file.is_empty() && matches!(rest, b"" | b"/default.nix"))
}

/// The files of modules that import each other, whichever of them is the first.
pub(super) fn same_files(files: &[PathBuf]) -> BTreeSet<PathBuf> {
    files.iter().cloned().collect()
}

/// Whether an evaluation went on until the stack was full.
fn is_overflow(error: &Failure) -> bool {
    error.kind == ErrorKind::Limit && error.message.starts_with("stack overflow")
}

/// The options that were under way, innermost first.
pub(super) fn under_way<'t>(trail: impl Iterator<Item = &'t str>) -> Vec<Vec<String>> {
    let option = |step: &'t str| step.strip_prefix("while evaluating the option `")?.split_once('\'');
    trail.filter_map(option).map(|(option, _)| option_path(option)).collect()
}

//! Which of the user's definitions has to do with a failure that names no place: nixpkgs fails far from what it was given.
//!
//! What the failure says gives hints; each is tried by evaluating the guest without it. Where none is right, the definitions
//! are left out by halves.

use std::path::Path;

use launchnix_evaluator::{Failure, Value};

use super::evaluation::Scene;
use super::failures::without_internals;
use super::mend::Mend;
use super::message::Message;
use super::mistakes::{Mistakes, Round, under_way};
use super::modules::Modules;

/// How many evaluations of a guest one failure is worth.
const MAX_TRIED: usize = 12;
/// What an evaluation may hold for another guest to be evaluated only for a place.
const MAX_MEMORY: usize = 2 << 30;

/// How many modules of nixpkgs that were under way are looked at.
const MAX_FILES: usize = 8;

/// The part of the user's definitions that is to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blamed {
    /// Its name.
    pub(super) path: Vec<String>,
    /// Whether it is spoken of by its name, and not by its value.
    pub(super) is_key: bool,
}

impl Blamed {
    fn value(path: Vec<String>) -> Self {
        Self { path, is_key: false }
    }
}

impl<'a, 's> Mistakes<'_, 's, 'a, '_> {
    /// The definition without which the guest does not fail with this.
    pub(super) fn blame(&mut self, round: &Round<'_, 's, 'a>, failure: &Failure) -> Option<Blamed> {
        let is_apart = match Message::read(&failure.message) {
            Message::Other => !self.mend.asserts_nothing,
            Message::Package { .. } | Message::Recursion => true,
            _ => false,
        };
        if !is_apart || !self.places(failure).is_empty() {
            return None;
        }
        let option = innermost(failure);
        let fails_alike = |scene: &Scene<'s, 'a>, mend: &Mend| {
            let other = scene.system(mend).and_then(|system| scene.derivation(system)).err();
            other.is_some_and(|other| other.message == failure.message && innermost(&other) == option)
        };
        let is_defined = |path: &[String]| round.modules.at(path).1 == path.len();
        // Another guest may have failed alike.
        let failed = (failure.message.clone(), option.clone());
        let is_left_out = |path: &Vec<String>| self.mend.all().any(|known| known == path);
        let is_likely = |known: &&Blamed| is_defined(&known.path) && !is_left_out(&known.path);
        if let Some(known) = self.report.blamed.get(&failed).filter(is_likely) {
            return Some(known.clone());
        }
        let mut trial = Trial::new(self.scene, &self.mend, &fails_alike);
        let hints = hints(self.scene, round, failure);
        let is_near = |path: &[String]| self.mend.is_near(path, &is_defined);
        let hint = hints.into_iter().find(|hint| trial.is_cause(std::slice::from_ref(&hint.blamed.path)));
        let mut defined = defined(round.modules);
        let found = match hint {
            Some(hint) if !hint.is_whole => Some(hint.blamed),
            Some(Hint { blamed: hint, .. }) => {
                defined.retain(|path| path.starts_with(&hint.path));
                Some(trial.halve(&defined).map_or(hint, Blamed::value))
            }
            None => trial.is_cause(&defined).then(|| trial.halve(&defined)).flatten().map(Blamed::value),
        };
        let found = found.filter(|blamed| !is_near(&blamed.path));
        self.report.blamed.extend(found.clone().map(|found| (failed, found)));
        found
    }
}

/// Evaluations of a guest with more left out.
pub(super) struct Trial<'t, 's, 'a> {
    scene: &'t Scene<'s, 'a>,
    mend: &'t Mend,
    /// Whether it is the same then.
    is_same: &'t dyn Fn(&Scene<'s, 'a>, &Mend) -> bool,
    /// How many more there may be.
    left: usize,
}

impl<'t, 's, 'a> Trial<'t, 's, 'a> {
    pub(super) fn new(
        scene: &'t Scene<'s, 'a>,
        mend: &'t Mend,
        is_same: &'t dyn Fn(&Scene<'s, 'a>, &Mend) -> bool,
    ) -> Self {
        Self { scene, mend, is_same, left: MAX_TRIED }
    }

    /// Whether the guest fails otherwise, or not at all, without these definitions.
    pub(super) fn is_cause(&mut self, paths: &[Vec<String>]) -> bool {
        if self.left == 0 || self.scene.evaluator.memory() > MAX_MEMORY || paths.is_empty() {
            return false;
        }
        self.left -= 1;
        let mut mend = self.mend.clone();
        for path in paths {
            mend.leave_out(path.clone());
        }
        !(self.is_same)(self.scene, &mend)
    }

    /// The one of these definitions, which together are the cause, that is so alone.
    pub(super) fn halve(&mut self, mut paths: &[Vec<String>]) -> Option<Vec<String>> {
        while paths.len() > 1 {
            let (first, second) = paths.split_at(paths.len() / 2);
            if self.is_cause(first) {
                paths = first;
            } else if self.is_cause(second) {
                paths = second;
            } else {
                return None;
            }
        }
        paths.first().cloned()
    }
}

/// The innermost option that was under way.
fn innermost(failure: &Failure) -> Option<Vec<String>> {
    under_way(failure.frames.iter().map(|frame| frame.message.as_str())).into_iter().next()
}

/// The innermost parts of all that the user defines.
///
/// What switches something on comes last: it is seldom what is to be changed.
pub(super) fn defined(modules: &Modules<'_, '_>) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    modules.walk(&mut |path, _| {
        // Inner ones come before what holds them.
        if all.last().is_none_or(|inner| !inner.starts_with(path)) {
            all.push(path.to_vec());
        }
        true
    });
    all.sort_by_key(|path| path.last().is_some_and(|name| name == "enable"));
    all
}

/// A part of the definitions that may be to blame.
struct Hint {
    blamed: Blamed,
    /// Whether it may be a part of this.
    is_whole: bool,
}

/// What the words of a failure, and what was under way, speak of: the likeliest first.
fn hints<'a>(scene: &Scene<'_, 'a>, round: &Round<'_, '_, 'a>, failure: &Failure) -> Vec<Hint> {
    let modules = round.modules;
    let exact = |blamed| Hint { blamed, is_whole: false };
    let hints = [
        packaged(modules, &failure.message).map(|path| exact(Blamed::value(path))),
        spoken_of(modules, &failure.message).map(|path| exact(Blamed { path, is_key: true })),
        alike(scene, modules, &failure.message).map(|path| exact(Blamed::value(path))),
        of_module(scene, round, failure).map(|path| exact(Blamed::value(path))),
        on_the_way(modules, failure).map(|path| Hint { blamed: Blamed::value(path), is_whole: true }),
    ];
    let mut known: Vec<Hint> = Vec::new();
    for hint in hints.into_iter().flatten() {
        if known.iter().all(|one| one.blamed.path != hint.blamed.path) {
            known.push(hint);
        }
    }
    known
}

/// The package whose path in the store a message names.
fn packaged<'a>(modules: &Modules<'_, 'a>, text: &str) -> Option<Vec<String>> {
    let e = modules.evaluator;
    text.contains("/nix/store/").then_some(())?;
    modules.find(&|value: Value<'a>| {
        let path = modules.attrs(value).filter(|attrs| attrs.get(e.intern("drvPath")).is_some());
        let path = path.and_then(|attrs| e.raw(attrs.get(e.intern("outPath"))?.value).ok());
        path.is_some_and(|path| text.contains(&*String::from_utf8_lossy(path)))
    })
}

/// What switches on the module of nixpkgs whose definition was under way.
fn of_module<'a>(scene: &Scene<'_, 'a>, round: &Round<'_, '_, 'a>, failure: &Failure) -> Option<Vec<String>> {
    let file = |step: &str| {
        let (_, rest) = step.split_once("while evaluating definitions from `")?;
        Some(rest.split_once('\'')?.0.to_owned())
    };
    let options = scene.evaluator.select_path(round.system, "options", &[]).ok()?;
    let files = failure.frames.iter().filter_map(|frame| file(&frame.message));
    let is_inside = |file: &String| Path::new(file).starts_with(scene.path);
    files.filter(is_inside).take(MAX_FILES).find_map(|file| {
        let found = round.modules.declared_in(options, &file);
        found.iter().find(|path| path.last().is_some_and(|name| name == "enable")).or(found.first()).cloned()
    })
}

/// The user's definition of the innermost option that was under way.
fn on_the_way(modules: &Modules<'_, '_>, failure: &Failure) -> Option<Vec<String>> {
    let options = under_way(failure.frames.iter().map(|frame| frame.message.as_str()));
    options.into_iter().find(|path| modules.at(path).1 == path.len())
}

/// The key that a message quotes.
fn spoken_of(modules: &Modules<'_, '_>, text: &str) -> Option<Vec<String>> {
    let line = text.trim().lines().next()?;
    let words: Vec<_> = line.split(['‘', '’', '`', '\'', '"']).skip(1).step_by(2).collect();
    let mut found = None;
    modules.walk(&mut |path, _| {
        if path.last().is_some_and(|name| words.contains(&name.as_str())) {
            found = Some(path.to_vec());
        }
        found.is_none()
    });
    found
}

/// The part of the user's definitions that fails alike where it is used as what it is not.
fn alike<'a>(scene: &Scene<'_, 'a>, modules: &Modules<'_, 'a>, text: &str) -> Option<Vec<String>> {
    let e = scene.evaluator;
    if !(text.starts_with("expected ") || text.starts_with("cannot coerce ")) {
        return None;
    }
    let to_string = e.expression("toString", "«value»", &scene.run.build.directory).ok()?;
    let text = without_internals(text);
    let is_alike = |value: Value<'a>| {
        let says = |error: Option<Box<Failure>>| {
            error.is_some_and(|error| without_internals(&error.message) == text)
        };
        says(e.expect_bool(value).err())
            || says(e.expect_string(value).err())
            || says(e.expect_int(value).err())
            || says(e.expect_list(value).err())
            || says(e.expect_attrs(value).err())
            || text.starts_with("cannot coerce ")
                && says(e.call(to_string, value).and_then(|text| e.force(text)).err())
    };
    modules.find(&is_alike)
}

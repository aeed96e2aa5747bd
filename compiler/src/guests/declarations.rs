//! What of the user's a module of nixpkgs is about that speaks of no option, or of none that the user sets: definitions of
//! options that its file declares, or else the one without which it says nothing.

use std::collections::BTreeMap;
use std::path::Path;

use launchnix_evaluator::{Evaluator, Value};

use super::blame::{Trial, defined};
use super::evaluation::Scene;
use super::mend::Mend;
use super::message::one_line;
use super::modules::Modules;
use super::nixpkgs::nixpkgs;
use super::place::Placer;

/// How many texts without a place are worth evaluations of their own.
const MAX_SOUGHT: usize = 8;

/// The definitions that texts are about.
pub(super) type Abouts = BTreeMap<String, Vec<String>>;

impl<'a> Modules<'_, 'a> {
    /// The options that the user defines and that a file declares.
    pub(super) fn declared_in(&self, options: Value<'a>, file: &str) -> Vec<Vec<String>> {
        let defined = self.compare(options).defined.into_iter().map(|(path, _)| path);
        defined.filter(|path| declares(self.evaluator, options, path, file)).collect()
    }
}

/// Whether a file declares the option that this is, or is a part of.
pub(super) fn declares<'a>(
    evaluator: &Evaluator<'a>,
    options: Value<'a>,
    path: &[String],
    file: &str,
) -> bool {
    let get = |value: Value<'a>, name: &str| {
        let attrs = evaluator.expect_attrs(value).ok()?;
        attrs.get(evaluator.intern(name)).map(|attr| attr.value)
    };
    let declarations = path.iter().try_fold(options, |level, name| match get(level, "declarations") {
        Some(_) => Some(level),
        None => get(level, name),
    });
    let declarations = declarations.and_then(|option| get(option, "declarations"));
    let files = declarations.and_then(|files| evaluator.expect_list(files).ok()).unwrap_or(&[]);
    let is_meant = |known: &Value<'a>| {
        evaluator.raw(*known).is_ok_and(|known| {
            let known = String::from_utf8_lossy(known);
            // A module may be named by its directory.
            known == file || file.strip_suffix("/default.nix").is_some_and(|short| known == short)
        })
    };
    files.iter().any(is_meant)
}

impl Placer<'_, '_, '_, '_> {
    /// The likeliest of the user's definitions of options that a file of nixpkgs declares.
    pub(super) fn of_file(&self, file: &str, text: &str) -> Option<Vec<String>> {
        about_by_file(self.scene, self.modules?, self.options?, file, text)
    }

    /// The user's definition without which no module asserts this.
    ///
    /// That takes evaluations of their own, beside this one, which knows where values come from and is large.
    pub(super) fn asserted_for(&mut self, text: &str) -> Option<Vec<String>> {
        match self.report.abouts.get(text) {
            Some(None) => return None,
            Some(Some(path)) if !self.exactly(path).is_empty() => return Some(path.clone()),
            _ => {}
        }
        if self.report.sought >= MAX_SOUGHT {
            return None;
        }
        self.report.sought += 1;
        let Scene { run, guest, .. } = *self.scene;
        let mend = with_assertions(&self.mend);
        let found = run.evaluate(false, |evaluator| {
            let (nixpkgs, path) = nixpkgs(evaluator, run.build).ok()?;
            let scene = Scene { evaluator, run, guest, nixpkgs, path: &path };
            let system = scene.system(&mend).ok()?;
            let modules = scene.modules(system).ok()?;
            about_by_trial(&scene, &modules, &mend, text)
        });
        let found = found.ok().flatten();
        self.report.abouts.insert(text.to_owned(), found.clone());
        found
    }
}

/// What texts are about, as far as that can be told by the options that the files of their modules declare.
pub(super) fn abouts<'a>(
    scene: &Scene<'_, 'a>,
    modules: &Modules<'_, 'a>,
    system: Value<'a>,
    list: &str,
    texts: &[String],
) -> Abouts {
    let of_text = |text: &String| Some((text.clone(), about(scene, modules, system, list, text)?));
    texts.iter().filter_map(of_text).collect()
}

/// The user's definition that a module is about which says this.
fn about<'a>(
    scene: &Scene<'_, 'a>,
    modules: &Modules<'_, 'a>,
    system: Value<'a>,
    list: &str,
    text: &str,
) -> Option<Vec<String>> {
    let file = file_that_says(scene, system, list, text)?;
    let options = scene.evaluator.select_path(system, "options", &[]).ok()?;
    about_by_file(scene, modules, options, &file, text)
}

fn about_by_file<'a>(
    scene: &Scene<'_, 'a>,
    modules: &Modules<'_, 'a>,
    options: Value<'a>,
    file: &str,
    text: &str,
) -> Option<Vec<String>> {
    Path::new(file).starts_with(scene.path).then_some(())?;
    likeliest(&modules.declared_in(options, file), text)
}

fn about_by_trial<'s, 'a>(
    scene: &Scene<'s, 'a>,
    modules: &Modules<'s, 'a>,
    mend: &Mend,
    text: &str,
) -> Option<Vec<String>> {
    let is_said = |scene: &Scene<'s, 'a>, mend: &Mend| {
        scene.system(mend).is_ok_and(|system| asserts(scene, system, text))
    };
    let mut trial = Trial::new(scene, mend, &is_said);
    let defined = defined(modules);
    trial.is_cause(&defined).then(|| trial.halve(&defined)).flatten()
}

fn with_assertions(mend: &Mend) -> Mend {
    let mut mend = mend.clone();
    mend.asserts_nothing = false;
    mend
}

/// The definition that a text is likeliest about: the one with the most names in it, of those what it names last, what
/// switches something on, or the first.
pub(super) fn likeliest(paths: &[Vec<String>], text: &str) -> Option<Vec<String>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let words: Vec<_> = text.split(|c: char| !is_part(c)).collect();
    let is_word = |name: &String| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    let named = |path: &Vec<String>| path.iter().filter(|name| *name != "enable" && is_word(name)).count();
    let most = paths.iter().map(named).max().unwrap_or_default();
    let meant: Vec<_> = paths.iter().filter(|path| named(path) == most).collect();
    let is_named = |path: &&&Vec<String>| path.last().is_some_and(|name| words.contains(&name.as_str()));
    let is_switch = |path: &&&Vec<String>| path.last().is_some_and(|name| name == "enable");
    let likeliest = meant.iter().find(is_named).or_else(|| meant.iter().find(is_switch)).or(meant.first());
    likeliest.map(|path| (*path).clone())
}

/// Whether some module asserts this.
fn asserts<'a>(scene: &Scene<'_, 'a>, system: Value<'a>, text: &str) -> bool {
    let all = scene.evaluator.select_path(system, "config.assertions", &[]);
    all.is_ok_and(|all| is_in(scene, all, text))
}

/// The file of the module that says this.
pub(super) fn file_that_says<'a>(
    scene: &Scene<'_, 'a>,
    system: Value<'a>,
    list: &str,
    text: &str,
) -> Option<String> {
    let e = scene.evaluator;
    let ask = |name: &str| {
        let found = e.select_path(system, &format!("options.{list}.{name}"), &[]).ok()?;
        e.expect_list(found).ok()
    };
    // What a definition is beside its file has a name of its own only since 2022.
    let definitions = ask("definitions")?.iter().zip(ask("files")?);
    let (_, file) = definitions.into_iter().find(|(definition, _)| is_in(scene, **definition, text))?;
    Some(String::from_utf8_lossy(e.raw(*file).ok()?).into_owned())
}

/// Whether a text is one of warnings, or of the messages of assertions that fail.
fn is_in<'a>(scene: &Scene<'_, 'a>, list: Value<'a>, text: &str) -> bool {
    let e = scene.evaluator;
    let text = one_line(text);
    let is_said = |item: &Value<'a>| {
        let said = match e.force(*item) {
            Ok(Value::Attrs(attrs)) => {
                let get = |name: &str| attrs.get(e.intern(name)).map(|attr| attr.value);
                let fails =
                    get("assertion").is_some_and(|holds| e.expect_bool(holds).is_ok_and(|holds| !holds));
                get("message").filter(|_| fails)
            }
            Ok(other) => Some(other),
            Err(_) => None,
        };
        said.and_then(|said| e.expect_string(said).ok()).is_some_and(|said| one_line(&said.lossy()) == text)
    };
    e.expect_list(list).is_ok_and(|list| list.iter().any(is_said))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_comes_before_what_is_switched_on() {
        let paths = ["services.x.token", "services.x.enable", "services.x.role"];
        let paths: Vec<Vec<String>> =
            paths.iter().map(|path| path.split('.').map(str::to_owned).collect()).collect();
        for (text, expected) in
            [("serverAddr is wanted for the role 'agent'", "role"), ("something is wanted", "enable")]
        {
            let found = likeliest(&paths, text).and_then(|path| path.last().cloned());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
    }
}

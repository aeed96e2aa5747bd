//! What is left out of a guest's modules so that more of it can be evaluated: one mistake must not hide another.

use std::collections::{BTreeMap, BTreeSet};

use launchnix_evaluator::{Evaluator, Result, Value};

use super::definitions::{STRUCTURE, part_meant};
use super::evaluation::Scene;
use super::message::list_entry;
use super::suggestion;

/// The modules without what is mistaken in them.
const MEND: &str = include_str!("mend.nix");
/// What modules and submodules ask for, besides what is known of the user's.
const ARGUMENTS: &[&str] = &["config", "lib", "name", "options", "pkgs"];
/// Sets an option to its default, whatever else is said of it.
const DEFAULT: &str = "
  path: { options, ... }:
  let
    nested = path: value:
      if path == [ ] then value else { ${builtins.head path} = nested (builtins.tail path) value; };
    option = builtins.foldl' (set: name: set.${name}) options path;
  in
  { config = nested path { _type = \"override\"; priority = 1; content = option.default; }; }";

/// What is left out of a guest, and what else is made of its modules.
#[derive(Clone, Debug, Default)]
pub(super) struct Mend {
    /// Options, or parts of their values, that the user's modules define.
    definitions: BTreeSet<Vec<String>>,
    /// Options that do not exist, with the names beside them that they get.
    renamed: BTreeMap<Vec<String>, String>,
    /// Definitions that get the value that was meant.
    replaced: BTreeMap<Vec<String>, Answer>,
    /// Definitions of which conditions, what is merged, and priorities get to be what they have to be.
    sound: BTreeSet<Vec<String>>,
    /// Modules, by their places.
    modules: BTreeSet<String>,
    /// Modules that are called with no more than they take.
    closed: BTreeSet<String>,
    /// What stands beside the `config` of a module.
    strays: BTreeSet<Vec<String>>,
    /// Options of the user's that go without a type.
    untyped: BTreeSet<Vec<String>>,
    /// Options of the user's that are declared in place of what stands there.
    declared: BTreeSet<Vec<String>>,
    /// Options that get their default.
    defaults: BTreeSet<Vec<String>>,
    /// What the user's modules ask for that are functions.
    pub(super) arguments: BTreeSet<String>,
    /// Whether what defines something and is no set is left out of modules.
    keeps_only_sets: bool,
    /// Whether nothing is asserted.
    pub(super) asserts_nothing: bool,
}

impl Mend {
    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
            && self.renamed.is_empty()
            && self.replaced.is_empty()
            && !self.keeps_only_sets
            && self.sound.is_empty()
            && self.modules.is_empty()
            && self.closed.is_empty()
            && self.strays.is_empty()
            && self.untyped.is_empty()
            && self.declared.is_empty()
            && self.defaults.is_empty()
            && !self.asserts_nothing
    }

    /// Leaves out what the user's modules define of this. Says whether that is new.
    pub(super) fn leave_out(&mut self, path: Vec<String>) -> bool {
        self.definitions.insert(path)
    }

    /// Leaves out a module.
    pub(super) fn leave_out_module(&mut self, place: &str) -> bool {
        self.modules.insert(place.to_owned())
    }

    /// Whether there are modules that are left out.
    pub(super) fn leaves_out_modules(&self) -> bool {
        !self.modules.is_empty()
    }

    /// Gives an option that does not exist the name beside it that was meant.
    pub(super) fn rename(&mut self, path: Vec<String>, new: String) {
        self.definitions.remove(&path);
        self.renamed.insert(path, new);
    }

    /// Gives what is no such value the one that was meant. Says whether that is new.
    pub(super) fn replace(&mut self, path: Vec<String>, meant: Answer) -> bool {
        self.replaced.insert(path, meant).is_none()
    }

    /// Leaves what is no set out of what modules define.
    pub(super) fn keep_only_sets(&mut self) -> bool {
        !std::mem::replace(&mut self.keeps_only_sets, true)
    }

    /// Makes of conditions and the like what they have to be.
    pub(super) fn make_sound(&mut self, path: Vec<String>) -> bool {
        self.sound.insert(path)
    }

    /// Calls a module with what it takes.
    pub(super) fn close(&mut self, place: &str) -> bool {
        self.closed.insert(place.to_owned())
    }

    /// Leaves out what stands beside `config`; what is nearly named like a part of a module counts as that part.
    pub(super) fn leave_out_stray(&mut self, attribute: &str) -> bool {
        self.strays.insert(vec![attribute.to_owned()])
    }

    /// Declares an option of the user's without a type.
    pub(super) fn untype(&mut self, path: Vec<String>) -> bool {
        self.untyped.insert(path)
    }

    /// Declares an option of the user's in place of what stands there.
    pub(super) fn declare(&mut self, path: Vec<String>) -> bool {
        self.declared.insert(path)
    }

    /// Gives an option its default.
    pub(super) fn set_default(&mut self, path: Vec<String>) -> bool {
        self.defaults.insert(path)
    }

    /// Leaves out what modules assert.
    pub(super) fn leave_out_assertions(&mut self) -> bool {
        !std::mem::replace(&mut self.asserts_nothing, true)
    }

    /// What was left out that lies in this, holds this, or lies beside this in the same set; or that lies beside what
    /// holds this, and is named like that or like this itself.
    ///
    /// What the user does define was not meant by another name.
    pub(super) fn is_near(&self, path: &[String], is_defined: &dyn Fn(&[String]) -> bool) -> bool {
        self.all().any(|known| {
            let common = known.iter().zip(path).take_while(|(one, other)| one == other).count();
            let shorter = known.len().min(path.len());
            let is_like = |one: Option<&String>, other: Option<&String>| {
                let (Some(one), Some(other)) = (one, other) else { return false };
                suggestion::closest(one, std::iter::once(other.clone())).is_some()
            };
            let is_beside = || {
                known.len() == path.len()
                    || is_like(known.get(common), path.get(common)) && !is_defined(&path[..=common])
                    || is_like(known.last(), path.last())
            };
            common > 0 && (common >= shorter || common + 1 == shorter && is_beside())
        })
    }

    /// All options of which something is left out.
    pub(super) fn all(&self) -> impl Iterator<Item = &Vec<String>> {
        self.definitions.iter().chain(&self.defaults).chain(&self.strays)
    }

    /// The path as it was before entries of lists were left out.
    pub(super) fn original(&self, path: &[String]) -> Vec<String> {
        let mut original: Vec<String> = Vec::with_capacity(path.len());
        for part in path {
            let Some(mut entry) = list_entry(part) else {
                original.push(part.clone());
                continue;
            };
            let is_in_list =
                |known: &&Vec<String>| known.len() == original.len() + 1 && known.starts_with(&original);
            let mut left_out: Vec<_> = self
                .definitions
                .iter()
                .filter(is_in_list)
                .filter_map(|known| list_entry(known.last()?))
                .collect();
            left_out.sort_unstable();
            for known in left_out {
                if known <= entry {
                    entry += 1;
                }
            }
            original.push(entry_name(entry));
        }
        original
    }

    /// The function that makes the user's modules those without what is left out.
    pub(super) fn function<'a>(&self, scene: &Scene<'_, 'a>) -> Result<Value<'a>> {
        let e = scene.evaluator;
        let directory = &scene.run.build.directory;
        let set = |names: &mut dyn Iterator<Item = &str>| {
            let names: Vec<_> = names.map(|name| (name, Value::bool(true))).collect();
            e.attrs(&names)
        };
        let known = ARGUMENTS.iter().copied().chain(self.arguments.iter().map(String::as_str));
        let formals: Vec<_> = known.collect::<BTreeSet<_>>().into_iter().collect();
        let wrap =
            format!("after: module: {{ {}, ... }}@arguments: after (module arguments)", formals.join(", "));
        let wrap = e.expression(wrap, "«module»", directory)?;
        let mend = e.expression(MEND, "«modules»", directory)?;
        e.call(
            mend,
            e.attrs(&[
                ("modules", set(&mut self.modules.iter().map(String::as_str))),
                ("closed", set(&mut self.closed.iter().map(String::as_str))),
                ("structure", set(&mut STRUCTURE.iter().copied())),
                ("definitions", self.tree().value(e)),
                ("types", self.types().value(e)),
                ("meant", self.meant(e)),
                ("wrap", wrap),
                ("nixpkgs", scene.nixpkgs),
            ]),
        )
    }

    /// The modules that set what gets another value.
    pub(super) fn extra<'a>(&self, scene: &Scene<'_, 'a>) -> Result<Vec<Value<'a>>> {
        let e = scene.evaluator;
        let mut extra = Vec::new();
        if self.asserts_nothing {
            let nothing = e.attrs(&[
                ("_type", e.string("override")),
                ("priority", Value::Int(1)),
                ("content", e.list(&[])),
            ]);
            extra.push(e.attrs(&[("assertions", nothing)]));
        }
        if !self.defaults.is_empty() {
            let function = e.expression(DEFAULT, "«default»", &scene.run.build.directory)?;
            for path in &self.defaults {
                let path: Vec<_> = path.iter().map(|name| e.string(name)).collect();
                extra.push(e.call(function, e.list(&path))?);
            }
        }
        Ok(extra)
    }
}

/// The name of an entry of a list, counted from zero.
pub(super) fn entry_name(entry: usize) -> String {
    format!("[entry {}]", entry + 1)
}

fn names(path: &[String]) -> impl Iterator<Item = &str> {
    path.iter().map(String::as_str)
}

/// What was meant by a value of another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Yes or no.
    Is(bool),
    /// The same, of a set that is to be switched on.
    Enable(bool),
}

impl Answer {
    fn value<'a>(self, e: &Evaluator<'a>) -> Value<'a> {
        match self {
            Self::Is(answer) => Value::bool(answer),
            Self::Enable(answer) => e.attrs(&[("enable", Value::bool(answer))]),
        }
    }
}

/// Names below names, with what becomes of what has the last one.
#[derive(Default)]
struct Branch<'m> {
    below: BTreeMap<&'m str, Branch<'m>>,
    end: Option<End<'m>>,
}

enum End<'m> {
    LeftOut,
    Declared,
    Renamed(&'m str),
    Replaced(Answer),
}

impl<'m> Branch<'m> {
    /// The branch that a path leads to, which is there from now on.
    fn at(&mut self, path: impl IntoIterator<Item = &'m str>) -> &mut Self {
        path.into_iter().fold(self, |branch, name| branch.below.entry(name).or_default())
    }

    /// Sets in sets, `null` where something is left out, `true` where something is declared, a string where that is a
    /// name, and a list of the value that something gets, and of what lies below it where it is a set already.
    fn value<'a>(&self, e: &Evaluator<'a>) -> Value<'a> {
        let below = || {
            let below: Vec<_> = self.below.iter().map(|(&name, branch)| (name, branch.value(e))).collect();
            e.attrs(&below)
        };
        match self.end {
            Some(End::LeftOut) => Value::Null,
            Some(End::Declared) => Value::bool(true),
            Some(End::Renamed(new)) => e.string(new),
            Some(End::Replaced(answer)) => e.list(&[answer.value(e), below()]),
            None => below(),
        }
    }
}

impl Mend {
    /// What becomes of definitions.
    fn tree(&self) -> Branch<'_> {
        let mut tree = Branch::default();
        for path in &self.sound {
            tree.at(names(path));
        }
        for (path, &answer) in &self.replaced {
            tree.at(names(path)).end = Some(End::Replaced(answer));
        }
        for (path, new) in &self.renamed {
            tree.at(names(path)).end = Some(End::Renamed(new));
        }
        for path in self.definitions.iter().filter(|path| !path.is_empty()) {
            tree.at(names(path)).end = Some(End::LeftOut);
        }
        tree
    }

    /// Which parts of modules are meant by attributes of other names.
    fn meant<'a>(&self, e: &Evaluator<'a>) -> Value<'a> {
        let names = self.strays.iter().filter_map(|path| path.first());
        let meant: Vec<_> =
            names.filter_map(|name| Some((name.as_str(), e.string(part_meant(name)?)))).collect();
        e.attrs(&meant)
    }

    /// What becomes of declarations: types of options are left out, and what is no declaration is made one.
    fn types(&self) -> Branch<'_> {
        let mut tree = Branch::default();
        for path in &self.untyped {
            tree.at(names(path)).at(["type"]).end = Some(End::LeftOut);
        }
        for path in &self.declared {
            tree.at(names(path)).end = Some(End::Declared);
        }
        tree
    }
}

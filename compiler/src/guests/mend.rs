//! What is left out of a guest's modules so that more of it can be evaluated: one mistake must not hide another.

use std::collections::{BTreeMap, BTreeSet};

use launchnix_evaluator::{Evaluator, Result, Value};

use super::evaluation::Scene;
use super::message::list_entry;

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

/// What is left out of a guest.
#[derive(Clone, Debug, Default)]
pub(super) struct Mend {
    /// Options, or parts of their values, that the user's modules define.
    definitions: BTreeSet<Vec<String>>,
    /// Modules, by their places.
    modules: BTreeSet<String>,
    /// Options that get their default.
    defaults: BTreeSet<Vec<String>>,
    /// What the user's modules ask for that are functions.
    pub(super) arguments: BTreeSet<String>,
    /// Whether nothing is asserted.
    pub(super) asserts_nothing: bool,
}

impl Mend {
    pub(super) fn is_empty(&self) -> bool {
        self.definitions.is_empty()
            && self.modules.is_empty()
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

    /// Gives an option its default.
    pub(super) fn set_default(&mut self, path: Vec<String>) -> bool {
        self.defaults.insert(path)
    }

    /// Leaves out what modules assert.
    pub(super) fn leave_out_assertions(&mut self) -> bool {
        !std::mem::replace(&mut self.asserts_nothing, true)
    }

    /// What was left out that lies in this, holds this, or lies beside this in the same set.
    pub(super) fn is_near(&self, path: &[String]) -> bool {
        self.all().any(|known| {
            let common = known.iter().zip(path).take_while(|(one, other)| one == other).count();
            common > 0 && common + 1 >= known.len().min(path.len())
        })
    }

    /// All options of which something is left out.
    pub(super) fn all(&self) -> impl Iterator<Item = &Vec<String>> {
        self.definitions.iter().chain(&self.defaults)
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
        let modules: Vec<_> = self.modules.iter().map(|place| (place.as_str(), Value::bool(true))).collect();
        let known = ARGUMENTS.iter().copied().chain(self.arguments.iter().map(String::as_str));
        let formals: Vec<_> = known.collect::<BTreeSet<_>>().into_iter().collect();
        let wrap =
            format!("after: module: {{ {}, ... }}@arguments: after (module arguments)", formals.join(", "));
        let wrap = e.expression(wrap, "«module»", directory)?;
        let mend = e.expression(MEND, "«modules»", directory)?;
        e.call(
            mend,
            e.attrs(&[
                ("modules", e.attrs(&modules)),
                ("definitions", tree(e, &self.definitions)),
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

/// Sets in sets, `null` where a path ends.
fn tree<'a>(e: &Evaluator<'a>, paths: &BTreeSet<Vec<String>>) -> Value<'a> {
    let mut below: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    for path in paths {
        if let Some((first, rest)) = path.split_first() {
            below.entry(first).or_default().insert(rest.to_vec());
        }
    }
    let branches: Vec<_> = below
        .into_iter()
        .map(|(name, rest)| {
            let is_end = rest.iter().any(Vec::is_empty);
            (name, if is_end { Value::Null } else { tree(e, &rest) })
        })
        .collect();
    e.attrs(&branches)
}

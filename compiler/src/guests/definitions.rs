//! What the user's own modules define, with the places where it was written.
//!
//! Modules are read as the module system reads them: files are imported, functions called with the guest's own
//! `config` and `pkgs` (lazily: names of options seldom need them), `mkIf`, `mkMerge` and their like looked through.
//! What cannot be evaluated is passed over; the evaluation of the guest has failed for it already.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::Span;
use launchnix_evaluator::{Attrs, Evaluator, Value};

use super::message::list_entry;

/// How deep modules import modules, and options hold options.
const MAX_DEPTH: usize = 40;

/// Attributes of a module that define nothing.
const STRUCTURE: &[&str] = &[
    "_file",
    "_class",
    "key",
    "imports",
    "require",
    "disabledModules",
    "options",
    "config",
    "freeformType",
    "meta",
];

/// A definition of an option, or of a part of one.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    /// Its name; none for an element of a list.
    pub(super) key: Option<Span>,
    pub(super) value: Value<'a>,
}

/// The user's modules of one guest.
pub(super) struct Modules<'e, 'a> {
    pub(super) evaluator: &'e Evaluator<'a>,
    /// Calls a module or submodule that is a function.
    call: Value<'a>,
    nixpkgs: PathBuf,
    /// Each module as a set.
    pub(super) sets: Vec<&'a Attrs<'a>>,
    /// Each module that is a function.
    pub(super) functions: Vec<Value<'a>>,
}

impl<'e, 'a> Modules<'e, 'a> {
    /// Reads modules and what they import, apart from what is nixpkgs' own.
    pub(super) fn read(
        evaluator: &'e Evaluator<'a>,
        roots: &[Value<'a>],
        call: Value<'a>,
        nixpkgs: &Path,
    ) -> Self {
        let mut modules =
            Self { evaluator, call, nixpkgs: nixpkgs.to_owned(), sets: Vec::new(), functions: Vec::new() };
        for &root in roots {
            modules.load(root, 0);
        }
        modules
    }

    fn load(&mut self, module: Value<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let Ok(value) = self.evaluator.force(module) else { return };
        match value {
            Value::Path(path) => self.load_file(path.text, depth),
            Value::String(string) if string.text.starts_with(b"/") => self.load_file(string.text, depth),
            Value::Attrs(attrs) => {
                self.sets.push(attrs);
                for name in ["imports", "require"] {
                    let Some(imports) = self.get(attrs, name) else { continue };
                    let Ok(items) = self.evaluator.expect_list(imports) else { continue };
                    for &item in items {
                        self.load(item, depth + 1);
                    }
                }
            }
            function if function.is_function() => {
                self.functions.push(module);
                if let Ok(result) = self.evaluator.call(self.call, function) {
                    self.load(result, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn load_file(&mut self, path: &[u8], depth: usize) {
        let path = Path::new(OsStr::from_bytes(path));
        if path.starts_with(&self.nixpkgs) {
            return;
        }
        if let Ok(value) = self.evaluator.file(path) {
            self.load(value, depth + 1);
        }
    }

    fn get(&self, attrs: &'a Attrs<'a>, name: &str) -> Option<Value<'a>> {
        attrs.get(self.evaluator.intern(name)).map(|attr| attr.value)
    }

    /// What each module defines, as one set of definitions each.
    fn roots(&self) -> Vec<Definition<'a>> {
        self.sets
            .iter()
            .map(|attrs| {
                let explicit = self.get(attrs, "config");
                let value = explicit.unwrap_or(Value::Attrs(attrs));
                Definition { key: None, value }
            })
            .collect()
    }

    /// A value without the conditions and priorities around it: as many as were merged.
    pub(super) fn parts(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, &mut parts);
        parts
    }

    fn part(&self, value: Value<'a>, depth: usize, parts: &mut Vec<Value<'a>>) {
        if depth > MAX_DEPTH {
            return;
        }
        let Ok(forced) = self.evaluator.force(value) else { return };
        if forced.is_function() {
            // A submodule.
            if let Ok(result) = self.evaluator.call(self.call, forced)
                && let Ok(Value::Attrs(attrs)) = self.evaluator.force(result)
            {
                parts.push(self.get(attrs, "config").unwrap_or(Value::Attrs(attrs)));
            }
            return;
        }
        let Value::Attrs(attrs) = forced else {
            parts.push(value);
            return;
        };
        match (self.tag(attrs).as_deref(), self.get(attrs, "content"), self.get(attrs, "contents")) {
            (Some("if" | "override" | "order"), Some(content), _) => self.part(content, depth + 1, parts),
            (Some("merge"), _, Some(contents)) => {
                for &content in self.evaluator.expect_list(contents).unwrap_or(&[]) {
                    self.part(content, depth + 1, parts);
                }
            }
            _ => parts.push(value),
        }
    }

    /// What a set says that it is: `_type`.
    pub(super) fn tag(&self, attrs: &'a Attrs<'a>) -> Option<String> {
        let tag = self.evaluator.expect_string(self.get(attrs, "_type")?).ok()?;
        Some(tag.lossy().into_owned())
    }

    /// The definitions of an option or of a part of one, and how many parts of its name lead there: fewer than all
    /// where the rest was not written as such.
    pub(super) fn at(&self, path: &[String]) -> (Vec<Definition<'a>>, usize) {
        let (mut found, mut done) = (self.roots(), 0);
        while done < path.len() {
            let Some((next, taken)) = self.step(&found, &path[done..], done == 0) else { break };
            found = next;
            done += taken;
        }
        if done == 0 { (Vec::new(), 0) } else { (found, done) }
    }

    fn step(
        &self,
        from: &[Definition<'a>],
        path: &[String],
        is_root: bool,
    ) -> Option<(Vec<Definition<'a>>, usize)> {
        if let Some(entry) = list_entry(&path[0]) {
            let items: Vec<_> = from
                .iter()
                .flat_map(|definition| self.parts(definition.value))
                .filter_map(|part| self.evaluator.expect_list(part).ok()?.get(entry).copied())
                .map(|value| Definition { key: None, value })
                .collect();
            return (!items.is_empty()).then_some((items, 1));
        }
        // A name with a dot in it stands unquoted in older messages.
        (1..=path.len()).find_map(|taken| {
            let name = path[..taken].join(".");
            if is_root && STRUCTURE.contains(&name.as_str()) {
                return None;
            }
            let symbol = self.evaluator.intern(&name);
            let found: Vec<_> = from
                .iter()
                .flat_map(|definition| self.parts(definition.value))
                .filter_map(|part| self.attrs(part)?.get(symbol))
                .map(|attr| Definition { key: self.evaluator.key_span(attr.position), value: attr.value })
                .collect();
            (!found.is_empty()).then_some((found, taken))
        })
    }

    fn attrs(&self, value: Value<'a>) -> Option<&'a Attrs<'a>> {
        match self.evaluator.force(value) {
            Ok(Value::Attrs(attrs)) => Some(attrs),
            _ => None,
        }
    }

    /// Compares what is defined with the options that there are.
    pub(super) fn compare(&self, options: Value<'a>) -> Comparison<'a> {
        let mut comparison = Comparison { unknown: Vec::new(), defined: Vec::new() };
        if let Some(options) = self.attrs(options) {
            for root in self.roots() {
                self.compare_inside(root.value, options, &mut Vec::new(), &mut comparison);
            }
        }
        comparison
    }

    fn compare_inside(
        &self,
        value: Value<'a>,
        options: &'a Attrs<'a>,
        path: &mut Vec<String>,
        comparison: &mut Comparison<'a>,
    ) {
        if path.len() > MAX_DEPTH {
            return;
        }
        for part in self.parts(value) {
            let Some(attrs) = self.attrs(part) else { continue };
            for (name, attr) in self.evaluator.sorted(attrs) {
                let name = String::from_utf8_lossy(name).into_owned();
                if path.is_empty() && (STRUCTURE.contains(&name.as_str()) || name == "_module") {
                    continue;
                }
                path.push(name);
                match options.get(attr.name) {
                    None => comparison.unknown.push(path.clone()),
                    Some(option) => {
                        if let Some(inner) = self.attrs(option.value) {
                            if self.tag(inner).as_deref() == Some("option") {
                                comparison.defined.push((path.clone(), attr.value));
                            } else {
                                self.compare_inside(attr.value, inner, path, comparison);
                            }
                        }
                    }
                }
                path.pop();
            }
        }
    }
}

/// What is defined, beside the options that there are.
pub(super) struct Comparison<'a> {
    /// Names that no option has, each as short as it is unknown.
    pub(super) unknown: Vec<Vec<String>>,
    /// Options that are defined.
    pub(super) defined: Vec<(Vec<String>, Value<'a>)>,
}

//! What the user's own modules define, with the places where it was written.
//!
//! Modules are read as the module system reads them: files are imported, functions called with the guest's own
//! `config` and `pkgs` (lazily: names of options seldom need them), `mkIf`, `mkMerge` and their like looked through.
//! What cannot be evaluated is passed over; the evaluation of the guest has failed for it already.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::Span;
use launchnix_evaluator::{Attrs, ErrorKind, Evaluator, Value};

use super::message::list_entry;

/// How deep modules import modules, and options hold options.
const MAX_DEPTH: usize = 40;

/// How many values are looked at, and how deep, where something is looked for among all that the user wrote.
const MAX_WALK: usize = 20_000;
const MAX_WALK_DEPTH: usize = 12;
const MAX_ATTRIBUTES: usize = 2_000;

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

/// Something about how modules are built that keeps them from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// A file that is not there.
    MissingFile(String),
    /// `imports` is something else than a list, or this is what a module is said to be.
    ImportsNoList(String),
    /// Something else than a module: what it is.
    OtherValue(String),
    /// A path is wanted, and a string names a file.
    StringForPath(String),
}

/// Such a problem, and the definition that has it.
pub(super) struct Problem<'a> {
    pub(super) kind: ProblemKind,
    pub(super) at: Definition<'a>,
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
    /// What keeps others from being read, in the order in which it is found.
    pub(super) problems: Vec<Problem<'a>>,
}

impl<'e, 'a> Modules<'e, 'a> {
    /// Reads modules and what they import, apart from what is nixpkgs' own.
    pub(super) fn read(
        evaluator: &'e Evaluator<'a>,
        roots: &[Value<'a>],
        call: Value<'a>,
        nixpkgs: &Path,
    ) -> Self {
        let mut modules = Self {
            evaluator,
            call,
            nixpkgs: nixpkgs.to_owned(),
            sets: Vec::new(),
            functions: Vec::new(),
            problems: Vec::new(),
        };
        for &root in roots {
            modules.load(Definition { key: None, value: root }, 0);
        }
        modules
    }

    fn load(&mut self, module: Definition<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let Ok(value) = self.evaluator.force(module.value) else { return };
        match value {
            Value::Path(path) => self.load_file(path.text, module, depth),
            Value::String(string) if string.text.starts_with(b"/") => {
                self.load_file(string.text, module, depth);
            }
            Value::String(string) => {
                self.problem(ProblemKind::StringForPath(string.lossy().into_owned()), module);
            }
            Value::Attrs(attrs) if attrs.get(self.evaluator.intern("outPath")).is_some() => {
                // A tree that was fetched, or a package.
                if self.get(attrs, "type").is_some() {
                    self.problem(ProblemKind::OtherValue("a package".to_owned()), module);
                }
            }
            Value::Attrs(attrs) => {
                if let Some(tag) = self.tag(attrs)
                    && !["module", "if", "override", "merge"].contains(&tag.as_str())
                {
                    self.problem(ProblemKind::OtherValue(format!("a set of the kind `{tag}`")), module);
                    return;
                }
                self.sets.push(attrs);
                self.load_imports(attrs, depth);
            }
            function if function.is_function() => {
                self.functions.push(module.value);
                if let Ok(result) = self.evaluator.call(self.call, function) {
                    self.load(Definition { key: module.key, value: result }, depth + 1);
                }
            }
            other => self.problem(ProblemKind::OtherValue(other.describe().to_string()), module),
        }
    }

    fn load_imports(&mut self, attrs: &'a Attrs<'a>, depth: usize) {
        for name in ["imports", "require"] {
            let Some(attr) = attrs.get(self.evaluator.intern(name)) else { continue };
            let imports = Definition { key: self.evaluator.key_span(attr.position), value: attr.value };
            match self.evaluator.force(attr.value) {
                Ok(Value::List(list)) => {
                    for &item in list.items {
                        self.load(Definition { key: None, value: item }, depth + 1);
                    }
                }
                Ok(other) => self.problem(ProblemKind::ImportsNoList(other.describe().to_string()), imports),
                Err(_) => {}
            }
        }
    }

    fn load_file(&mut self, path: &[u8], module: Definition<'a>, depth: usize) {
        let path = Path::new(OsStr::from_bytes(path));
        match self.evaluator.file(path) {
            Ok(value) if !path.starts_with(&self.nixpkgs) => {
                self.load(Definition { key: module.key, value }, depth + 1);
            }
            Err(error) if error.kind == ErrorKind::File => {
                self.problem(ProblemKind::MissingFile(path.display().to_string()), module);
            }
            _ => {}
        }
    }

    fn problem(&mut self, kind: ProblemKind, at: Definition<'a>) {
        self.problems.push(Problem { kind, at });
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

    /// Where a module sets something that has no effect in a condition or in `config`: `imports`.
    pub(super) fn misplaced(&self, name: &str) -> Option<Span> {
        let symbol = self.evaluator.intern(name);
        self.roots().into_iter().flat_map(|root| self.parts(root.value)).find_map(|part| {
            let attrs = self.attrs(part)?;
            if self.sets.iter().any(|&set| std::ptr::eq(set, attrs)) {
                return None;
            }
            self.evaluator.key_span(attrs.get(symbol)?.position)
        })
    }

    /// The key of an option that the user's modules declare.
    pub(super) fn declared(&self, path: &[String]) -> Option<Span> {
        self.sets.iter().find_map(|attrs| {
            let mut value = self.get(attrs, "options")?;
            let mut key = None;
            for name in path {
                let attr = self.attrs(value)?.get(self.evaluator.intern(name))?;
                key = self.evaluator.key_span(attr.position);
                value = attr.value;
            }
            key
        })
    }

    /// The condition that is neither true nor false, where there is one.
    pub(super) fn strange_condition(&self) -> Option<Value<'a>> {
        let mut budget = MAX_WALK;
        self.roots().into_iter().find_map(|root| self.condition_in(root.value, 0, &mut budget))
    }

    fn condition_in(&self, value: Value<'a>, depth: usize, budget: &mut usize) -> Option<Value<'a>> {
        *budget = budget.checked_sub(1)?;
        if depth > MAX_WALK_DEPTH {
            return None;
        }
        let attrs = self.attrs(value)?;
        if attrs.get(self.evaluator.intern("drvPath")).is_some() {
            return None;
        }
        match (self.tag(attrs).as_deref(), self.get(attrs, "condition"), self.get(attrs, "content")) {
            (Some("if"), Some(condition), Some(content)) => {
                match self.evaluator.force(condition) {
                    Ok(Value::Bool(_)) | Err(_) => {}
                    Ok(_) => return Some(condition),
                }
                self.condition_in(content, depth + 1, budget)
            }
            (Some("merge"), _, _) => {
                let contents = self.evaluator.expect_list(self.get(attrs, "contents")?).ok()?;
                contents.iter().find_map(|&content| self.condition_in(content, depth + 1, budget))
            }
            (Some(_), _, Some(content)) => self.condition_in(content, depth + 1, budget),
            _ => {
                let attributes = self.evaluator.sorted(attrs);
                if attributes.len() > MAX_ATTRIBUTES {
                    return None;
                }
                attributes.into_iter().find_map(|(_, attr)| self.condition_in(attr.value, depth + 1, budget))
            }
        }
    }

    /// The part of the user's definitions for which `is_meant` holds, by its name.
    pub(super) fn find(&self, is_meant: &dyn Fn(Value<'a>) -> bool) -> Option<Vec<String>> {
        let mut found = None;
        self.walk(&mut |path, value| {
            if is_meant(value) {
                found = Some(path.to_vec());
            }
            found.is_none()
        });
        found
    }

    /// Shows all that the user defines, part by part, inner ones first, until it is told to stop: in sets and lists that
    /// were written there, and what cannot be evaluated. What stands under a condition that does not hold is left out.
    pub(super) fn walk(&self, see: &mut dyn FnMut(&[String], Value<'a>) -> bool) {
        let mut budget = MAX_WALK;
        for root in self.roots() {
            if !self.walk_in(root.value, see, &mut Vec::new(), &mut budget) {
                return;
            }
        }
    }

    fn walk_in(
        &self,
        value: Value<'a>,
        see: &mut dyn FnMut(&[String], Value<'a>) -> bool,
        path: &mut Vec<String>,
        budget: &mut usize,
    ) -> bool {
        if *budget == 0 || path.len() > MAX_WALK_DEPTH {
            return true;
        }
        *budget -= 1;
        if self.evaluator.force(value).is_err() {
            return path.is_empty() || see(path, value);
        }
        for part in self.parts_in_force(value) {
            let inner = match self.evaluator.force(part) {
                Ok(Value::Attrs(attrs)) if attrs.get(self.evaluator.intern("drvPath")).is_none() => {
                    let attributes = self.evaluator.sorted(attrs);
                    // A whole package set is nothing that somebody wrote there.
                    let few = if attributes.len() > MAX_ATTRIBUTES { Vec::new() } else { attributes };
                    let named = few
                        .into_iter()
                        .map(|(name, attr)| (String::from_utf8_lossy(name).into_owned(), attr.value));
                    let is_module = path.is_empty();
                    let is_structure =
                        |name: &str| is_module && (STRUCTURE.contains(&name) || name == "_module");
                    named.filter(|(name, _)| !is_structure(name)).collect()
                }
                Ok(Value::List(list)) => {
                    (1..).zip(list.items).map(|(number, &item)| (format!("[entry {number}]"), item)).collect()
                }
                _ => Vec::new(),
            };
            for (name, value) in inner {
                path.push(name);
                let goes_on = self.walk_in(value, see, path, budget);
                path.pop();
                if !goes_on {
                    return false;
                }
            }
            if !path.is_empty() && !see(path, part) {
                return false;
            }
        }
        true
    }

    /// The definitions of what is named from somewhere inside of the options: `ipv4.addresses` for
    /// `networking.interfaces.eth0.ipv4.addresses`.
    pub(super) fn inside(&self, path: &[String]) -> Option<Vec<String>> {
        let first = path.first()?;
        let symbol = self.evaluator.intern(first);
        let mut start =
            self.find(&|value| self.attrs(value).is_some_and(|attrs| attrs.get(symbol).is_some()))?;
        start.extend(path.iter().cloned());
        let (_, done) = self.at(&start);
        (done == start.len()).then_some(start)
    }

    /// A value without the conditions and priorities around it: as many as were merged.
    pub(super) fn parts(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, false, &mut parts);
        parts
    }

    /// The same, without those whose condition does not hold.
    fn parts_in_force(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, true, &mut parts);
        parts
    }

    fn part(&self, value: Value<'a>, depth: usize, in_force: bool, parts: &mut Vec<Value<'a>>) {
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
        let tag = self.tag(attrs);
        if in_force && tag.as_deref() == Some("if") {
            let holds = self.get(attrs, "condition").map(|condition| self.evaluator.expect_bool(condition));
            if !matches!(holds, Some(Ok(true))) {
                return;
            }
        }
        match (tag.as_deref(), self.get(attrs, "content"), self.get(attrs, "contents")) {
            (Some("if" | "override" | "order"), Some(content), _) => {
                self.part(content, depth + 1, in_force, parts);
            }
            (Some("merge"), _, Some(contents)) => {
                for &content in self.evaluator.expect_list(contents).unwrap_or(&[]) {
                    self.part(content, depth + 1, in_force, parts);
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
        // `<name>` stands for any.
        if path[0] == "*" || path[0].starts_with('<') && path[0].ends_with('>') {
            let found: Vec<_> = from
                .iter()
                .flat_map(|definition| self.parts(definition.value))
                .filter_map(|part| self.attrs(part))
                .flat_map(|attrs| self.evaluator.sorted(attrs))
                .map(|(_, attr)| Definition {
                    key: self.evaluator.key_span(attr.position),
                    value: attr.value,
                })
                .collect();
            return (!found.is_empty()).then_some((found, 1));
        }
        // A name with a dot in it stands unquoted in older messages.
        (1..=path.len())
            .find_map(|taken| {
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
            .or_else(|| Some((self.named_entries(from, &path[0])?, 1)))
    }

    /// The entries of lists that have this `name`: where a set was wanted, 2017's modules took such a list as well.
    fn named_entries(&self, from: &[Definition<'a>], name: &str) -> Option<Vec<Definition<'a>>> {
        let symbol = self.evaluator.intern("name");
        let is_named = |value: &Value<'a>| {
            let attr = self.attrs(*value).and_then(|attrs| attrs.get(symbol));
            let text = attr.and_then(|attr| self.evaluator.expect_string(attr.value).ok());
            text.is_some_and(|text| text.text == name.as_bytes())
        };
        let found: Vec<_> = from
            .iter()
            .flat_map(|definition| self.parts(definition.value))
            .filter_map(|part| self.evaluator.expect_list(part).ok())
            .flatten()
            .copied()
            .filter(is_named)
            .map(|value| Definition { key: None, value })
            .collect();
        (!found.is_empty()).then_some(found)
    }

    fn attrs(&self, value: Value<'a>) -> Option<&'a Attrs<'a>> {
        match self.evaluator.force(value) {
            Ok(Value::Attrs(attrs)) => Some(attrs),
            _ => None,
        }
    }

    /// Compares what is defined with the options that there are.
    pub(super) fn compare(&self, options: Value<'a>) -> Comparison<'a> {
        let mut comparison = Comparison { unknown: Vec::new(), no_set: Vec::new(), defined: Vec::new() };
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
            let attrs = match self.evaluator.force(part) {
                Ok(Value::Attrs(attrs)) => attrs,
                Ok(_) if !path.is_empty() => {
                    comparison.no_set.push(path.clone());
                    continue;
                }
                _ => continue,
            };
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
    /// Names of sets of options that something else is given to.
    pub(super) no_set: Vec<Vec<String>>,
    /// Options that are defined.
    pub(super) defined: Vec<(Vec<String>, Value<'a>)>,
}

//! What the user's own modules define, with the places where it was written.
//!
//! `mkIf`, `mkMerge` and their like are looked through. What cannot be evaluated is passed over; the evaluation of the
//! guest has failed for it already.

use launchnix_diagnostics::Span;
use launchnix_evaluator::{Attr, Attrs, Value};

use super::mend::entry_name;
use super::message::list_entry;
use super::modules::Modules;
use super::suggestion;

/// How deep options hold options.
pub(super) const MAX_DEPTH: usize = 40;

/// How many values are looked at, and how deep, where something is looked for among all that the user wrote.
pub(super) const MAX_WALK: usize = 20_000;
pub(super) const MAX_WALK_DEPTH: usize = 12;
pub(super) const MAX_ATTRIBUTES: usize = 2_000;

/// Attributes of a module that define nothing.
pub(super) const STRUCTURE: &[&str] = &[
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

/// What was meant by an attribute of a module that is nearly named like a part of one.
pub(super) fn part_meant(attribute: &str) -> Option<&'static str> {
    let parts = ["config", "imports", "options"];
    let nearest = suggestion::closest(attribute, parts.iter().map(|&part| part.to_owned()))?;
    parts.into_iter().find(|&part| part == nearest && part != attribute)
}

/// A definition of an option, or of a part of one.
#[derive(Clone, Copy)]
pub(super) struct Definition<'a> {
    /// Its name; none for an element of a list.
    pub(super) key: Option<Span>,
    pub(super) value: Value<'a>,
}

/// What of a value is taken apart.
#[derive(Clone, Copy, Default)]
struct Taken {
    /// Only that whose condition holds.
    in_force: bool,
    /// Functions as they are.
    functions: bool,
}

impl<'a> Modules<'_, 'a> {
    pub(super) fn get(&self, attrs: &'a Attrs<'a>, name: &str) -> Option<Value<'a>> {
        attrs.get(self.evaluator.intern(name)).map(|attr| attr.value)
    }

    /// What each module defines, as one set of definitions each.
    pub(super) fn roots(&self) -> Vec<Definition<'a>> {
        let explicit = |attrs: &'a Attrs<'a>| match self.get(attrs, "config") {
            None if self.get(attrs, "options").is_some() => None,
            None => Some(Value::Attrs(attrs)),
            config => config,
        };
        let meant = |attrs: &'a Attrs<'a>| {
            let misnamed = self.misnamed(attrs).into_iter();
            misnamed.filter(|(_, meant, _)| *meant == "config").map(|(.., attr)| attr.value)
        };
        let all = self.sets.iter().flat_map(|&attrs| explicit(attrs).into_iter().chain(meant(attrs)));
        all.map(|value| Definition { key: None, value }).collect()
    }

    /// The attributes of a module that are nearly named like a part of one: their names, what was meant, and themselves.
    pub(super) fn misnamed(&self, attrs: &'a Attrs<'a>) -> Vec<(String, &'static str, Attr<'a>)> {
        let is_part = |meant: &str, attr: &Attr<'a>| {
            let value = self.evaluator.force(attr.value);
            value.is_ok_and(|value| matches!(value, Value::List(_)) == (meant == "imports"))
        };
        let attributes = self.evaluator.sorted(attrs).into_iter();
        let misnamed = attributes.filter_map(|(name, attr)| {
            let name = String::from_utf8_lossy(name).into_owned();
            let meant = part_meant(&name)?;
            let is_option = self.options.is_some_and(|options| options.get(attr.name).is_some());
            (!is_option && is_part(meant, &attr)).then_some((name, meant, attr))
        });
        misnamed.collect()
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

    /// The option, or the set of such, that the user's modules declare by this last name; none if there are several.
    pub(super) fn declared_as(&self, name: &str) -> Option<Vec<String>> {
        let mut found = Vec::new();
        for options in self.sets.iter().filter_map(|attrs| self.get(attrs, "options")) {
            self.declared_in_set(options, name, &mut Vec::new(), &mut found);
        }
        found.dedup();
        let [one] = found.as_slice() else { return None };
        Some(one.clone())
    }

    fn declared_in_set(
        &self,
        options: Value<'a>,
        name: &str,
        path: &mut Vec<String>,
        found: &mut Vec<Vec<String>>,
    ) {
        let set = self.attrs(options).filter(|set| path.len() < MAX_DEPTH && self.tag(set).is_none());
        for (key, attr) in set.map(|set| self.evaluator.sorted(set)).unwrap_or_default() {
            path.push(String::from_utf8_lossy(key).into_owned());
            if key == name.as_bytes() {
                found.push(path.clone());
            }
            self.declared_in_set(attr.value, name, path, found);
            path.pop();
        }
    }

    /// The default of an option that the user's modules declare.
    pub(super) fn declared_default(&self, path: &[String]) -> Option<Value<'a>> {
        self.sets.iter().find_map(|attrs| {
            let options = self.get(attrs, "options")?;
            let option = path.iter().try_fold(options, |level, name| self.get(self.attrs(level)?, name))?;
            self.get(self.attrs(option)?, "default")
        })
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
        match self.evaluator.force(value) {
            Err(_) => return path.is_empty() || see(path, value),
            // What takes no arguments by name is no submodule that somebody wrote.
            Ok(function) if function.is_function() && self.formals(function).is_empty() => {
                return path.is_empty() || see(path, value);
            }
            Ok(_) => {}
        }
        for part in self.parts_in_force(value) {
            let inner = match self.evaluator.force(part) {
                Ok(Value::Attrs(attrs)) if !self.is_of_packages(attrs) => {
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
        let mut start = self.find(&|value| match self.attrs(value) {
            Some(attrs) => attrs.get(symbol).is_some(),
            None => self.named_entries(&[Definition { key: None, value }], first).is_some(),
        })?;
        start.extend(path.iter().cloned());
        let (_, done) = self.at(&start);
        (done == start.len()).then_some(start)
    }

    /// A value without the conditions and priorities around it: as many as were merged.
    pub(super) fn parts(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, Taken::default(), &mut parts);
        parts
    }

    /// The same, with functions as they are: only a submodule is called.
    pub(super) fn uncalled_parts(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, Taken { functions: true, ..Taken::default() }, &mut parts);
        parts
    }

    /// The same, without those whose condition does not hold.
    fn parts_in_force(&self, value: Value<'a>) -> Vec<Value<'a>> {
        let mut parts = Vec::new();
        self.part(value, 0, Taken { in_force: true, ..Taken::default() }, &mut parts);
        parts
    }

    fn part(&self, value: Value<'a>, depth: usize, taken: Taken, parts: &mut Vec<Value<'a>>) {
        if depth > MAX_DEPTH {
            return;
        }
        let Ok(forced) = self.evaluator.force(value) else { return };
        if forced.is_function() && taken.functions {
            parts.push(value);
            return;
        }
        if forced.is_function() {
            // A submodule.
            if let Some(Value::Attrs(attrs)) = self.submodule(forced) {
                parts.push(self.get(attrs, "config").unwrap_or(Value::Attrs(attrs)));
            }
            return;
        }
        let Value::Attrs(attrs) = forced else {
            parts.push(value);
            return;
        };
        let tag = self.tag(attrs);
        if taken.in_force && tag.as_deref() == Some("if") {
            let holds = self.get(attrs, "condition").map(|condition| self.evaluator.expect_bool(condition));
            if !matches!(holds, Some(Ok(true))) {
                return;
            }
        }
        match (tag.as_deref(), self.get(attrs, "content"), self.get(attrs, "contents")) {
            (Some("if" | "override" | "order"), Some(content), _) => {
                self.part(content, depth + 1, taken, parts);
            }
            (Some("merge"), _, Some(contents)) => {
                for content in self.merged(contents) {
                    self.part(content, depth + 1, taken, parts);
                }
            }
            _ => parts.push(value),
        }
    }

    /// What `mkMerge` is given: a list, or one definition where the brackets were forgotten.
    pub(super) fn merged(&self, contents: Value<'a>) -> Vec<Value<'a>> {
        self.evaluator.expect_list(contents).map_or_else(|_| vec![contents], <[_]>::to_vec)
    }

    /// Whether a set is a package or holds packages: nothing that somebody wrote as the value of an option, and its parts
    /// are costly to look at.
    pub(super) fn is_of_packages(&self, attrs: &'a Attrs<'a>) -> bool {
        let marks = ["drvPath", "callPackage", "recurseForDerivations", "__unfix__", "overrideScope"];
        marks.iter().any(|mark| attrs.get(self.evaluator.intern(mark)).is_some())
            || self.tag(attrs).as_deref() == Some("pkgs")
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

    /// The attributes and entries that an option or a part of one is defined by, as they were written: a name with a dot
    /// in it is one of them, and the option may be set by another name.
    pub(super) fn resolved(&self, path: &[String]) -> Option<Vec<String>> {
        let (known, done) = self.resolved_start(path);
        if done == path.len() {
            return Some(known);
        }
        let ends = (1..path.len().saturating_sub(1)).map(|start| &path[start..]);
        ends.filter(|end| list_entry(&end[0]).is_none()).find_map(|end| self.inside(end))
    }

    /// The same of the definition that comes nearest: one below at least two of its names.
    pub(super) fn nearest(&self, path: &[String]) -> Option<Vec<String>> {
        let (known, done) = self.resolved_start(path);
        (done >= path.len().min(2)).then_some(known)
    }

    fn resolved_start(&self, path: &[String]) -> (Vec<String>, usize) {
        let (mut from, mut known, mut done) = (self.roots(), Vec::new(), 0);
        while done < path.len() {
            let Some((next, taken)) = self.step(&from, &path[done..], done == 0) else { break };
            let entry = list_entry(&path[done]).map(entry_name);
            known.push(entry.unwrap_or_else(|| path[done..done + taken].join(".")));
            from = next;
            done += taken;
        }
        (known, done)
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

    pub(super) fn attrs(&self, value: Value<'a>) -> Option<&'a Attrs<'a>> {
        match self.evaluator.force(value) {
            Ok(Value::Attrs(attrs)) => Some(attrs),
            _ => None,
        }
    }
}

//! `mkIf`, `mkMerge` and `mkOverride` that are given something else than they take.
//!
//! None of them looks at what it is given: the evaluation fails far from it, and only for the first.

use launchnix_evaluator::{Attrs, Value};

use super::definitions::{MAX_ATTRIBUTES, MAX_WALK, MAX_WALK_DEPTH, STRUCTURE};
use super::mend::entry_name;
use super::modules::Modules;

/// What is not as it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    /// The condition of `mkIf` is true or false.
    Condition,
    /// What `mkMerge` takes is a list.
    Contents,
    /// The priority of `mkOverride` is an integer.
    Priority,
}

/// A property that is none.
pub(super) struct Strange<'a> {
    /// The option, or the part of one, that is defined with it.
    pub(super) path: Vec<String>,
    pub(super) property: Property,
    /// What stands there.
    pub(super) value: Value<'a>,
    /// The definition with the property.
    pub(super) whole: Value<'a>,
}

impl Property {
    /// The property of what has this `_type`, and the attribute that holds it.
    fn of(tag: &str) -> Option<(Self, &'static str)> {
        match tag {
            "if" => Some((Self::Condition, "condition")),
            "merge" => Some((Self::Contents, "contents")),
            "override" => Some((Self::Priority, "priority")),
            _ => None,
        }
    }

    /// The function that makes it, as its name ends.
    pub(super) fn function(self) -> &'static str {
        match self {
            Self::Condition => "mkIf",
            Self::Contents => "mkMerge",
            Self::Priority => "mkOverride",
        }
    }

    fn takes(self, value: Value<'_>) -> bool {
        match self {
            Self::Condition => matches!(value, Value::Bool(_)),
            Self::Contents => matches!(value, Value::List(_)),
            Self::Priority => matches!(value, Value::Int(_)),
        }
    }
}

impl<'a> Modules<'_, 'a> {
    /// All properties that are none.
    pub(super) fn strange(&self) -> Vec<Strange<'a>> {
        let mut search = Search { found: Vec::new(), path: Vec::new(), budget: MAX_WALK };
        for root in self.roots() {
            self.strange_in(root.value, 0, &mut search);
        }
        search.found
    }

    fn strange_in(&self, value: Value<'a>, depth: usize, search: &mut Search<'a>) {
        if depth > MAX_WALK_DEPTH || search.budget == 0 {
            return;
        }
        search.budget -= 1;
        match self.evaluator.force(value) {
            Ok(Value::Attrs(attrs)) => self.strange_in_set(value, attrs, depth, search),
            Ok(Value::List(list)) => {
                for (index, &item) in list.items.iter().enumerate().take(MAX_ATTRIBUTES) {
                    search.path.push(entry_name(index));
                    self.strange_in(item, depth + 1, search);
                    search.path.pop();
                }
            }
            _ => {}
        }
    }

    fn strange_in_set(&self, whole: Value<'a>, attrs: &'a Attrs<'a>, depth: usize, search: &mut Search<'a>) {
        if self.is_of_packages(attrs) {
            return;
        }
        let Some(tag) = self.tag(attrs) else {
            let attributes = self.evaluator.sorted(attrs);
            // A whole package set is nothing that somebody wrote there.
            for (name, attr) in attributes.into_iter().take(MAX_ATTRIBUTES) {
                let name = String::from_utf8_lossy(name).into_owned();
                if search.path.is_empty() && (STRUCTURE.contains(&name.as_str()) || name == "_module") {
                    continue;
                }
                search.path.push(name);
                self.strange_in(attr.value, depth + 1, search);
                search.path.pop();
            }
            return;
        };
        if let Some((property, name)) = Property::of(&tag)
            && let Some(value) = self.get(attrs, name)
            && self.evaluator.force(value).is_ok_and(|value| !property.takes(value))
        {
            search.found.push(Strange { path: search.path.clone(), property, value, whole });
        }
        if let Some(content) = self.get(attrs, "content") {
            self.strange_in(content, depth + 1, search);
        }
        for content in self.get(attrs, "contents").map(|all| self.merged(all)).unwrap_or_default() {
            self.strange_in(content, depth + 1, search);
        }
    }
}

/// What is found so far.
struct Search<'a> {
    found: Vec<Strange<'a>>,
    path: Vec<String>,
    /// How many values may still be looked at.
    budget: usize,
}

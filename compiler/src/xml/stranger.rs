//! Names and values that libvirt does not know where they stand. What seems to lack in a piece of XML may be one of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::nearest;
use super::{Element, format, values};

/// The names and values of an element that libvirt does not know, and of all in it.
#[derive(Default)]
pub(crate) struct Strangers<'e> {
    found: BTreeSet<&'e str>,
    /// What has been answered: the same is asked of each of many devices.
    answers: RefCell<BTreeMap<String, bool>>,
}

impl<'e> Strangers<'e> {
    /// Looks into an element that stands in one called `parent`.
    pub(crate) fn of(element: &'e Element, parent: &str) -> Self {
        let mut strangers = Self::default();
        strangers.look(element, parent);
        strangers
    }

    fn look(&mut self, element: &'e Element, parent: &str) {
        let names = format::names_in(parent, &element.name);
        if names.takes_anything() {
            return;
        }
        for attribute in &element.attributes {
            let (name, value) = (attribute.name.as_str(), attribute.value.as_str());
            if names.attributes().all(|known| known != name) {
                self.found.insert(name);
            } else if let Some(known) = values::of_attribute(parent, &element.name, name)
                && known.split(' ').all(|known| known != value)
            {
                self.found.insert(value);
            }
        }
        for child in element.elements() {
            if names.elements().any(|known| known == child.name) {
                self.look(child, &element.name);
            } else {
                self.found.insert(&child.name);
            }
        }
    }

    /// Whether one of them may be meant for one of these.
    pub(crate) fn may_be(&self, wanted: &[&str]) -> bool {
        if self.found.is_empty() {
            return false;
        }
        let is_near =
            || self.found.iter().any(|found| nearest(&found.to_ascii_lowercase(), wanted).is_some());
        *self.answers.borrow_mut().entry(wanted.join(" ")).or_insert_with(is_near)
    }
}

//! Names and values that libvirt does not know where they stand. What seems to lack in a piece of XML may be one of them.

use super::vocabulary::nearest;
use super::{Element, format, values};

/// The names and values of an element that libvirt does not know, and of all in it.
pub(crate) struct Strangers<'e>(Vec<&'e str>);

impl<'e> Strangers<'e> {
    /// Looks into an element that stands in one called `parent`.
    pub(crate) fn of(element: &'e Element, parent: &str) -> Self {
        let mut strangers = Self(Vec::new());
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
                self.0.push(name);
            } else if let Some(known) = values::of_attribute(parent, &element.name, name)
                && known.split(' ').all(|known| known != value)
            {
                self.0.push(value);
            }
        }
        for child in element.elements() {
            if names.elements().any(|known| known == child.name) {
                self.look(child, &element.name);
            } else {
                self.0.push(&child.name);
            }
        }
    }

    /// Whether one of them may be meant for one of these.
    pub(crate) fn may_be(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|found| nearest(&found.to_ascii_lowercase(), wanted).is_some())
    }
}

//! Names, values and text that libvirt's domain format does not have at their place. libvirt takes most of such XML and
//! silently drops what it does not know, so that a slip of the pen shows only in a guest that lacks something.

use std::ops::Range;

use launchnix_diagnostics::Code;

use super::format::{self, Names};
use super::names::prefix;
use super::read::KNOWN_PREFIXES;
use super::{Attribute, Element, Fault, forms, remedy, values};

/// A fragment with more of them than this is no XML of a domain; the rest would be noise.
const ENOUGH: usize = 20;

/// What libvirt does not know in a fragment: `root` is the element that it is merged into, `parent` the one around that.
pub fn unknown_names(root: &Element, parent: &str) -> Vec<Fault> {
    let mut search = Search { faults: Vec::new() };
    search.element(root, parent, format::names_in(parent, &root.name));
    search.faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    search.faults.truncate(ENOUGH);
    search.faults
}

struct Search {
    faults: Vec<Fault>,
}

impl Search {
    fn element(&mut self, element: &Element, parent: &str, names: Names) {
        if names.takes_anything() || self.faults.len() > ENOUGH {
            return;
        }
        for attribute in &element.attributes {
            self.attribute(attribute, element, parent, names);
        }
        self.text(element, parent, names);
        for child in element.elements() {
            if self.faults.len() > ENOUGH {
                return;
            }
            let name = child.name.as_str();
            if names.elements().any(|known| known == name) {
                self.element(child, &element.name, format::names_in(&element.name, name));
            } else if prefix(name).is_none_or(|prefix| prefix == "qemu") {
                let message = format!("`<{}>` has no element `<{}>`", element.name, shown(name));
                self.add(name_at(child), message, remedy::element(child, element, names));
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute, element: &Element, parent: &str, names: Names) {
        let name = attribute.name.as_str();
        if let Some(prefix) = name.strip_prefix("xmlns:") {
            return self.namespace(prefix, attribute);
        }
        // What is in a namespace of its own is not libvirt's.
        if name == "xmlns" || prefix(name).is_some() {
            return;
        }
        let at = attribute.at.start..attribute.at.start + name.len();
        if !names.attributes().any(|known| known == name) {
            let message = format!("`<{}>` has no attribute `{}`", element.name, shown(name));
            return self.add(at, message, remedy::attribute(attribute, element, names));
        }
        let value = attribute.value.as_str();
        let what = || format!("`{name}` of `<{}>` cannot be `{}`", element.name, shown(value));
        let of_model = || {
            let kind =
                element.attribute("type").filter(|_| element.name == "controller" && name == "model")?;
            values::models_of_controller(kind)
        };
        if let Some(known) = values::of_attribute(parent, &element.name, name).or_else(of_model) {
            if !known.split(' ').any(|known| known == value) {
                self.add(value_at(attribute), what(), remedy::value(value, known));
            }
        } else if let Some(form) = forms::of_attribute(parent, element, name) {
            if let Some(remedy) = form.fault(value) {
                let at = match (value_at(attribute), form.prefix(value)) {
                    (at, 0) => at,
                    // An interpolation that brings the digits is what is wrong.
                    (at, prefix) => at.start + 1 + prefix..at.end - 1,
                };
                self.add(at, what(), remedy);
            }
        } else if let Some(usual) = values::usual(parent, &element.name, name) {
            if let Some(remedy) = remedy::nearly(value, usual) {
                self.add(value_at(attribute), what(), remedy);
            }
        } else if values::is_unit(&element.name, name) {
            if !values::is_known_unit(value) {
                let help = "write a unit such as `KiB`, `MiB` or `GiB`".to_owned();
                self.add(value_at(attribute), what(), ("no unit of libvirt's".to_owned(), help));
            }
        } else if (parent, element.name.as_str(), name) == ("interface", "mac", "address")
            && !values::is_mac(value)
        {
            let help = "write six parts with colons between them, the first an even one: `52:54:00:12:34:56`";
            self.add(
                value_at(attribute),
                what(),
                ("no MAC address of a machine".to_owned(), help.to_owned()),
            );
        }
    }

    /// libvirt knows its extensions by their namespace, whatever the prefix.
    fn namespace(&mut self, prefix: &str, attribute: &Attribute) {
        let known = KNOWN_PREFIXES.iter().find(|(known, _)| *known == prefix);
        if let Some((_, namespace)) = known.filter(|(_, namespace)| *namespace != attribute.value) {
            let message = format!("the prefix `{prefix}` does not stand for libvirt's namespace here");
            let help = format!("write `xmlns:{prefix}='{namespace}'`, or leave it out");
            self.add(
                attribute.at.clone(),
                message,
                ("libvirt ignores what has this prefix".to_owned(), help),
            );
        }
    }

    fn text(&mut self, element: &Element, parent: &str, names: Names) {
        if !element.has_text() {
            return;
        }
        let name = element.name.as_str();
        let text = element.text();
        let text = text.trim();
        if !format::takes_text(parent, name) {
            let message = format!("`<{name}>` takes no text");
            self.add(element.text_at.clone(), message, remedy::text(text, element, parent, names));
        } else if let Some(known) =
            values::of_text(parent, name).filter(|known| known.split(' ').all(|known| known != text))
        {
            let message = format!("`<{name}>` cannot be `{}`", shown(text));
            self.add(element.text_at.clone(), message, remedy::value(text, known));
        } else if let Some((label, help)) = forms::of_text(parent, name).and_then(|form| form.fault(text)) {
            let message = format!("`<{name}>` cannot be `{}`", shown(text));
            let help = remedy::unit_in_text(text, name, names).unwrap_or(help);
            self.add(element.text_at.clone(), message, (label, help));
        }
    }

    fn add(&mut self, at: Range<usize>, message: String, (label, help): remedy::Remedy) {
        self.faults.push(
            Fault { code: Code::XmlName, ..Fault::broken(at, message) }.labelled(label).with_help(help),
        );
    }
}

/// The name without the rest of the tag.
fn name_at(element: &Element) -> Range<usize> {
    let start = (element.at.start + 1).min(element.at.end);
    start..(start + element.name.len()).min(element.at.end)
}

/// An attribute's value with its quotes.
fn value_at(attribute: &Attribute) -> Range<usize> {
    let start = attribute.at.end.saturating_sub(attribute.value.len() + 2);
    start.max(attribute.at.start)..attribute.at.end
}

/// A name as messages have it: nobody reads one of thousands of letters.
pub(super) fn shown(name: &str) -> std::borrow::Cow<'_, str> {
    const ENOUGH: usize = 64;
    match name.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => name.into(),
    }
}

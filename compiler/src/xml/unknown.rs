//! Names, values and text that libvirt's domain format does not have at their place. libvirt takes most of such XML and
//! silently drops what it does not know, so that a slip of the pen shows only in a guest that lacks something.

use std::ops::Range;

use launchnix_diagnostics::Code;

use super::format::{self, Names};
use super::names::prefix;
use super::read::KNOWN_PREFIXES;
use super::remedy::Remedy;
use super::{Attribute, Element, Fault, forms, remedy, twice, values};

/// A fragment with more of them than this is no XML of a domain; the rest would be noise.
const ENOUGH: usize = 200;

/// So many elements are tried in the others around them, to see where they may belong.
const GUESSES: usize = 20;

/// What libvirt does not know in a fragment: `root` is the element that it is merged into, `parent` the one around that.
/// What begins at one of the `doubtful` places may be meant to stand in an element further out.
pub fn unknown_names(root: &Element, parent: &str, doubtful: &[usize]) -> Vec<Fault> {
    let mut search = Search { faults: Vec::new(), doubtful, around: Vec::new(), guesses: 0 };
    search.element(root, parent, format::names_in(parent, &root.name));
    search.faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    search.faults.truncate(ENOUGH);
    search.faults
}

struct Search<'s> {
    faults: Vec<Fault>,
    doubtful: &'s [usize],
    /// The elements around the one that is looked at, each with what may stand in it.
    around: Vec<(&'s Element, Names)>,
    /// How often an element was tried in several others.
    guesses: usize,
}

impl<'s> Search<'s> {
    fn element(&mut self, element: &'s Element, parent: &str, names: Names) {
        if names.takes_anything() || self.faults.len() > ENOUGH {
            return;
        }
        for attribute in &element.attributes {
            self.attribute(attribute, element, parent, names);
        }
        self.text(element, parent, names);
        self.faults.extend(twice::faults(element, self.doubtful));
        self.around.push((element, names));
        for child in element.elements() {
            if self.faults.len() > ENOUGH {
                break;
            }
            self.child(child, element, names);
        }
        self.around.pop();
    }

    fn child(&mut self, child: &'s Element, element: &'s Element, names: Names) {
        let name = child.name.as_str();
        let has = |names: Names| names.elements().any(|known| known == name);
        let (mut holder, mut names) = (element, names);
        if self.doubtful.contains(&child.at.start) {
            // It is in an element that is not closed.
            let around = self.around.iter().rev().filter(|(_, names)| has(*names));
            let parents: Vec<_> = around.map(|(outer, _)| outer.name.as_str()).collect();
            if !parents.is_empty() {
                return self.child_of_either(child, &parents);
            }
            let is_meant = |&&(outer, names): &&(&Element, Names)| remedy::is_near(name, &outer.name, names);
            if let Some(&(outer, of_outer)) = self.around.iter().rev().find(is_meant) {
                (holder, names) = (outer, of_outer);
            }
        } else if has(names) {
            return self.element(child, &element.name, format::names_in(&element.name, name));
        }
        // What declares a namespace of its own is not libvirt's, or is what libvirt knows with a prefix.
        let is_foreign = child.attribute("xmlns").is_some();
        if !is_foreign && prefix(name).is_none_or(|prefix| prefix == "qemu") {
            let message = format!("`<{}>` has no element `<{}>`", holder.name, shown(name));
            self.add(name_at(child), message, remedy::element(child, holder, names), &[&child.end_name]);
        }
    }

    /// An element that may be meant to stand in any of several others: in the one where least is wrong with it.
    fn child_of_either(&mut self, child: &'s Element, parents: &[&str]) {
        self.guesses += 1;
        // In each of them the same is tried for what is inside.
        let parents = if self.guesses > GUESSES { &parents[..1] } else { parents };
        let told = self.faults.len();
        let mut least: Option<Vec<Fault>> = None;
        for parent in parents {
            self.element(child, parent, format::names_in(parent, &child.name));
            let found = self.faults.split_off(told);
            if least.as_ref().is_none_or(|least| found.len() < least.len()) {
                least = Some(found);
            }
        }
        self.faults.extend(least.into_iter().flatten());
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
            return self.add(at, message, remedy::attribute(attribute, element, names), &[]);
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
                self.value(attribute, what(), remedy::value(value, known));
            }
        } else if let Some(form) = forms::of_attribute(parent, element, name) {
            if let Some(remedy) = form.fault(value) {
                match (attribute.quoted_at(), form.prefix(value)) {
                    (_, 0) => self.value(attribute, what(), remedy),
                    // An interpolation that brings the digits is what is wrong.
                    (at, prefix) => self.add(at.start + 1 + prefix..at.end - 1, what(), remedy, &[]),
                }
            }
        } else if let Some(usual) = values::usual(parent, &element.name, name) {
            if let Some(remedy) = remedy::nearly(value, usual) {
                self.value(attribute, what(), remedy);
            }
        } else if values::is_unit(&element.name, name) {
            if !values::is_known_unit(value) {
                let help = "write a unit such as `KiB`, `MiB` or `GiB`";
                self.value(attribute, what(), Remedy::new("no unit of libvirt's", help));
            }
        } else if (parent, element.name.as_str(), name) == ("interface", "mac", "address")
            && !values::is_mac(value)
        {
            let help = "write six parts with colons between them, the first an even one: `52:54:00:12:34:56`";
            self.value(attribute, what(), Remedy::new("no MAC address of a machine", help));
        }
    }

    /// libvirt knows its extensions by their namespace, whatever the prefix.
    fn namespace(&mut self, prefix: &str, attribute: &Attribute) {
        let known = KNOWN_PREFIXES.iter().find(|(known, _)| *known == prefix);
        if let Some((_, namespace)) = known.filter(|(_, namespace)| *namespace != attribute.value) {
            let message = format!("the prefix `{prefix}` does not stand for libvirt's namespace here");
            let help = format!("write `xmlns:{prefix}='{namespace}'`, or leave it out");
            let remedy = Remedy::new("libvirt ignores what has this prefix", help);
            self.faults.push(fault(attribute.at.clone(), message, remedy));
        }
    }

    fn text(&mut self, element: &Element, parent: &str, names: Names) {
        let name = element.name.as_str();
        if !element.has_text() {
            // `<vcpu current='2'/>` says something, `<vcpu></vcpu>` was to say how many.
            let is_open = !element.end_name.is_empty() && element.elements().next().is_none();
            if let Some(form) = forms::of_text(parent, name).filter(|_| is_open) {
                let message = format!("`<{name}>` is empty");
                let help = format!("write {} in it, or leave it out", form.example());
                self.add(
                    element.at.start..element.end,
                    message,
                    Remedy::new("nothing stands here", help),
                    &[],
                );
            }
            return;
        }
        let text = element.text();
        let text = text.trim();
        if !format::takes_text(parent, name) {
            let message = format!("`<{name}>` takes no text");
            self.add(element.text_at.clone(), message, remedy::text(text, element, parent, names), &[]);
        } else if let Some(known) =
            values::of_text(parent, name).filter(|known| known.split(' ').all(|known| known != text))
        {
            let message = format!("`<{name}>` cannot be `{}`", shown(text));
            self.add(element.text_at.clone(), message, remedy::value(text, known), &[]);
        } else if let Some(Remedy { label, help, .. }) =
            forms::of_text(parent, name).and_then(|form| form.fault(text))
        {
            let message = format!("`<{name}>` cannot be `{}`", shown(text));
            let help = remedy::unit_in_text(text, name, names).unwrap_or(help);
            self.add(element.text_at.clone(), message, Remedy::new(label, help), &[]);
        }
    }

    /// A value between its quotes.
    fn value(&mut self, attribute: &Attribute, message: String, remedy: Remedy) {
        let at = attribute.quoted_at();
        let meant = remedy.meant.clone();
        let mut fault = fault(at.clone(), message, Remedy { meant: None, ..remedy });
        // What has references in it is longer than it is written.
        if at.len() == attribute.value.len() + 2 {
            fault.rewrites.extend(meant.map(|meant| (at.start + 1..at.end - 1, meant)));
        }
        self.faults.push(fault);
    }

    /// What stands at a place, and at further ones as well, where they are not empty.
    fn add(&mut self, at: Range<usize>, message: String, remedy: Remedy, further: &[&Range<usize>]) {
        let meant = remedy.meant.clone();
        let mut fault = fault(at, message, remedy);
        let further = further.iter().filter(|range| !range.is_empty());
        fault.rewrites.extend(further.filter_map(|range| Some(((*range).clone(), meant.clone()?))));
        self.faults.push(fault);
    }
}

fn fault(at: Range<usize>, message: String, remedy: Remedy) -> Fault {
    let Remedy { label, help, meant, is_sure } = remedy;
    let rewrites = meant.map(|meant| (at.clone(), meant)).into_iter().collect();
    Fault { code: Code::XmlName, rewrites, is_sure, ..Fault::broken(at, message) }
        .labelled(label)
        .with_help(help)
}

/// The name without the rest of the tag.
fn name_at(element: &Element) -> Range<usize> {
    let start = (element.at.start + 1).min(element.at.end);
    start..(start + element.name.len()).min(element.at.end)
}

/// A name as messages have it: nobody reads one of thousands of letters.
pub(super) fn shown(name: &str) -> std::borrow::Cow<'_, str> {
    const ENOUGH: usize = 64;
    match name.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => name.into(),
    }
}

//! Merging what a user wrote into what Launchnix writes; `docs/extra-config.md` describes it for users.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::names::prefix;
use super::read::KNOWN_PREFIXES;
use super::vocabulary::{Repetition, repetition};
use super::{Child, Element, Fault, Strangers, format, incomplete, refused};

/// The XML of `extraConfig` or `extraXML`, checked as far as that is possible without a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Attributes for the element that it is merged into.
    root: Element,
}

/// A part of the document that a fragment decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Its path below the root: `devices/disk[boot]/driver`.
    pub path: String,
    /// Where the fragment says so, in the fragment's text.
    pub at: Range<usize>,
}

impl Fragment {
    /// Takes the elements of an `extraConfig`: children of `<domain>`, or one whole `<domain>`. A fragment with faults is
    /// not to be merged.
    pub fn of_domain(elements: Vec<Element>) -> (Self, Vec<Fault>) {
        let (root, mut faults) = enclose(elements, "domain");
        faults.extend(refused::faults(&root));
        faults.extend(incomplete::faults(&root));
        without_misnamed(&mut faults, &root, "");
        (Self { root }, faults)
    }

    /// Takes the elements of an `extraXML`: children of the device's element, or one whole such element.
    pub fn of_device(elements: Vec<Element>, device: &str) -> (Self, Vec<Fault>) {
        let (root, mut faults) = enclose(elements, device);
        faults.extend(incomplete::faults(&root));
        without_misnamed(&mut faults, &root, "devices");
        (Self { root }, faults)
    }

    /// The whole fragment as one element.
    pub fn root(&self) -> &Element {
        &self.root
    }
}

/// Leaves out that something is missing where it may be there under a name that is wrong, or in another place.
fn without_misnamed(faults: &mut Vec<Fault>, root: &Element, parent: &str) {
    if faults.iter().any(|fault| !fault.lacks.is_empty()) {
        let strangers = Strangers::of(root, parent);
        faults.retain(|fault| !strangers.may_be(&fault.lacks));
    }
}

/// Merges an `extraConfig` into a domain.
pub fn merge_domain(domain: &mut Element, fragment: &Fragment) -> Vec<Touched> {
    let touched = merge_element(domain, fragment);
    for (known, namespace) in KNOWN_PREFIXES {
        let declaration = format!("xmlns:{known}");
        if uses_prefix(domain, known) && domain.attribute(&declaration).is_none() {
            domain.set(&declaration, *namespace);
        }
    }
    touched
}

/// Merges a fragment into the element that it belongs to.
pub fn merge_element(base: &mut Element, fragment: &Fragment) -> Vec<Touched> {
    let mut touched = Vec::new();
    let parent = if base.name == "domain" { "" } else { "devices" };
    merge(base, &fragment.root, parent, "", &mut touched);
    touched
}

/// Makes one element of a fragment: the only one where it is a whole `name`, else a `name` around all of them.
fn enclose(mut elements: Vec<Element>, name: &str) -> (Element, Vec<Fault>) {
    let Some(index) = elements.iter().position(|element| element.name == name) else {
        let mut root = Element::new(name);
        root.children.extend(elements.into_iter().map(Child::Element));
        return (root, Vec::new());
    };
    let mut root = elements.remove(index);
    let mut faults = Vec::new();
    for mut other in elements {
        let message = if other.name == name {
            format!("there are two `<{name}>`, which both would be the root")
        } else {
            format!("`<{}>` stands beside `<{name}>`", other.name)
        };
        faults.push(
            Fault::unmergeable(other.at.clone(), message)
                .with_other(root.at.clone(), format!("`<{name}>` is the root of everything"))
                .with_help(format!("move it into `<{name}>`, or leave `<{name}>` out altogether")),
        );
        // What is wrong in it is to be told as well.
        if other.name == name {
            root.children.append(&mut other.children);
        } else {
            root.push(other);
        }
    }
    (root, faults)
}

fn merge(base: &mut Element, over: &Element, parent: &str, path: &str, touched: &mut Vec<Touched>) {
    // libvirt reads no text where none belongs: it replaces nothing.
    let has_text =
        over.has_text() && (format::takes_text(parent, &over.name) || !format::is_known(parent, &over.name));
    let kind_changes = changes_kind(base, over);
    if kind_changes && !path.is_empty() {
        if is_device_with_source(base) {
            // The source of the old kind makes no sense for the new one; the rest of the device does.
            base.children.retain(|child| !matches!(child, Child::Element(child) if child.name == "source"));
        } else {
            base.attributes.clear();
            base.children.clear();
        }
    }
    if has_text {
        // `<memory>4194304</memory>` over `<memory unit='MiB'>1024</memory>` must not keep the unit.
        base.attributes.clear();
        base.children.clone_from(&over.children);
    }
    let mut changed = kind_changes || has_text || (over.attributes.is_empty() && over.children.is_empty());
    for attribute in &over.attributes {
        if base.attribute(&attribute.name) != Some(&attribute.value) {
            base.set_as_written(attribute);
            changed = true;
        }
    }
    if changed && !path.is_empty() {
        touched.push(Touched { path: path.to_owned(), at: over.at.clone() });
    }
    if !has_text {
        merge_children(base, over, path, touched);
    }
}

fn merge_children(base: &mut Element, over: &Element, path: &str, touched: &mut Vec<Touched>) {
    if over.elements().next().is_none() {
        return;
    }
    let parent = base.name.clone();
    let mut places = Places::of(base);
    for element in over.elements() {
        let repetition = repetition(&parent, element);
        if let Some(index) = places.take(&element.name, &repetition)
            && let Some(Child::Element(child)) = base.children.get_mut(index)
        {
            let below = join(path, &segment(child));
            merge(child, element, &parent, &below, touched);
            continue;
        }
        let mut element = element.clone();
        let number = places.append(&element.name, &repetition, base.children.len());
        element.label = match repetition {
            Repetition::Identified(identity) if !identity.is_empty() => Some(identity),
            Repetition::Identified(_) | Repetition::Each => Some(number.to_string()),
            Repetition::Once => None,
        };
        touched.push(Touched { path: join(path, &segment(&element)), at: element.at.clone() });
        base.push(element);
    }
}

/// Where the children of an element are, as what is merged into it looks for them.
#[derive(Default)]
struct Places {
    /// By name, and by identity where there may be several.
    free: HashMap<(String, Option<String>), VecDeque<usize>>,
    /// How many there are of each name.
    counts: HashMap<String, usize>,
}

impl Places {
    fn of(base: &Element) -> Self {
        let mut places = Self::default();
        for (index, child) in base.children.iter().enumerate() {
            if let Child::Element(child) = child {
                let repetition = repetition(&base.name, child);
                *places.counts.entry(child.name.clone()).or_default() += 1;
                if let Some(key) = key(&child.name, &repetition) {
                    places.free.entry(key).or_default().push_back(index);
                }
            }
        }
        places
    }

    /// The place of what an element is to be merged with. Each of Launchnix's that may stand there several times is merged
    /// with at most one: two `<video>` in a fragment are two cards, of which the first is merged.
    fn take(&mut self, name: &str, repetition: &Repetition) -> Option<usize> {
        let free = self.free.get_mut(&key(name, repetition)?)?;
        match repetition {
            Repetition::Once => free.front().copied(),
            Repetition::Each | Repetition::Identified(_) => free.pop_front(),
        }
    }

    /// Notes an element that is added; says how many of its name were there.
    fn append(&mut self, name: &str, repetition: &Repetition, index: usize) -> usize {
        if *repetition == Repetition::Once {
            self.free.entry((name.to_owned(), None)).or_default().push_back(index);
        }
        let count = self.counts.entry(name.to_owned()).or_default();
        *count += 1;
        *count - 1
    }
}

/// By what an element is found; `None` for one that is always added.
fn key(name: &str, repetition: &Repetition) -> Option<(String, Option<String>)> {
    match repetition {
        Repetition::Once => Some((name.to_owned(), None)),
        Repetition::Identified(identity) => Some((name.to_owned(), Some(identity.clone()))),
        Repetition::Each => None,
    }
}

/// Whether a fragment makes another kind of thing of an element: another type of disk, another mode of CPU.
fn changes_kind(base: &Element, over: &Element) -> bool {
    ["type", "mode", "model"].iter().any(|&name| {
        let (old, new) = (base.attribute(name), over.attribute(name));
        new.is_some() && old.is_some() && new != old
    })
}

fn is_device_with_source(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "disk" | "interface" | "hostdev" | "serial" | "console" | "channel" | "parallel" | "filesystem"
    )
}

fn segment(element: &Element) -> String {
    match &element.label {
        Some(label) => format!("{}[{label}]", element.name),
        None => element.name.clone(),
    }
}

fn join(path: &str, segment: &str) -> String {
    if path.is_empty() { segment.to_owned() } else { format!("{path}/{segment}") }
}

fn uses_prefix(element: &Element, wanted: &str) -> bool {
    prefix(&element.name) == Some(wanted)
        || element.attributes.iter().any(|attribute| prefix(&attribute.name) == Some(wanted))
        || element.elements().any(|child| uses_prefix(child, wanted))
}

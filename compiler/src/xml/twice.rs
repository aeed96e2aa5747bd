//! Elements that libvirt takes once, and that stand in their parent twice: all but one of them are lost.

use std::collections::HashMap;

use launchnix_diagnostics::Code;

use super::vocabulary::{Repetition, repetition};
use super::{Attribute, Element, Fault, format};

/// Names that may stand several times in one parent or another.
const SEVERAL: &str =
    "cache host ip label monitor page pages portForward property route seclabel slice table";

/// Says which elements of `parent` are given again. What begins at one of the `doubtful` places may belong elsewhere.
pub(super) fn faults(parent: &Element, doubtful: &[usize]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut known: HashMap<&str, &Element> = HashMap::new();
    if parent.elements().nth(1).is_none() {
        return faults;
    }
    for element in parent.elements() {
        let first = *known.entry(&element.name).or_insert(element);
        if !std::ptr::eq(first, element)
            && stands_once(parent, element)
            && excludes(parent, first, element)
            && !doubtful.contains(&element.at.start)
            && !belongs_elsewhere(parent, element)
        {
            faults.push(again(parent, element, first));
        }
    }
    faults
}

/// Whether an element has an attribute that no such element of its parent has.
fn belongs_elsewhere(parent: &Element, element: &Element) -> bool {
    let names = format::names_in(&parent.name, &element.name);
    let is_known = |attribute: &Attribute| names.attributes().any(|known| known == attribute.name);
    !element.attributes.iter().all(|attribute| attribute.name.starts_with("xmlns") || is_known(attribute))
}

/// Whether libvirt takes an element once in its parent.
fn stands_once(parent: &Element, element: &Element) -> bool {
    let name = element.name.as_str();
    repetition(&parent.name, element) == Repetition::Once
        && SEVERAL.split(' ').all(|several| several != name)
        && format::is_known(&parent.name, name)
}

/// Whether one of two elements says what the other one says as well, or says otherwise. Those that only hold others are
/// put together.
fn excludes(parent: &Element, first: &Element, second: &Element) -> bool {
    // It stands beside the TPM of the guest.
    let is_proxy = |element: &Element| element.attribute("model") == Some("spapr-tpm-proxy");
    if is_proxy(first) != is_proxy(second) {
        return false;
    }
    let says_something = |element: &Element| {
        element.elements().next().is_none()
            && (element.has_text()
                || !element.attributes.is_empty()
                || format::is_always_empty(&parent.name, &element.name))
    };
    let differs = |attribute: &Attribute| {
        first.attribute(&attribute.name).is_some_and(|value| value != attribute.value)
    };
    says_something(first) && says_something(second) || second.attributes.iter().any(differs)
}

fn again(parent: &Element, element: &Element, first: &Element) -> Fault {
    let beginning =
        |element: &Element| element.at.start..(element.at.start + 1 + element.name.len()).min(element.at.end);
    let message = format!("`<{}>` stands twice in `<{}>`", element.name, parent.name);
    Fault { code: Code::XmlName, ..Fault::broken(beginning(element), message) }
        .labelled("given again here")
        .with_other(beginning(first), "given here first")
        .with_help("remove one of them: libvirt reads only one")
}

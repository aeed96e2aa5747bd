//! Names that libvirt's domain format does not have at their place. libvirt takes such XML and silently drops what it
//! does not know, so that a slip of the pen shows only in a guest that lacks something.

use launchnix_diagnostics::{Code, enumerate};

use super::format::{self, Names};
use super::names::prefix;
use super::vocabulary::nearest;
use super::{Element, Fault};

/// The unknown names in a fragment: `root` is the element that it is merged into, `parent` the one around that.
pub fn unknown_names(root: &Element, parent: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    look(root, format::names_in(parent, &root.name), &mut faults);
    faults
}

fn look(element: &Element, names: Names, faults: &mut Vec<Fault>) {
    if names.takes_anything() {
        return;
    }
    for attribute in &element.attributes {
        let name = attribute.name.as_str();
        // Namespaces are declared anywhere, and what is in one of its own is not libvirt's.
        if name == "xmlns" || prefix(name).is_some() || names.attributes().any(|known| known == name) {
            continue;
        }
        let at = attribute.at.start..attribute.at.start + name.len();
        let message = format!("`<{}>` has no attribute `{name}`", element.name);
        let (label, help) = attribute_remedy(name, &attribute.value, element, names);
        faults.push(fault(at, message, label, help));
    }
    for child in element.elements() {
        let name = child.name.as_str();
        if names.elements().any(|known| known == name) {
            look(child, format::names_in(&element.name, name), faults);
        } else if prefix(name).is_none_or(|prefix| prefix == "qemu") {
            // The name without the rest of the tag.
            let start = (child.at.start + 1).min(child.at.end);
            let at = start..(start + name.len()).min(child.at.end);
            let message = format!("`<{}>` has no element `<{name}>`", element.name);
            let (label, help) = element_remedy(child, element, names);
            faults.push(fault(at, message, label, help));
        }
    }
}

fn fault(at: std::ops::Range<usize>, message: String, label: String, help: String) -> Fault {
    Fault { code: Code::XmlName, ..Fault::broken(at, message) }.labelled(label).with_help(help)
}

/// A label and a help.
type Remedy = (String, String);

fn attribute_remedy(name: &str, value: &str, element: &Element, names: Names) -> Remedy {
    let known: Vec<_> = names.attributes().collect();
    if let Some(near) = nearest(name, &known) {
        return (format!("did you mean `{near}`?"), ignored());
    }
    if names.elements().any(|known| known == name) {
        let help =
            format!("`{name}` is an element: write `<{name}>…</{name}>` inside of `<{}>`", element.name);
        return ("an element, not an attribute".into(), help);
    }
    let child = names.elements().find(|child| has_attribute(&element.name, child, name));
    if let Some(child) = child {
        let help = format!(
            "it belongs to `<{child}>`, which stands in `<{}>`: `<{child} {name}='{value}'/>`",
            element.name
        );
        return ("unknown attribute".into(), help);
    }
    let list = enumerate(&known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>(), "and");
    let help = if known.is_empty() {
        format!("`<{}>` takes no attributes; {}", element.name, ignored())
    } else {
        format!("`<{}>` takes the attributes {list}", element.name)
    };
    ("unknown attribute".into(), help)
}

fn has_attribute(parent: &str, element: &str, attribute: &str) -> bool {
    format::names_in(parent, element).attributes().any(|known| known == attribute)
}

fn element_remedy(child: &Element, parent: &Element, names: Names) -> Remedy {
    let name = child.name.as_str();
    let known: Vec<_> = names.elements().collect();
    if names.attributes().any(|known| known == name) {
        let text = child.text();
        let value = if text.trim().is_empty() { "…" } else { text.trim() };
        let help = format!("write it as an attribute: `<{} {name}='{value}'>`", parent.name);
        return ("an attribute, not an element".into(), help);
    }
    let mut homes: Vec<_> = format::parents_of(name).collect();
    homes.dedup();
    if let Some(near) = nearest(name, &known)
        && (homes.is_empty() || strsim::damerau_levenshtein(name, near) == 1)
    {
        return (format!("did you mean `<{near}>`?"), ignored());
    }
    let help = match homes.as_slice() {
        _ if homes.contains(&"devices") => {
            format!("devices stand in `<devices>`: write `<devices><{name} …>…</{name}></devices>`")
        }
        _ if homes.contains(&"domain") => format!("`<{name}>` stands directly in `<domain>`"),
        [] if known.is_empty() => format!("`<{}>` holds no elements; {}", parent.name, ignored()),
        [] if known.len() > 12 => {
            format!("write elements that libvirt has in `<{}>`; {}", parent.name, ignored())
        }
        [] => {
            let list = enumerate(&known.iter().map(|name| format!("`<{name}>`")).collect::<Vec<_>>(), "and");
            format!("`<{}>` holds the elements {list}", parent.name)
        }
        homes => {
            let list =
                enumerate(&homes.iter().take(4).map(|home| format!("`<{home}>`")).collect::<Vec<_>>(), "and");
            format!("`<{name}>` belongs in {list}")
        }
    };
    ("unknown element".into(), help)
}

/// What comes of it if nothing is done.
fn ignored() -> String {
    "libvirt ignores what it does not know".into()
}

//! What to write instead of what libvirt's domain format does not have: a label and a help for each.

use launchnix_diagnostics::enumerate;

use super::format::{self, Names};
use super::unknown::shown;
use super::vocabulary::nearest;
use super::{Attribute, Element, values};

/// What to say of a mistake.
pub(super) struct Remedy {
    pub(super) label: String,
    pub(super) help: String,
    /// What is meant, where one thing most likely is.
    pub(super) meant: Option<String>,
    /// Whether there is no doubt about it.
    pub(super) is_sure: bool,
}

impl Remedy {
    pub(super) fn new(label: impl Into<String>, help: impl Into<String>) -> Self {
        Self { label: label.into(), help: help.into(), meant: None, is_sure: false }
    }

    /// Where `meant` is to be written instead of what was.
    fn rewrite(label: String, help: impl Into<String>, meant: &str, is_sure: bool) -> Self {
        Self { meant: Some(meant.to_owned()), is_sure, ..Self::new(label, help) }
    }
}

/// Names of other programs, or of Launchnix's options, with those that libvirt has for the same.
const SYNONYMS: &[(&str, &str, &str)] = &[
    ("domain", "cores", "vcpu"),
    ("domain", "cpus", "vcpu"),
    ("domain", "mem", "memory"),
    ("domain", "ram", "memory"),
    ("filterref", "name", "filter"),
    ("numa", "node", "cell"),
];

/// More values than this nobody reads through.
const MANY: usize = 16;

/// Elements that people write most often, of those that hold others.
const USUAL: &[&str] = &["domain", "devices", "disk", "interface", "hostdev", "filesystem", "cpu", "cputune"];

/// Values of other programs, or of common speech, with those that libvirt has for the same.
const VALUES: &[(&str, &str)] = &[
    ("amd64", "x86_64"),
    ("arm64", "aarch64"),
    ("disk", "hd"),
    ("hdd", "hd"),
    ("i386", "i686"),
    ("kvm", "hvm"),
    ("net", "network"),
    ("pxe", "network"),
    ("reboot", "restart"),
    ("restart", "reset"),
    ("shutdown", "destroy"),
    ("uefi", "efi"),
    ("x64", "x86_64"),
    ("x86", "x86_64"),
];

pub(super) fn attribute(attribute: &Attribute, element: &Element, names: Names) -> Remedy {
    let name = attribute.name.as_str();
    let known: Vec<_> = names.attributes().collect();
    // An address in a device is the one in the guest, one in its source that on the hypervisor.
    if element.name == "address" && has_attribute("source", "address", name) {
        let help = "move it into the `<source>` of the device: `<source><address …/></source>`";
        return Remedy::new("of the device on the hypervisor", help);
    }
    if let Some(near) = meant(name, &element.name, &known) {
        let label = format!("did you mean `{near}`?");
        // An attribute stands once.
        return match element.attribute(near) {
            Some(_) => Remedy::new(label, ignored()),
            None => Remedy::rewrite(label, ignored(), near, differs_in_case(name, near)),
        };
    }
    let name = shown(name);
    if names.elements().any(|known| known == name) {
        let help =
            format!("`{name}` is an element: write `<{name}>…</{name}>` inside of `<{}>`", element.name);
        return Remedy::new("an element, not an attribute", help);
    }
    let child = names.elements().find(|child| has_attribute(&element.name, child, &name));
    if let Some(child) = child {
        let help = format!(
            "it belongs to `<{child}>`, which stands in `<{}>`: `<{child} {name}='{}'/>`",
            element.name,
            shown(&attribute.value)
        );
        return Remedy::new("unknown attribute", help);
    }
    let help = if known.is_empty() {
        format!("`<{}>` takes no attributes; {}", element.name, ignored())
    } else {
        format!("`<{}>` takes the attributes {}", element.name, list(&known, "and"))
    };
    Remedy::new("unknown attribute", help)
}

fn has_attribute(parent: &str, element: &str, attribute: &str) -> bool {
    format::names_in(parent, element).attributes().any(|known| known == attribute)
}

pub(super) fn element(child: &Element, parent: &Element, names: Names) -> Remedy {
    let name = child.name.as_str();
    let known: Vec<_> = names.elements().collect();
    if names.attributes().any(|known| known == name) {
        let text = child.text();
        let value = if text.trim().is_empty() { "…".into() } else { shown(text.trim()) };
        let help = format!("write it as an attribute: `<{} {name}='{value}'>`", parent.name);
        return Remedy::new("an attribute, not an element", help);
    }
    if name.eq_ignore_ascii_case(&parent.name) {
        return Remedy::new(format!("did you mean `<{}>`?", parent.name), "names are written in lower case");
    }
    let mut homes: Vec<_> = format::parents_of(name).collect();
    // What people write most often comes first.
    homes.sort_unstable_by_key(|home| {
        (USUAL.iter().position(|usual| usual == home).unwrap_or(USUAL.len()), *home)
    });
    homes.dedup();
    let within = |home: &&str| format::names_in(&parent.name, home).elements().any(|held| held == name);
    let inner: Vec<_> = homes.iter().filter(|home| known.contains(home) && within(home)).collect();
    let near = meant(name, &parent.name, &known);
    if let Some(near) = near.filter(|near| homes.is_empty() || is_sure(name, &parent.name, near)) {
        let is_sure = differs_in_case(name, near) && parent.child(near).is_none();
        return Remedy::rewrite(format!("did you mean `<{near}>`?"), ignored(), near, is_sure);
    }
    if let [inner] = inner.as_slice()
        && **inner != "devices"
    {
        let help = format!("`<{name}>` belongs in `<{inner}>`, which stands in `<{}>`", parent.name);
        return Remedy::new("unknown element", help);
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
    Remedy::new("unknown element", help)
}

/// Whether an element is most likely one that libvirt has in the element `within`.
pub(super) fn is_near(name: &str, within: &str, names: Names) -> bool {
    meant(name, within, &names.elements().collect::<Vec<_>>()).is_some()
}

/// The known name that is most likely meant by another in an element.
fn meant<'n>(name: &str, within: &str, known: &[&'n str]) -> Option<&'n str> {
    let find = |wanted: &dyn Fn(&str) -> bool| known.iter().copied().find(|known| wanted(known));
    find(&|known| known.eq_ignore_ascii_case(name))
        .or_else(|| find(&|known| is_synonym(name, within, known)))
        // `commandline` is `qemu:commandline`.
        .or_else(|| find(&|known| known.strip_prefix("qemu:") == Some(name)))
        .or_else(|| {
            let mut longer = known.iter().copied().filter(|known| name.len() > 2 && known.starts_with(name));
            longer.next().filter(|_| longer.next().is_none())
        })
        .or_else(|| nearest(name, known))
}

/// Whether a name is so near to the one that is meant that it does not matter where else it stands.
fn is_sure(name: &str, within: &str, near: &str) -> bool {
    differs_in_case(name, near)
        || near.strip_prefix("qemu:") == Some(name)
        || is_synonym(name, within, near)
        || strsim::damerau_levenshtein(name, near) == 1
}

/// Whether a name is the one that is meant, in other capitals.
fn differs_in_case(name: &str, near: &str) -> bool {
    near.eq_ignore_ascii_case(name)
}

fn is_synonym(name: &str, within: &str, known: &str) -> bool {
    SYNONYMS.iter().any(|&(parent, other, meant)| parent == within && other == name && meant == known)
}

/// For a value where `known` are those that libvirt takes.
pub(super) fn value(value: &str, known: &str) -> Remedy {
    let known: Vec<_> = known.split(' ').collect();
    let help = match known.as_slice() {
        [only] => format!("write `{only}`"),
        known => format!("libvirt takes {}", list(known, "or")),
    };
    let same = match value.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "enabled" => ["yes", "on"].as_slice(),
        "false" | "0" | "no" | "off" | "disabled" => ["no", "off"].as_slice(),
        _ => [].as_slice(),
    };
    let near =
        known.iter().find(|known| same.contains(known) || known.eq_ignore_ascii_case(value.trim())).copied();
    // `xhci` is a part of `qemu-xhci`.
    let whole = || known.iter().copied().find(|known| known.split(['-', '_']).any(|part| part == value));
    let is_sure = near.is_some();
    let near = near.or_else(|| same_value(value, &known)).or_else(whole);
    match near.or_else(|| nearest(value, &known)) {
        Some(near) => {
            let help = if known.len() > MANY { format!("write `{near}`") } else { help };
            Remedy::rewrite(format!("did you mean `{near}`?"), help, near, is_sure)
        }
        None => Remedy::new("no value that libvirt knows here", help),
    }
}

fn same_value<'n>(value: &str, known: &[&'n str]) -> Option<&'n str> {
    let same = VALUES.iter().filter(|(other, _)| value.trim().eq_ignore_ascii_case(other));
    same.map(|&(_, same)| same).find_map(|same| known.iter().copied().find(|known| *known == same))
}

/// For a value that is nearly one of those that are usual.
pub(super) fn nearly(value: &str, usual: &str) -> Option<Remedy> {
    let known: Vec<_> = usual.split(' ').collect();
    if known.contains(&value) {
        return None;
    }
    let near = same_value(value, &known).or_else(|| nearest(value, &known))?;
    let help = format!("write `{near}`: QEMU knows no `{}`", shown(value));
    Some(Remedy::rewrite(format!("did you mean `{near}`?"), help, near, near.eq_ignore_ascii_case(value)))
}

/// For a number with its unit where the unit is an attribute: `4GiB`.
pub(super) fn unit_in_text(text: &str, name: &str, names: Names) -> Option<String> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = (&text[..digits], text[digits..].trim());
    let takes_unit = names.attributes().any(|known| known == "unit");
    (takes_unit && !number.is_empty() && values::is_known_unit(unit))
        .then(|| format!("write `<{name} unit='{unit}'>{number}</{name}>`"))
}

/// For text in an element that takes none.
pub(super) fn text(text: &str, element: &Element, parent: &str, names: Names) -> Remedy {
    let name = element.name.as_str();
    let is_word = !text.is_empty() && !text.contains(char::is_whitespace) && text.len() < 64;
    let fits = |attribute: &&str| {
        values::of_attribute(parent, name, attribute)
            .is_some_and(|known| known.split(' ').any(|known| known == text))
    };
    let mut attributes = names.attributes();
    let only = attributes.next().filter(|_| attributes.next().is_none());
    let usual = || names.attributes().find(|attribute| matches!(*attribute, "type" | "id"));
    // `utc` could be the `basis` of a clock as well.
    let found = ["mode", "offset"].into_iter().find(fits).or_else(|| names.attributes().find(fits));
    let found = found.or(only).or_else(usual);
    let help = if !is_word {
        "remove it".to_owned()
    } else if names.elements().any(|known| known == text) {
        format!("write an element: `<{name}><{text}/></{name}>`")
    } else {
        match found {
            Some(attribute) if element.attribute(attribute).is_none() => {
                format!("write `<{name} {attribute}='{text}'/>`")
            }
            _ => "remove it".to_owned(),
        }
    };
    Remedy::new("libvirt ignores it", help)
}

fn list(names: &[&str], word: &str) -> String {
    enumerate(&names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>(), word)
}

/// What comes of it if nothing is done.
fn ignored() -> String {
    "libvirt ignores what it does not know".into()
}

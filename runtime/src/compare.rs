//! Comparing two libvirt documents part by part.
//!
//! libvirt rewrites what it is given: units become KiB, machine types lose their alias, defaults and addresses are
//! filled in. [`normalise`] undoes what can be undone; [`Mode::Subset`] ignores what only one side has.

use crate::xml::Element;

/// What counts as a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything: both documents are ours.
    Exact,
    /// What the first document says and the second does not; the second is libvirt's and may say more.
    Subset,
}

/// One difference between an old and a new document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it is, from below the root.
    pub steps: Vec<Step>,
    /// The attribute that differs; none where it is the text or the whole element.
    pub attribute: Option<String>,
    /// What the old document has there.
    pub old: Option<String>,
    /// What the new document has there.
    pub new: Option<String>,
}

/// One step into a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The element's name.
    pub name: String,
    /// What tells it from its siblings of the same name: a disk's target, an interface's MAC address.
    pub key: Option<String>,
    /// Its position among its siblings of the same name, from 0.
    pub index: usize,
    /// The volume that a disk is on, where it is on one.
    pub volume: Option<String>,
    /// Whether it is a disk that holds a medium.
    pub cdrom: bool,
}

impl Difference {
    /// The place as a path: `devices/disk[vda]/driver@cache`.
    pub fn part(&self) -> String {
        let mut part = String::new();
        for step in &self.steps {
            if !part.is_empty() {
                part.push('/');
            }
            part.push_str(&step.name);
            if let Some(key) = &step.key {
                part.push('[');
                part.push_str(key);
                part.push(']');
            }
        }
        if let Some(attribute) = &self.attribute {
            part.push('@');
            part.push_str(attribute);
        }
        part
    }
}

/// What differs between two normalised documents, in the order of the documents.
pub fn differences(old: &Element, new: &Element, mode: Mode) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(old, new, mode, &mut Vec::new(), &mut found);
    found
}

/// Brings a document to the form in which documents are compared: without Launchnix's own mark, sizes in one unit,
/// identities in lower case.
pub fn normalise(document: &Element) -> Element {
    let mut root = document.clone();
    root.attributes.retain(|(name, _)| name != "id" && !name.starts_with("xmlns"));
    root.attributes.sort();
    root.children.retain(|child| child.name != "metadata");
    for child in &mut root.children {
        normalise_inner(child);
    }
    // libvirt writes `currentMemory` where the document has none: the same as `memory`.
    if let Some(memory) = root.child("memory").map(|memory| memory.text.clone()) {
        root.children.retain(|child| child.name != "currentMemory" || child.text != memory);
    }
    root
}

fn normalise_inner(element: &mut Element) {
    if let Some(bytes) = size_in_bytes(element) {
        let (unit, divisor) = if is_bytes(&element.name) { ("bytes", 1) } else { ("KiB", 1024) };
        element.text = (bytes / divisor).to_string();
        element.set("unit", unit);
    }
    if matches!(element.name.as_str(), "uuid") {
        element.text.make_ascii_lowercase();
    }
    if element.name == "mac" {
        for (_, value) in &mut element.attributes {
            value.make_ascii_lowercase();
        }
    }
    element.attributes.sort();
    for child in &mut element.children {
        normalise_inner(child);
    }
}

fn is_bytes(name: &str) -> bool {
    matches!(name, "capacity" | "allocation" | "available")
}

/// The size that an element like `<memory unit='MiB'>512</memory>` states.
pub fn size_in_bytes(element: &Element) -> Option<u64> {
    let default = match element.name.as_str() {
        "memory" | "currentMemory" | "maxMemory" => "KiB",
        "capacity" | "allocation" | "available" => "bytes",
        _ => return None,
    };
    let number: u64 = element.text.parse().ok()?;
    number.checked_mul(unit_in_bytes(element.attribute("unit").unwrap_or(default))?)
}

/// The units of <https://libvirt.org/formatdomain.html#memory-allocation>.
fn unit_in_bytes(unit: &str) -> Option<u64> {
    Some(match unit {
        "b" | "bytes" | "B" => 1,
        "KB" => 1_000,
        "k" | "K" | "KiB" => 1 << 10,
        "MB" => 1_000_000,
        "M" | "m" | "MiB" => 1 << 20,
        "GB" => 1_000_000_000,
        "G" | "g" | "GiB" => 1 << 30,
        "TB" => 1_000_000_000_000,
        "T" | "t" | "TiB" => 1 << 40,
        _ => return None,
    })
}

/// A size for people: the largest unit that keeps it whole; a memory always in MiB, as deployments say it.
pub fn readable_size(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1 << 20;
    if bytes.is_multiple_of(MEBIBYTE) {
        format!("{} MiB", bytes / MEBIBYTE)
    } else if bytes.is_multiple_of(1024) {
        format!("{} KiB", bytes / 1024)
    } else {
        format!("{bytes} bytes")
    }
}

fn compare(old: &Element, new: &Element, mode: Mode, steps: &mut Vec<Step>, found: &mut Vec<Difference>) {
    for (name, value) in &old.attributes {
        let other = new.attribute(name);
        // Both sides of a size are in the same unit, which the text's difference shows already.
        let same = name == "unit" || other.is_some_and(|other| same_value(steps, name, value, other));
        if !same {
            found.push(Difference {
                steps: steps.clone(),
                attribute: Some(name.clone()),
                old: Some(value.clone()),
                new: other.map(str::to_owned),
            });
        }
    }
    if mode == Mode::Exact {
        for (name, value) in &new.attributes {
            if old.attribute(name).is_none() {
                found.push(Difference {
                    steps: steps.clone(),
                    attribute: Some(name.clone()),
                    old: None,
                    new: Some(value.clone()),
                });
            }
        }
    }
    if old.text != new.text && !(mode == Mode::Subset && old.text.is_empty()) {
        found.push(Difference {
            steps: steps.clone(),
            attribute: None,
            old: readable_text(old),
            new: readable_text(new),
        });
    }
    let old_children = keyed(old);
    let new_children = keyed(new);
    for (step, child) in &old_children {
        match new_children.iter().find(|(other, _)| same_place(step, other)) {
            Some((_, other)) => {
                steps.push(step.clone());
                compare(child, other, mode, steps, found);
                steps.pop();
            }
            None => found.push(whole(steps, step, Some(child), None)),
        }
    }
    if mode == Mode::Exact {
        for (step, child) in &new_children {
            if !old_children.iter().any(|(other, _)| same_place(step, other)) {
                found.push(whole(steps, step, None, Some(child)));
            }
        }
    }
}

fn whole(steps: &[Step], step: &Step, old: Option<&Element>, new: Option<&Element>) -> Difference {
    let mut steps = steps.to_vec();
    steps.push(step.clone());
    Difference { steps, attribute: None, old: old.map(summary), new: new.map(summary) }
}

fn same_place(one: &Step, other: &Step) -> bool {
    one.name == other.name && one.key == other.key && (one.key.is_some() || one.index == other.index)
}

/// The children with what tells them apart.
pub fn keyed(parent: &Element) -> Vec<(Step, &Element)> {
    let mut seen: Vec<(&str, usize)> = Vec::new();
    let mut keyed: Vec<(Step, &Element)> = Vec::new();
    for child in &parent.children {
        let index = match seen.iter_mut().find(|(name, _)| *name == child.name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                seen.push((&child.name, 0));
                0
            }
        };
        let mut key = identity(child);
        // Two elements of one identity (two default consoles) are told apart by their order after all.
        if key.is_some() && keyed.iter().any(|(step, _)| step.name == child.name && step.key == key) {
            key = None;
        }
        let volume = child.at(&["source"]).and_then(|source| source.attribute("volume")).map(str::to_owned);
        let cdrom = child.name == "disk" && child.attribute("device") == Some("cdrom");
        keyed.push((Step { name: child.name.clone(), key, index, volume, cdrom }, child));
    }
    keyed
}

/// What tells an element from its siblings of the same name, where its order does not.
fn identity(element: &Element) -> Option<String> {
    let attribute = |path: &[&str], name: &str| element.at(path)?.attribute(name).map(str::to_owned);
    match element.name.as_str() {
        "disk" | "filesystem" => attribute(&["target"], "dev").or_else(|| attribute(&["target"], "dir")),
        "interface" => attribute(&["mac"], "address"),
        "channel" => attribute(&["target"], "name"),
        "graphics" => attribute(&[], "type"),
        "controller" => {
            let kind = element.attribute("type")?;
            Some(match (element.attribute("index"), element.attribute("model")) {
                (Some(index), _) if index != "0" => format!("{kind}.{index}"),
                _ => kind.to_owned(),
            })
        }
        "input" => {
            Some(format!("{}.{}", element.attribute("type")?, element.attribute("bus").unwrap_or("ps2")))
        }
        "host" => attribute(&[], "mac").or_else(|| attribute(&[], "ip")).or_else(|| attribute(&[], "name")),
        "hostdev" => {
            let address = element.at(&["source", "address"])?;
            if let Some(uuid) = address.attribute("uuid") {
                return Some(uuid.to_owned());
            }
            let part = |name| address.attribute(name).and_then(number).unwrap_or(0);
            Some(format!(
                "{:04x}:{:02x}:{:02x}.{}",
                part("domain"),
                part("bus"),
                part("slot"),
                part("function")
            ))
        }
        "ip" => attribute(&[], "address"),
        "range" => attribute(&[], "start"),
        "feature" | "timer" => attribute(&[], "name"),
        _ => None,
    }
}

fn same_value(steps: &[Step], attribute: &str, old: &str, new: &str) -> bool {
    old == new
        || number(old).is_some_and(|value| number(new) == Some(value))
        || (attribute == "machine"
            && steps.last().is_some_and(|step| step.name == "type")
            && (is_alias(old, new) || is_alias(new, old)))
}

/// Whether libvirt replaces machine type `alias` by `versioned`: `q35` by `pc-q35-7.2`.
fn is_alias(alias: &str, versioned: &str) -> bool {
    let family = match alias {
        "q35" => "pc-q35-",
        "pc" => "pc-i440fx-",
        other => return versioned.strip_prefix(other).is_some_and(|rest| rest.starts_with('-')),
    };
    versioned.starts_with(family)
}

fn number(value: &str) -> Option<u64> {
    match value.strip_prefix("0x") {
        Some(hexadecimal) => u64::from_str_radix(hexadecimal, 16).ok(),
        None => value.parse().ok(),
    }
}

fn readable_text(element: &Element) -> Option<String> {
    if let Some(bytes) = size_in_bytes(element) {
        return Some(readable_size(bytes));
    }
    (!element.text.is_empty()).then(|| element.text.clone())
}

/// An element in a few words, for a plan.
pub fn summary(element: &Element) -> String {
    if let Some(text) = readable_text(element) {
        return text;
    }
    let source = element.child("source").into_iter().flat_map(|source| &source.attributes);
    let values: Vec<String> = match element.name.as_str() {
        "disk" | "interface" | "filesystem" => source
            .filter(|(name, _)| {
                matches!(
                    name.as_str(),
                    "volume" | "file" | "dev" | "dir" | "network" | "bridge" | "pool" | "name"
                )
            })
            .map(|(_, value)| value.clone())
            .collect(),
        _ => element.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect(),
    };
    if !values.is_empty() {
        return values.join(" ");
    }
    let inside: Vec<&str> = element.children.iter().map(|child| child.name.as_str()).collect();
    if inside.is_empty() { "present".to_owned() } else { inside.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::{Mode, differences, normalise};
    use crate::xml::Element;

    fn found(old: &str, new: &str, mode: Mode) -> Vec<String> {
        let parse = |source| normalise(&Element::parse(source).expect("well-formed"));
        differences(&parse(old), &parse(new), mode)
            .iter()
            .map(|found| {
                let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
                format!("{}: {} → {}", found.part(), side(&found.old), side(&found.new))
            })
            .collect()
    }

    const WANTED: &str = "<domain type='kvm'><name>web</name><memory unit='MiB'>1024</memory><vcpu>2</vcpu>
        <os><type machine='q35'>hvm</type></os><devices>
        <disk type='volume'><source pool='p' volume='web-boot.qcow2'/><target dev='vda' bus='virtio'/></disk>
        <hostdev><source><address bus='0x09' slot='0'/></source></hostdev>
        <interface type='network'><mac address='52:54:00:AA:00:01'/><source network='lan'/></interface>
        </devices></domain>";

    #[test]
    fn what_libvirt_fills_in_is_no_difference() {
        let actual = "<domain type='kvm' id='3'><name>web</name><uuid>u</uuid><memory unit='KiB'>1048576</memory>
            <currentMemory unit='KiB'>1048576</currentMemory><vcpu placement='static'>2</vcpu>
            <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os><devices>
            <controller type='usb' index='0'/>
            <disk type='volume' device='disk'><source pool='p' volume='web-boot.qcow2'/>
            <target dev='vda' bus='virtio'/><address type='pci'/></disk>
            <interface type='network'><mac address='52:54:00:aa:00:01'/><source network='lan'/><model type='e1000'/></interface>
            <hostdev><source><address domain='0x0000' bus='0x09' slot='0x00'/></source></hostdev>
            </devices></domain>";
        insta::assert_debug_snapshot!(found(WANTED, actual, Mode::Subset), @"[]");
    }

    #[test]
    fn differences_name_their_part() {
        let actual = WANTED
            .replace("1024", "2048")
            .replace("bus='virtio'", "bus='sata'")
            .replace("network='lan'", "network='wan'")
            .replace("<vcpu>2</vcpu>", "");
        insta::assert_debug_snapshot!(found(WANTED, &actual, Mode::Exact), @r#"
        [
            "memory: 1024 MiB → 2048 MiB",
            "vcpu: 2 → -",
            "devices/disk[vda]/target@bus: virtio → sata",
            "devices/interface[52:54:00:aa:00:01]/source@network: lan → wan",
        ]
        "#);
    }

    #[test]
    fn added_and_removed_elements_are_told_in_few_words() {
        let disk = "<disk type='volume'><source pool='p' volume='web-data.qcow2'/><target dev='vdb'/></disk>";
        let more = WANTED.replace("<hostdev>", &format!("{disk}<hostdev>"));
        insta::assert_debug_snapshot!(found(WANTED, &more, Mode::Exact), @r#"
        [
            "devices/disk[vdb]: - → p web-data.qcow2",
        ]
        "#);
        insta::assert_debug_snapshot!(found(&more, WANTED, Mode::Subset), @r#"
        [
            "devices/disk[vdb]: p web-data.qcow2 → -",
        ]
        "#);
    }
}

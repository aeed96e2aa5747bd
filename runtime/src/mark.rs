//! Launchnix's mark in a domain's metadata: whose the domain is, and what was last applied to it.
//!
//! There is no state file to lose: the record lives and dies with the domain. It also keeps, per volume, whether the
//! volume is known to be complete; see `docs/apply.md` for why that makes a killed upload harmless.

use launchnix_schema::manifest::XML_NAMESPACE;

use crate::xml::Element;

/// The prefix under which libvirt keeps the mark.
pub const PREFIX: &str = "launchnix";

/// The mark of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The fleet that the domain belongs to.
    pub fleet: String,
    /// The machine's name in that fleet.
    pub name: String,
    /// What the runtime recorded; none where the domain was defined by other means.
    pub record: Option<Record>,
}

/// What was last applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Digest of the domain's XML as it was wanted, after the adaptation to the host.
    pub digest: String,
    /// Digest of what libvirt made of it.
    pub readback: Option<String>,
    /// The XML as it was wanted.
    pub applied: String,
    /// Parts where libvirt keeps something else than was wanted; they are no drift.
    pub kept: Vec<String>,
    /// Whether KVM turned out to be unusable when the domain was started.
    pub emulated: bool,
    /// The volumes of its disks and what backs them.
    pub volumes: Vec<RecordedVolume>,
    /// The pools and networks that it uses, with the digest of what was applied to each.
    pub uses: Vec<Use>,
}

/// A volume in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedVolume {
    /// Its pool.
    pub pool: String,
    /// Its name.
    pub name: String,
    /// The disk that it is; none for a base image.
    pub disk: Option<String>,
    /// Whether its content is all there. A volume that exists and is not complete was being made when `apply` ended.
    pub complete: bool,
}

/// A pool or network in a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// `pool` or `network`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Digest of its XML as it was wanted.
    pub digest: String,
}

impl Mark {
    /// Reads the mark from a domain's XML.
    pub fn of_domain(domain: &Element) -> Option<Self> {
        let metadata = domain.child("metadata")?;
        metadata.children.iter().find(|child| is_mark(child, metadata, domain)).and_then(Self::parse)
    }

    fn parse(element: &Element) -> Option<Self> {
        Some(Self {
            fleet: element.attribute("fleet")?.to_owned(),
            name: element.attribute("name")?.to_owned(),
            record: element
                .children
                .iter()
                .find(|child| child.local_name() == "record")
                .and_then(parse_record),
        })
    }

    /// The mark as libvirt's `virDomainSetMetadata` takes it: that call adds the namespace to the root itself.
    pub fn to_element(&self) -> Element {
        let mut element = Element::new("machine").with("fleet", &self.fleet).with("name", &self.name);
        if let Some(record) = &self.record {
            element.children.push(record_element(record));
        }
        element
    }

    /// Puts the mark into a domain's XML, in the place of the one there.
    pub fn put_into(&self, domain: &mut Element) {
        let mut own = self.to_element();
        own.name = format!("{PREFIX}:machine");
        own.attributes.insert(0, (format!("xmlns:{PREFIX}"), XML_NAMESPACE.to_owned()));
        let outer = domain.clone();
        if domain.child("metadata").is_none() {
            domain.children.push(Element::new("metadata"));
        }
        let metadata = domain.child_mut("metadata").expect("it was just put there");
        let before = metadata.clone();
        metadata.children.retain(|child| !is_mark(child, &before, &outer));
        metadata.children.push(own);
    }
}

impl Record {
    /// What the record says of a volume.
    pub fn volume(&self, pool: &str, name: &str) -> Option<&RecordedVolume> {
        self.volumes.iter().find(|volume| volume.pool == pool && volume.name == name)
    }
}

/// Whether an element of `<metadata>` is in Launchnix's namespace: the prefix is bound on it or above it.
fn is_mark(element: &Element, metadata: &Element, domain: &Element) -> bool {
    let declaration = match element.name.split_once(':') {
        Some((prefix, _)) => format!("xmlns:{prefix}"),
        None => "xmlns".to_owned(),
    };
    let bound = [element, metadata, domain].iter().find_map(|scope| scope.attribute(&declaration));
    bound == Some(XML_NAMESPACE) && element.local_name() == "machine"
}

fn record_element(record: &Record) -> Element {
    let mut element = Element::new("record").with("version", "1").with("digest", &record.digest);
    if let Some(readback) = &record.readback {
        element.set("readback", readback);
    }
    if record.emulated {
        element.set("emulated", "yes");
    }
    for volume in &record.volumes {
        let mut child = Element::new("volume").with("pool", &volume.pool).with("name", &volume.name);
        if let Some(disk) = &volume.disk {
            child.set("disk", disk);
        }
        element.children.push(child.with("state", if volume.complete { "complete" } else { "pending" }));
    }
    for used in &record.uses {
        element.children.push(
            Element::new("uses")
                .with("kind", &used.kind)
                .with("name", &used.name)
                .with("digest", &used.digest),
        );
    }
    for part in &record.kept {
        element.children.push(Element::new("kept").with("part", part));
    }
    element.children.push(Element::new("applied").with_text(record.applied.trim()));
    element
}

fn parse_record(element: &Element) -> Option<Record> {
    if element.attribute("version") != Some("1") {
        return None;
    }
    let mut record = Record {
        digest: element.attribute("digest")?.to_owned(),
        readback: element.attribute("readback").map(str::to_owned),
        emulated: element.attribute("emulated") == Some("yes"),
        ..Record::default()
    };
    for child in &element.children {
        let attribute = |name| child.attribute(name).map(str::to_owned);
        match child.local_name() {
            "volume" => record.volumes.push(RecordedVolume {
                pool: attribute("pool")?,
                name: attribute("name")?,
                disk: attribute("disk"),
                complete: child.attribute("state") == Some("complete"),
            }),
            "uses" => record.uses.push(Use {
                kind: attribute("kind")?,
                name: attribute("name")?,
                digest: attribute("digest")?,
            }),
            "kept" => record.kept.push(attribute("part")?),
            "applied" => record.applied.clone_from(&child.text),
            _ => {}
        }
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::{Mark, Record, RecordedVolume, Use};
    use crate::xml::Element;

    #[test]
    fn a_mark_survives_the_domain() {
        let mark = Mark {
            fleet: "blog".into(),
            name: "web".into(),
            record: Some(Record {
                digest: "d".into(),
                readback: Some("r".into()),
                applied: "<domain a='&lt;'>x &amp; y</domain>".into(),
                kept: vec!["cpu@check".into()],
                emulated: true,
                volumes: vec![RecordedVolume {
                    pool: "p".into(),
                    name: "v".into(),
                    disk: Some("boot".into()),
                    complete: false,
                }],
                uses: vec![Use { kind: "network".into(), name: "lan".into(), digest: "n".into() }],
            }),
        };
        let mut domain = Element::parse(
            "<domain><metadata><o:x xmlns:o='other'/><l:machine xmlns:l='https://launchnix.dev/xmlns/1' fleet='old' name='web'/></metadata></domain>",
        )
        .expect("well-formed");
        assert_eq!(Mark::of_domain(&domain).map(|mark| mark.fleet), Some("old".to_owned()));
        mark.put_into(&mut domain);
        let written = Element::parse(&domain.to_xml()).expect("well-formed");
        assert_eq!(Mark::of_domain(&written), Some(mark));
        assert_eq!(written.child("metadata").map(|metadata| metadata.children.len()), Some(2));
    }
}

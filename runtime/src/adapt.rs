//! What one host needs changed in a compiled domain.
//!
//! The build directory is the same everywhere; whether KVM can be used is known only here. The adaptation depends on
//! nothing but the document and these facts, so that a second `apply` finds what the first one wanted.

use std::collections::BTreeMap;

use crate::xml::Element;

/// What kind of libvirt driver answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// libvirt's in-process pretence of a hypervisor: it stores no bytes and boots nothing.
    Test,
    /// QEMU, with or without KVM.
    Qemu,
    /// Any other.
    Other,
}

/// What a host can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its driver.
    pub driver: Driver,
    /// Whether KVM runs guests of an architecture; an architecture that is absent was not asked for.
    pub kvm: BTreeMap<String, bool>,
}

/// The architecture of a domain that names none is the host's.
pub const HOST_ARCHITECTURE: &str = "";

/// The architecture that a domain asks for.
pub fn architecture(domain: &Element) -> &str {
    domain.at(&["os", "type"]).and_then(|kind| kind.attribute("arch")).unwrap_or(HOST_ARCHITECTURE)
}

/// The domain as this host can run it. `emulated` says that KVM was tried for it and does not work.
/// With it comes what was given up, as a sentence.
pub fn adapt(domain: &Element, facts: &Facts, emulated: bool) -> (Element, Option<String>) {
    let mut adapted = domain.clone();
    match facts.driver {
        Driver::Test => {
            adapted.set("type", "test");
            (adapted, None)
        }
        Driver::Other => (adapted, None),
        Driver::Qemu => {
            let kvm = facts.kvm.get(architecture(domain)).copied().unwrap_or(true) && !emulated;
            if domain.attribute("type") != Some("kvm") || kvm {
                return (adapted, None);
            }
            adapted.set("type", "qemu");
            if let Some(cpu) = adapted.child_mut("cpu")
                && matches!(cpu.attribute("mode"), Some("host-passthrough" | "host-model"))
            {
                // The emulator has no host processor to pass on; `maximum` is all that it can emulate.
                cpu.attributes.retain(|(name, _)| name == "mode");
                cpu.set("mode", "maximum");
                cpu.children.retain(|child| child.name == "topology" || child.name == "numa");
            }
            if let Some(features) = adapted.child_mut("features") {
                features.children.retain(|child| child.name != "kvm" && child.name != "hyperv");
            }
            let note = "KVM is not available on this host: emulated, which is slow \
                        (`virtualisation = \"qemu\"` says so on purpose)";
            (adapted, Some(note.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Driver, Facts, adapt};
    use crate::xml::Element;

    #[test]
    fn without_kvm_a_domain_is_emulated() {
        let domain = Element::parse(
            "<domain type='kvm'><os><type arch='x86_64'>hvm</type></os>\
             <cpu mode='host-passthrough' check='none' migratable='on'><topology sockets='1'/></cpu></domain>",
        )
        .expect("well-formed");
        let facts = |driver, kvm| Facts { driver, kvm: BTreeMap::from([("x86_64".to_owned(), kvm)]) };
        assert_eq!(adapt(&domain, &facts(Driver::Qemu, true), false), (domain.clone(), None));
        let (adapted, note) = adapt(&domain, &facts(Driver::Qemu, false), false);
        insta::assert_snapshot!(adapted.to_xml(), @r#"
        <domain type="qemu">
          <os>
            <type arch="x86_64">hvm</type>
          </os>
          <cpu mode="maximum">
            <topology sockets="1"/>
          </cpu>
        </domain>
        "#);
        assert!(note.is_some());
        assert_eq!(adapt(&domain, &facts(Driver::Qemu, true), true).0, adapted);
        assert_eq!(adapt(&domain, &facts(Driver::Test, false), false).0.attribute("type"), Some("test"));
    }
}

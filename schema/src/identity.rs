//! Identities that are computed, not stored: the same deployment gives the same UUIDs and MAC addresses on every
//! machine, so that a redefine keeps both and the runtime recognises what a deployment made.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::manifest::XML_NAMESPACE;

/// The UUID of a machine's domain.
pub fn machine_uuid(fleet: &str, machine: &str) -> Uuid {
    uuid(&format!("{fleet}/{machine}"))
}

/// The UUID of a storage pool that the deployment declares.
///
/// libvirt 9 keeps no metadata for pools and networks: this UUID is their mark of ownership.
pub fn pool_uuid(fleet: &str, pool: &str) -> Uuid {
    uuid(&format!("{fleet}/pool/{pool}"))
}

/// The UUID of a network that the deployment declares; its mark of ownership, as for pools.
pub fn network_uuid(fleet: &str, network: &str) -> Uuid {
    uuid(&format!("{fleet}/network/{network}"))
}

/// The UUID of a machine's mediated device (`vGPUType`).
pub fn mediated_device_uuid(fleet: &str, machine: &str) -> Uuid {
    uuid(&format!("{fleet}/{machine}/mdev"))
}

/// The MAC address of a machine's interface, counted from 0, where the deployment gives none.
pub fn mac_address(fleet: &str, machine: &str, index: usize) -> String {
    let hash = Sha256::digest(format!("{fleet}/{machine}/nic{index}"));
    // 52:54:00 is the prefix that QEMU and libvirt use for guests.
    format!("52:54:00:{:02x}:{:02x}:{:02x}", hash[0], hash[1], hash[2])
}

fn uuid(name: &str) -> Uuid {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, XML_NAMESPACE.as_bytes());
    Uuid::new_v5(&namespace, name.as_bytes())
}

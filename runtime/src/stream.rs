//! The libvirt calls that the `virt` crate does not wrap: holes in streams, and DHCP leases with their expiry.
#![expect(
    unsafe_code,
    reason = "each call passes pointers that outlive it, owned by live `virt` objects, checks the status libvirt \
              returns before it reads any output, and frees what libvirt says the caller must free"
)]

use std::ffi::{CStr, c_char};

use virt::error::Error;
use virt::network::Network;
use virt::stream::Stream;
use virt::sys;

/// Sends a run of zeros as a hole.
pub(crate) fn send_hole(stream: &Stream, length: u64) -> Result<(), Error> {
    let length = i64::try_from(length).expect("a hole is part of a file, whose length fits");
    // SAFETY: the pointer is valid while `stream` is borrowed; libvirt takes no other argument by reference.
    let status = unsafe { sys::virStreamSendHole(stream.as_ptr(), length, 0) };
    if status < 0 { Err(Error::last_error()) } else { Ok(()) }
}

/// An address that a network's DHCP server has given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lease {
    /// The MAC address it was given to, in lower case.
    pub mac: String,
    /// The address.
    pub address: String,
    /// When it ends, in seconds since 1970. A lease that was renewed ends later than before.
    pub expiry: i64,
}

/// The leases of a network.
pub(crate) fn leases(network: &Network) -> Result<Vec<Lease>, Error> {
    let mut list: *mut sys::virNetworkDHCPLeasePtr = std::ptr::null_mut();
    // SAFETY: the network's pointer is valid while it is borrowed; a null MAC asks for all leases; `list` is a valid
    // place for the array that libvirt allocates.
    let count = unsafe { sys::virNetworkGetDHCPLeases(network.as_ptr(), std::ptr::null(), &raw mut list, 0) };
    let Ok(count) = usize::try_from(count) else { return Err(Error::last_error()) };
    let mut leases = Vec::with_capacity(count);
    for index in 0..count {
        // SAFETY: libvirt returned `count` valid entries, each of which the caller frees once.
        unsafe {
            let lease = *list.add(index);
            leases.push(Lease {
                mac: text((*lease).mac).to_ascii_lowercase(),
                address: text((*lease).ipaddr),
                expiry: (*lease).expirytime,
            });
            sys::virNetworkDHCPLeaseFree(lease);
        }
    }
    if !list.is_null() {
        // SAFETY: the array itself was allocated by libvirt with `malloc`, and nothing points into it any more.
        unsafe { libc::free(list.cast()) };
    }
    Ok(leases)
}

/// # Safety
///
/// `text` is null or a valid C string.
unsafe fn text(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: by the contract of this function.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

//! Names.

/// Declares a name: a string that was checked when it was parsed.
macro_rules! name {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use name;

name! {
    /// A machine: a host label that libvirt, morph and ssh all accept.
    MachineName
}
name! {
    /// The identity of a fleet: part of every UUID and MAC address.
    FleetName
}
name! {
    /// A libvirt storage pool.
    PoolName
}
name! {
    /// A libvirt network.
    NetworkName
}
name! {
    /// A disk of one machine.
    DiskName
}
name! {
    /// A network interface inside a guest: `ens3`.
    InterfaceName
}
name! {
    /// A bridge device on the hypervisor: `br0`.
    BridgeName
}
name! {
    /// A DNS domain: `lan.example.org`.
    DomainName
}
name! {
    /// A Unix user.
    UserName
}

//! Names: each is checked when it is parsed, and valid from then on.

use launchnix_diagnostics::Code;

use crate::decode::Malformed;

/// Names that morph's network file gives a meaning of its own, so that no machine can have them.
const RESERVED: &[&str] = &["network", "defaults", "resources", "require", "_file"];

/// What a kind of name may be made of.
struct Rule {
    /// Greatest length in bytes, and why.
    longest: (usize, &'static str),
    /// Characters besides ASCII letters and digits.
    also: &'static [char],
    /// What the allowed characters are called.
    allowed: &'static str,
    /// What a name of this kind matches.
    pattern: &'static str,
}

/// A host label (RFC 1123).
const LABEL: Rule = Rule {
    longest: (63, "a host label has at most 63 characters"),
    also: &['-'],
    allowed: "only letters, digits and `-` can stand in a host name",
    pattern: "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
};
/// A name that becomes a file name and an XML attribute.
const FILE: Rule = Rule {
    longest: (63, "a name has at most 63 characters, so that file names made from it stay valid"),
    also: &['-', '_', '.'],
    allowed: "only letters, digits, `-`, `_` and `.` can stand in a name",
    pattern: "^[A-Za-z0-9_]([A-Za-z0-9._-]{0,61}[A-Za-z0-9_])?$",
};
/// A network device of Linux.
const DEVICE: Rule = Rule {
    longest: (15, "Linux names network devices with at most 15 characters"),
    also: &['-', '_', '.'],
    allowed: "only letters, digits, `-`, `_` and `.` can stand in the name of a network device",
    pattern: "^[A-Za-z0-9_]([A-Za-z0-9._-]{0,13}[A-Za-z0-9_])?$",
};
/// A Unix user.
const USER: Rule = Rule {
    longest: (32, "Linux names users with at most 32 characters"),
    also: &['-', '_', '.'],
    allowed: "only letters, digits, `-`, `_` and `.` can stand in a user's name",
    pattern: "^[A-Za-z0-9_]([A-Za-z0-9._-]{0,30}[A-Za-z0-9_])?$",
};

impl Rule {
    fn check(&self, text: &str) -> Result<(), Malformed> {
        let invalid =
            |start, end, reason: &str| Err(Malformed::new(start..end, reason).coded(Code::InvalidName));
        if text.is_empty() {
            return invalid(0, 0, "a name is not empty");
        }
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || self.also.contains(&letter);
        let rewritten = |malformed: Malformed| {
            let plain = text.replace(|letter: char| !allowed(letter), "-");
            let plain = plain.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
            if plain.is_empty() { malformed } else { malformed.rewritten(plain, false) }
        };
        if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !allowed(*letter)) {
            return invalid(at, at + letter.len_utf8(), self.allowed).map_err(rewritten);
        }
        if text.len() > self.longest.0 {
            return invalid(self.longest.0, text.len(), self.longest.1);
        }
        if text.starts_with(['-', '.']) {
            return invalid(0, 1, "a name does not start with `-` or `.`").map_err(rewritten);
        }
        if text.ends_with(['-', '.']) {
            return invalid(text.len() - 1, text.len(), "a name does not end with `-` or `.`")
                .map_err(rewritten);
        }
        Ok(())
    }
}

/// Declares a name: a string that was checked when it was parsed.
macro_rules! name {
    ($(#[$doc:meta])+ $name:ident, $form:literal, $pattern:expr, $check:expr) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(ecow::EcoString);

        impl $name {
            /// The name that a string is; `None` where the string is not valid as one.
            pub fn new(text: &str) -> Option<Self> {
                crate::decode::FromText::from_text(text).ok()
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl crate::decode::FromText for $name {
            const FORM: &'static str = $form;
            const PATTERN: &'static str = $pattern;

            fn from_text(text: &str) -> Result<Self, crate::decode::Malformed> {
                let check: fn(&str) -> Result<(), crate::decode::Malformed> = $check;
                check(text).map(|()| Self(text.into()))
            }
        }

        crate::decode::decode_from_text!($name);

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
    MachineName, "a machine's name", LABEL.pattern, machine
}
name! {
    /// The identity of a fleet: part of every UUID and MAC address.
    FleetName, "a fleet's name", FILE.pattern, |text| FILE.check(text)
}
name! {
    /// A libvirt storage pool.
    PoolName, "a storage pool's name", FILE.pattern, |text| FILE.check(text)
}
name! {
    /// A libvirt network.
    NetworkName, "a network's name", FILE.pattern, |text| FILE.check(text)
}
name! {
    /// A disk of one machine.
    DiskName, "a disk's name", FILE.pattern, disk
}
name! {
    /// A network interface inside a guest: `ens3`.
    InterfaceName, "a network interface's name", DEVICE.pattern, |text| DEVICE.check(text)
}
name! {
    /// A bridge device on the hypervisor: `br0`.
    BridgeName, "a bridge's name", DEVICE.pattern, |text| DEVICE.check(text)
}
name! {
    /// A DNS domain: `lan.example.org`.
    DomainName, "a DNS domain", r"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$", domain
}
name! {
    /// A Unix user.
    UserName, "a user's name", USER.pattern, user
}

impl MachineName {
    /// What stands in for a name that has a mistake; such a machine is never part of a decoded deployment.
    pub(crate) fn unknown() -> Self {
        Self("unknown".into())
    }
}

impl PoolName {
    /// The pool that libvirt's tools make on a fresh host.
    pub const USUAL: &'static str = "default";

    /// The pool of this [name](Self::USUAL).
    pub fn usual() -> Self {
        Self(Self::USUAL.into())
    }
}

impl NetworkName {
    /// The network that libvirt's packages bring.
    pub const USUAL: &'static str = "default";

    /// The network of this [name](Self::USUAL).
    pub fn usual() -> Self {
        Self(Self::USUAL.into())
    }
}

impl DiskName {
    /// The disk that a machine boots from unless its boot order says otherwise.
    pub fn boot() -> Self {
        Self("boot".into())
    }
}

impl InterfaceName {
    /// The first network card of a machine as Debian's and NixOS's naming has it.
    pub fn usual() -> Self {
        Self("ens3".into())
    }
}

impl UserName {
    /// The user that morph deploys as.
    pub fn root() -> Self {
        Self("root".into())
    }
}

impl FleetName {
    /// The fleet that has no name of its own.
    pub fn usual() -> Self {
        Self("default".into())
    }

    /// The fleet of one machine.
    pub fn of_machine(machine: &MachineName) -> Self {
        Self(machine.0.clone())
    }
}

fn machine(text: &str) -> Result<(), Malformed> {
    let invalid = |reason: String| Malformed::new(0..text.len(), reason).coded(Code::InvalidName);
    if RESERVED.contains(&text) {
        return Err(invalid(format!("morph gives the name `{text}` a meaning of its own"))
            .with_help(format!("choose another name, such as `{}-1`", text.trim_start_matches('_'))));
    }
    LABEL.check(text)?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid("libvirt and ssh take a name of digits alone for a number or an address".into())
            .with_help(format!("begin with a letter: `vm-{text}`")));
    }
    Ok(())
}

fn user(text: &str) -> Result<(), Malformed> {
    if let Some((user, _)) = text.split_once('@')
        && USER.check(user).is_ok()
    {
        return Err(Malformed::new(user.len()..text.len(), "the host is not a part of the user's name")
            .coded(Code::InvalidName)
            .rewritten(user, false));
    }
    USER.check(text)
}

fn disk(text: &str) -> Result<(), Malformed> {
    FILE.check(text)?;
    if text.eq_ignore_ascii_case("pxe") || text.eq_ignore_ascii_case("cdrom") {
        return Err(Malformed::new(0..text.len(), "`bootOrder` gives this word a meaning of its own")
            .coded(Code::InvalidName)
            .with_help("choose another name for the disk"));
    }
    Ok(())
}

fn domain(text: &str) -> Result<(), Malformed> {
    if text.len() > 253 {
        return Err(Malformed::new(253..text.len(), "a DNS name has at most 253 characters"));
    }
    let mut start = 0;
    for label in text.split('.') {
        LABEL.check(label).map_err(|malformed| Malformed {
            range: start + malformed.range.start..start + malformed.range.end,
            code: Code::Malformed,
            reason: if label.is_empty() {
                "a label between dots is not empty".into()
            } else {
                malformed.reason
            },
            ..Malformed::new(0..0, "")
        })?;
        start += label.len() + 1;
    }
    Ok(())
}

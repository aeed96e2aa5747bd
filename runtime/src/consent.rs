//! What the user allows that would lose data or cut power.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// One permission, as `--allow` takes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// `destroy:web/data`: remove the disk and all that is on it.
    DestroyDisk(String, String),
    /// `destroy:web`: remove a machine that the deployment no longer has.
    DestroyMachine(String),
    /// `poweroff:web`: cut the power where the guest does not shut down in time.
    PowerOff(String),
    /// `adopt:web/data`: take an existing volume as the disk, as it is.
    AdoptDisk(String, String),
    /// `discard:web`: give up the memory that was saved to disk, from which the machine would continue.
    DiscardSaved(String),
}

/// All permissions of a run.
#[derive(Clone, Debug, Default)]
pub struct Consent(BTreeSet<Permission>);

impl Consent {
    /// Whether something is allowed.
    pub fn allows(&self, permission: &Permission) -> bool {
        self.0.contains(permission)
    }

    /// The permissions given.
    pub fn iter(&self) -> impl Iterator<Item = &Permission> {
        self.0.iter()
    }
}

impl FromIterator<Permission> for Consent {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

impl FromStr for Permission {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is none of `destroy:MACHINE/DISK`, `destroy:MACHINE`, `poweroff:MACHINE`, \
                 `adopt:MACHINE/DISK`, `discard:MACHINE`"
            )
        };
        let (verb, object) = text.split_once(':').ok_or_else(wrong)?;
        let disk = object.split_once('/').map(|(machine, disk)| (machine.to_owned(), disk.to_owned()));
        if object.is_empty()
            || disk.as_ref().is_some_and(|(machine, disk)| machine.is_empty() || disk.is_empty())
        {
            return Err(wrong());
        }
        match (verb, disk) {
            ("destroy", Some((machine, disk))) => Ok(Self::DestroyDisk(machine, disk)),
            ("destroy", None) => Ok(Self::DestroyMachine(object.to_owned())),
            ("adopt", Some((machine, disk))) => Ok(Self::AdoptDisk(machine, disk)),
            ("poweroff", None) => Ok(Self::PowerOff(object.to_owned())),
            ("discard", None) => Ok(Self::DiscardSaved(object.to_owned())),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DestroyDisk(machine, disk) => write!(formatter, "destroy:{machine}/{disk}"),
            Self::DestroyMachine(machine) => write!(formatter, "destroy:{machine}"),
            Self::PowerOff(machine) => write!(formatter, "poweroff:{machine}"),
            Self::AdoptDisk(machine, disk) => write!(formatter, "adopt:{machine}/{disk}"),
            Self::DiscardSaved(machine) => write!(formatter, "discard:{machine}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Permission;

    #[test]
    fn permissions_read_back() {
        for text in ["destroy:web/data", "destroy:web", "poweroff:web", "adopt:web/boot", "discard:web"] {
            assert_eq!(
                text.parse::<Permission>().map(|permission| permission.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in ["", "destroy", "destroy:", "poweroff:web/boot", "adopt:web", "remove:web", "destroy:/x"]
        {
            assert!(text.parse::<Permission>().is_err(), "{text}");
        }
    }
}

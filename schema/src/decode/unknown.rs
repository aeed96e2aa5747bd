//! Attributes that are no options: what was meant, or where they belong.

use launchnix_diagnostics::{Applicability, Code, Diagnostic, Fix, Span};

use super::Decoder;
use super::fleet::{MachineEntry, Top};
use crate::option::{Key, OptionInfo, Options};
use crate::options::{
    Checks, CloudInit, Cpus, Disk, Interface, MachineOptions, Network, PciDevice, Pool, Secret, SharedFolder,
    StaticIp, UsbDevice,
};

/// Where options live, as messages say it, in the order in which they are tried.
const PLACES: &[(&str, &[OptionInfo])] = &[
    ("`deployment`", MachineOptions::OPTIONS),
    ("`initialDisks.<name>`", Disk::OPTIONS),
    ("an element of `interfaces`", Interface::OPTIONS),
    ("an element of `staticIPs`", StaticIp::OPTIONS),
    ("an element of `pciDevices`", PciDevice::OPTIONS),
    ("`networks.<name>`", Network::OPTIONS),
    ("`pools.<name>`", Pool::OPTIONS),
    ("`cpus`", Cpus::OPTIONS),
    ("`cloudInit`", CloudInit::OPTIONS),
    ("`sharedFolders.<name>`", SharedFolder::OPTIONS),
    ("an element of `usbDevices`", UsbDevice::OPTIONS),
    ("`secrets.<name>`", Secret::OPTIONS),
    ("`healthChecks`", Checks::OPTIONS),
    ("the machine, beside `deployment`", MachineEntry::OPTIONS),
    ("the fleet, at the top of the file", Top::OPTIONS),
];

/// What begins the paths of NixOS options.
const NIXOS: &[&str] = &[
    "boot",
    "console",
    "environment",
    "fileSystems",
    "fonts",
    "hardware",
    "i18n",
    "imports",
    "networking",
    "nix",
    "programs",
    "security",
    "services",
    "swapDevices",
    "system",
    "systemd",
    "time",
    "users",
];

/// What other programs call our options.
const SYNONYMS: &[(&str, &str)] = &[
    ("memory", "ram"),
    ("mem", "ram"),
    ("memorySize", "ram"),
    ("memSize", "ram"),
    ("maxMemory", "ram"),
    ("cpu", "cpus"),
    ("vcpu", "cpus"),
    ("vcpus", "cpus"),
    ("cores", "cpus"),
    ("hostname", "name"),
    ("hostName", "name"),
    ("disks", "initialDisks"),
    ("volumes", "initialDisks"),
    ("networks", "interfaces"),
    ("nics", "interfaces"),
    ("iso", "installationMedia"),
    ("cdrom", "installationMedia"),
    ("pool", "storagePoolName"),
    ("storagePool", "storagePoolName"),
    ("xml", "extraConfig"),
    ("uri", "connection"),
    ("nodes", "machines"),
    ("vms", "machines"),
    ("hosts", "machines"),
    ("config", "machine"),
    ("configuration", "machine"),
    ("cidr", "subnet"),
    ("macAddress", "mac"),
    ("capacity", "size"),
    ("image", "fromImage"),
    ("device", "physicalDisk"),
    ("address", "ips"),
    ("addresses", "ips"),
    ("ip", "ips"),
    ("staticIP", "ip"),
    ("fixedIP", "ip"),
    ("address", "ip"),
    ("ipAddress", "ip"),
    ("ipv4", "ip"),
    ("prefixLength", "prefix"),
    ("publicKey", "sshPubKeyPath"),
    ("sshKey", "sshPubKeyPath"),
    ("authorizedKey", "sshPubKeyPath"),
    ("pubKey", "sshPubKeyPath"),
    ("privateKey", "sshPrivKeyPath"),
    ("identityFile", "sshPrivKeyPath"),
    ("user", "sshUser"),
    ("targetUser", "sshUser"),
    ("port", "sshPort"),
    ("targetPort", "sshPort"),
    ("bios", "firmware"),
    ("uefi", "firmware"),
    ("machineName", "name"),
    ("os", "nixos"),
    ("display", "graphics"),
    ("console", "serial"),
    ("shares", "sharedFolders"),
    ("userData", "cloudInit"),
    ("usb", "usbDevices"),
    ("pci", "pciDevices"),
    ("hostDevices", "pciDevices"),
    ("staticIP", "staticIPs"),
    ("source", "path"),
    ("dir", "path"),
    ("directory", "path"),
    ("source", "bridge"),
    ("type", "mode"),
    ("type", "format"),
    ("forward", "mode"),
    ("driver", "model"),
    ("target", "mountPoint"),
    ("mount", "mountPoint"),
    ("address", "id"),
    ("slot", "id"),
    ("vendor", "id"),
    ("vendorId", "id"),
    ("product", "id"),
    ("productId", "id"),
];

/// Reports an unknown attribute. Returns the option that was probably meant, where that is an option of this set
/// which is not set otherwise.
pub(super) fn report(
    key: &Key,
    options: &'static [OptionInfo],
    path: &str,
    set_options: &[&'static str],
    decoder: &mut Decoder<'_>,
) -> Option<&'static str> {
    let name = key.name.as_str();
    let within = if path.is_empty() { String::new() } else { format!(" in `{path}`") };
    // A function that makes several sets has the mistake once, however those are called.
    let topic = format!("there is no option `{name}`");
    let diagnostic = Diagnostic::new(Code::UnknownOption, key.span, format!("{topic}{within}"));
    let here = || options.iter().map(|option| option.name);
    let same = here().find(|option| same_but_form(option, name));
    let elsewhere = PLACES.iter().find(|(_, known)| known.iter().any(|option| option.name == name));
    let means = |is_word: &dyn Fn(&str) -> bool| {
        let known =
            SYNONYMS.iter().find(|(word, option)| is_word(word) && here().any(|known| known == *option));
        known.and_then(|(_, option)| here().find(|known| known == option))
    };
    // An option of another set goes before what only resembles a word for one of these.
    let synonym = means(&|word| word == name)
        .or_else(|| if elsewhere.is_none() { means(&|word| same_but_form(word, name)) } else { None });

    let local = same.or(synonym);
    let of_nixos = NIXOS.contains(&name);
    let local =
        if local.is_none() && elsewhere.is_none() && !of_nixos { nearest(name, here()) } else { local };
    if let Some(meant) = local {
        let mut diagnostic = diagnostic.labelled(format!("did you mean `{meant}`?"));
        if let Some(option) = options.iter().find(|option| option.name == meant) {
            diagnostic = diagnostic.with_help(format!("`{meant}`: {}", option.gist()));
        }
        let is_set = set_options.contains(&meant);
        if !is_set {
            let applicability = if same.is_some() { Applicability::Safe } else { Applicability::Unsafe };
            diagnostic =
                diagnostic.with_fix(Fix { span: key.span, replacement: meant.to_owned(), applicability });
        }
        decoder.push_about(topic, diagnostic);
        return (!is_set).then_some(meant);
    }
    let similar = || {
        let all =
            PLACES.iter().flat_map(|(place, known)| known.iter().map(move |option| (option.name, place)));
        let near = nearest(name, all.clone().map(|(option, _)| option))?;
        all.into_iter().find(|(option, _)| *option == near)
    };
    let diagnostic = if let Some((place, known)) = elsewhere {
        let diagnostic = diagnostic.labelled(format!("belongs to {place}"));
        match known.iter().find(|option| option.name == name) {
            Some(option) => diagnostic.with_help(format!("`{name}`: {}", option.gist())),
            None => diagnostic,
        }
    } else if of_nixos {
        diagnostic
            .labelled("belongs to `machine`")
            .with_help(format!("`{name}` is an option of NixOS: it belongs to the guest's module, `machine`"))
    } else if let Some(option) = options.iter().find(|option| name != "none" && (option.kind)().offers(name))
    {
        diagnostic
            .labelled(format!("a value of `{}`, not an option", option.name))
            .with_help(format!("write `{} = \"{name}\";`", option.name))
    } else if let Some((option, place)) = similar() {
        diagnostic
            .labelled("unknown option")
            .with_help(format!("there is an option `{option}`, which belongs to {place}"))
    } else {
        /// More names than this nobody reads.
        const ENOUGH: usize = 16;
        let names: Vec<_> = here().map(|name| format!("`{name}`")).collect();
        diagnostic.labelled("unknown option").with_help(if names.len() > ENOUGH {
            "remove it; docs/options.md lists all options".to_owned()
        } else {
            format!("the options here are {}", names.join(", "))
        })
    };
    decoder.push_about(topic, diagnostic);
    None
}

/// `deployment` within `deployment`.
pub(super) fn nested(key: &Key, decoder: &mut Decoder<'_>) {
    decoder.push(
        Diagnostic::new(Code::UnknownOption, key.span, "`deployment` stands inside of `deployment`")
            .labelled("one too many")
            .with_help("write its options directly into the outer one"),
    );
}

/// An option that goes by a name which it had before.
pub(super) fn renamed(old: &str, new: &str, key: Span) -> Diagnostic {
    Diagnostic::new(Code::DeprecatedOption, key, format!("`{old}` is called `{new}` now"))
        .labelled("the old name")
        .with_help(format!("write `{new}`"))
        .with_fix(Fix { span: key, replacement: new.to_owned(), applicability: Applicability::Safe })
}

/// An option that is set under its new name and under one that it had before.
pub(super) fn set_twice(old: &str, key: Span, new: &str, new_key: Span) -> Diagnostic {
    Diagnostic::new(Code::Conflict, key, format!("`{old}` and `{new}` are one option"))
        .labelled("the name that it had before")
        .with_label(new_key, "the name that it has")
        .with_help(format!("remove `{old}`"))
}

/// An option that should not be set any more.
pub(super) fn deprecated(name: &str, reason: &str, key: Span) -> Diagnostic {
    Diagnostic::new(Code::DeprecatedOption, key, format!("`{name}` is deprecated"))
        .labelled("deprecated")
        .with_help(reason.to_owned())
}

/// Whether two words differ only in case, in `_` and `-`, or in being singular or plural.
pub(crate) fn same_but_form(one: &str, other: &str) -> bool {
    let plain = |word: &str| {
        let word: String = word.chars().filter(|letter| !matches!(letter, '_' | '-')).collect();
        let word = word.to_lowercase();
        word.strip_suffix('s').map(str::to_owned).unwrap_or(word)
    };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty() && one == other
}

/// The candidate that a misspelt word most likely means.
pub(crate) fn nearest<T: AsRef<str>>(word: &str, candidates: impl IntoIterator<Item = T>) -> Option<T> {
    let lower = word.to_lowercase();
    // Edit distance takes quadratic time, and no option has a name of such length.
    if lower.is_empty() || lower.len() > 64 {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.as_ref().to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            let length = lower.chars().count().max(candidate.as_ref().chars().count());
            *distance <= (length / 3).max(1) && *distance < length
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

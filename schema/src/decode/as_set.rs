//! A bare value where a set with options is needed: the address for an interface, the port for a check.

use super::Input;
use super::from_string::{command, integer_from, parts_of_url};
use super::text::string_literal;
use super::wrong_type::Remedy;
use crate::option::{Kind, OptionInfo, Options};
use crate::options::{CloudInit, Disk, HttpCheck, Interface, Network, Owner, PciDevice, Pool, UsbDevice};
use crate::{Node, Shape};

/// The option that a bare value most likely is, where a set with options is needed: the address for an interface.
fn shorthand(path: &str) -> Option<&'static OptionInfo> {
    let (options, name) = if is_http_check(path) {
        (HttpCheck::OPTIONS, "port")
    } else if path == "cloudInit" {
        (CloudInit::OPTIONS, "userData")
    } else if path.starts_with("secrets.") && path.rsplit('.').next() == Some("owner") {
        (Owner::OPTIONS, "user")
    } else {
        match path.split_once(['.', '['])? {
            (_, rest) if rest.contains('.') => return None,
            ("pciDevices", _) => (PciDevice::OPTIONS, "id"),
            ("usbDevices", _) => (UsbDevice::OPTIONS, "id"),
            ("interfaces", _) => (Interface::OPTIONS, "network"),
            ("initialDisks", _) => (Disk::OPTIONS, "size"),
            ("networks", _) => (Network::OPTIONS, "subnet"),
            ("pools", _) => (Pool::OPTIONS, "path"),
            _ => return None,
        }
    };
    options.iter().find(|option| option.name == name)
}

/// What a disk starts as or is, by a path where the disk's set is needed.
fn source_of_disk<N: Node>(path: &str, found: &Shape<N>) -> Option<&'static OptionInfo> {
    let name = match found {
        Shape::String(text) if text.value.starts_with("/dev/") => "physicalDisk",
        Shape::String(text) if text.value.contains('/') => "fromImage",
        Shape::Path(_) => "fromImage",
        _ => return None,
    };
    let is_disk = path.strip_prefix("initialDisks.").is_some_and(|disk| !disk.contains('.'));
    Disk::OPTIONS.iter().find(|option| is_disk && option.name == name)
}

/// Whether a path is that of an element of `http`.
fn is_http_check(path: &str) -> bool {
    let within = |checks: &str| {
        path.strip_prefix(checks).is_some_and(|rest| rest.starts_with("http[") && rest.ends_with(']'))
    };
    within("healthChecks.") || within("preDeployChecks.")
}

/// The value of an option in Nix that a bare value is or means; `None` where it cannot be one.
fn value_of<N: Node>(option: &OptionInfo, whole: String, found: &Shape<N>) -> Option<String> {
    let kind = (option.kind)();
    match (&kind, found) {
        (Kind::Integer, Shape::String(text)) => {
            integer_from(&text.value, option.unit).map(|(number, _)| number.to_string())
        }
        // A path on the hypervisor may be one of Nix.
        (Kind::Text(form), Shape::Path(_)) => form.contains("path").then_some(whole),
        _ => kind.takes(found).then_some(whole),
    }
}

/// The options of a network, a disk or an interface, by its path.
fn options_of(path: &str) -> &'static [OptionInfo] {
    match path.split_once(['.', '[']) {
        Some((_, rest)) if rest.contains('.') => &[],
        Some(("networks", _)) => Network::OPTIONS,
        Some(("initialDisks", _)) => Disk::OPTIONS,
        Some(("interfaces", _)) => Interface::OPTIONS,
        _ => &[],
    }
}

/// What to write instead of a bare value where a set is needed.
pub(super) fn as_set<N: Node>(input: &Input<N>, found: &Shape<N>) -> Option<Remedy> {
    if let (Some(checks), Shape::String(text)) = (input.path.strip_suffix(']'), found)
        && let Some((_, list)) = checks.split_once("Checks.")
        && list.starts_with("cmd[")
    {
        let words = command(&text.value).unwrap_or_else(|| format!("[ {} ]", string_literal(&text.value)));
        return Some(Remedy::write(format!("{{ cmd = {words}; }}"), false));
    }
    if let (Some(name), Shape::Path(_)) = (input.path.strip_prefix("secrets."), found)
        && !name.contains('.')
    {
        let source = input.node.written()?;
        let after = format!("; destination = \"/var/secrets/{name}\"; }}");
        let help = format!("say where it goes: `{{ source = {source}{after}`");
        return Some(Remedy::around(help, "{ source = ", &after, false));
    }
    let whole = match found {
        Shape::String(text) if text.value.contains('\n') => "…".to_owned(),
        Shape::String(text) => string_literal(&text.value),
        Shape::Int(value) => value.to_string(),
        Shape::Path(_) => input.node.written()?,
        _ => return None,
    };
    // A value of one of its options, such as `"nat"` for a network.
    let offering = match found {
        Shape::String(text) => {
            options_of(&input.path).iter().find(|option| (option.kind)().offers(&text.value))
        }
        _ => None,
    };
    let (before, after) = if let Some(option) = offering {
        (format!("{{ {} = ", option.name), "; }")
    } else if input.path.starts_with("staticIPs[") && !input.path.contains('.') {
        ("{ ips = [ ".to_owned(), " ]; }")
    } else {
        let option = source_of_disk(&input.path, found).or_else(|| shorthand(&input.path))?;
        if let Shape::String(text) = found
            && is_http_check(&input.path)
            && let Some(parts) = parts_of_url(&text.value)
        {
            return Some(Remedy::write(format!("{{ {parts} }}"), false));
        }
        let Some(value) = value_of(option, whole.clone(), found) else {
            let example = format!("for example `{{ {} = {}; }}`", option.name, option.example);
            return Some(Remedy::help(example)).filter(|_| input.option.is_none());
        };
        if value != whole {
            return Some(Remedy::write(format!("{{ {} = {value}; }}", option.name), false));
        }
        (format!("{{ {} = ", option.name), "; }")
    };
    let help = format!("write `{before}{whole}{after}`");
    Some(Remedy::around(help, &before, after, false))
}

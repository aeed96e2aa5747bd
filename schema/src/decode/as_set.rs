//! A bare value where a set with options is needed: the address for an interface, the port for a check.

use super::Input;
use super::from_string::command;
use super::text::string_literal;
use super::wrong_type::Remedy;
use crate::option::{OptionInfo, Options};
use crate::options::{Disk, Interface, Network};
use crate::{Node, Shape};

/// The option that a bare value most likely is, where a set with options is needed: the address for an interface.
fn shorthand(path: &str) -> Option<&'static str> {
    for checks in ["healthChecks.", "preDeployChecks."] {
        if path.strip_prefix(checks).is_some_and(|rest| rest.starts_with("http[") && rest.ends_with(']')) {
            return Some("port");
        }
    }
    if path == "cloudInit" {
        return Some("userData");
    }
    if path.starts_with("secrets.") && path.rsplit('.').next() == Some("owner") {
        return Some("user");
    }
    let (head, rest) = path.split_once(['.', '['])?;
    if rest.contains('.') {
        return None;
    }
    Some(match head {
        "pciDevices" | "usbDevices" => "id",
        "interfaces" => "network",
        "initialDisks" => "size",
        "networks" => "subnet",
        "pools" => "path",
        _ => return None,
    })
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
        (format!("{{ {} = ", shorthand(&input.path)?), "; }")
    };
    let help = format!("write `{before}{whole}{after}`");
    Some(Remedy::around(help, &before, after, false))
}

//! References to things that live outside of the deployment, or elsewhere in it.

use std::borrow::Cow;
use std::fmt;

use launchnix_diagnostics::Code;

use super::DiskName;
use super::name::name;
use crate::decode::{FromText, Malformed, decode_from_text, nearest};

/// The drivers of libvirt that Launchnix knows.
const DRIVERS: &[&str] = &["qemu", "test"];
/// How libvirt reaches another host.
const TRANSPORTS: &[&str] = &["unix", "ssh", "tls", "tcp", "libssh", "libssh2", "ext"];

/// Something to boot from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum BootDevice {
    /// The network: `"PXE"`.
    Pxe,
    /// The installation medium: `"cdrom"`.
    Cdrom,
    /// A disk by its name in `initialDisks`; `"boot"` is the boot disk.
    Disk(DiskName),
}

name! {
    /// A libvirt connection: `qemu:///system`.
    ConnectionUri, "a libvirt URI", r"^(qemu|test)(\+(unix|ssh|tls|tcp|libssh|libssh2|ext))?://\S+$", uri
}
name! {
    /// A type of mediated device: `nvidia-288`.
    MdevType, "a type of mediated device", r"^[A-Za-z0-9._-]+$", mdev
}
name! {
    /// A serial number that the guest sees on a disk.
    DiskSerial, "a disk's serial number", r"^[A-Za-z0-9._+-]{1,20}$", serial
}

decode_from_text!(BootDevice);

impl fmt::Display for BootDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pxe => f.write_str("PXE"),
            Self::Cdrom => f.write_str("cdrom"),
            Self::Disk(name) => name.fmt(f),
        }
    }
}

impl FromText for BootDevice {
    const FORM: &'static str = "something to boot from: \"PXE\", \"cdrom\" or a disk's name";
    const PATTERN: &'static str = DiskName::PATTERN;

    fn from_text(text: &str) -> Result<Self, Malformed> {
        match text {
            "PXE" => Ok(Self::Pxe),
            "cdrom" => Ok(Self::Cdrom),
            _ if text.eq_ignore_ascii_case("pxe") || text.eq_ignore_ascii_case("cdrom") => {
                let right = if text.eq_ignore_ascii_case("pxe") { "PXE" } else { "cdrom" };
                Err(Malformed::new(0..text.len(), format!("did you mean \"{right}\"?"))
                    .coded(Code::UnknownValue)
                    .rewritten(right, true))
            }
            _ => DiskName::from_text(text).map(Self::Disk),
        }
    }
}

impl ConnectionUri {
    /// The libvirt that a URI leads to, whatever the way there: two spellings of one have the same.
    pub fn hypervisor(uri: &str) -> Cow<'_, str> {
        let Some((scheme, rest)) = uri.split_once("://") else { return Cow::Borrowed(uri) };
        let (driver, transport) = scheme.split_once('+').unwrap_or((scheme, ""));
        let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
        // A command or a socket of one's own may lead anywhere.
        if transport == "ext" || ["command=", "socket=", "netcat="].iter().any(|own| parameters.contains(own))
        {
            return Cow::Borrowed(uri);
        }
        let (authority, path) = place.split_at(place.find('/').unwrap_or(place.len()));
        // Each user has a session of their own; the system is everybody's.
        let authority = match authority.rsplit_once('@') {
            Some((_, host)) if path == "/system" => host,
            _ => authority,
        };
        let usual = match transport {
            "tls" => ":16514",
            "tcp" => ":16509",
            _ => ":22",
        };
        let authority = authority.strip_suffix(usual).unwrap_or(authority);
        Cow::Owned(format!("{driver}://{}{path}", authority.to_ascii_lowercase()))
    }
}

/// The URI that a text most likely means which has no `://`: of the libvirt here, or of the one of a host.
fn without_scheme(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix("qemu") {
        let path = rest.trim_start_matches([':', '/']);
        return match path {
            "" | "system" => Some("qemu:///system".to_owned()),
            "session" => Some("qemu:///session".to_owned()),
            _ => None,
        };
    }
    let (_, host) = text.split_once('@').unwrap_or(("", text));
    let letters = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    let is_host = host.starts_with(|first: char| first.is_ascii_alphanumeric()) && host.chars().all(letters);
    (is_host && text.contains(['@', '.'])).then(|| format!("qemu+ssh://{text}/system"))
}

/// `driver[+transport]://[user@][host][:port]/path[?parameters]`, see <https://libvirt.org/uri.html>.
fn uri(text: &str) -> Result<(), Malformed> {
    let example = "for example `\"qemu:///system\"` or `\"qemu+ssh://root@host/system\"`";
    if let Some((at, letter)) =
        text.char_indices().find(|(_, letter)| letter.is_whitespace() || letter.is_control())
    {
        return Err(Malformed::new(at..at + letter.len_utf8(), "a URI has no space in it"));
    }
    let Some(colon) = text.find("://") else {
        let malformed = Malformed::new(0..text.len(), "a URI begins with a driver and `://`");
        return Err(match without_scheme(text) {
            Some(right) => malformed.rewritten(right, false),
            None => malformed.with_help(example),
        });
    };
    let scheme = &text[..colon];
    let (driver, transport) = match scheme.split_once('+') {
        Some((driver, transport)) => (driver, Some(transport)),
        None => (scheme, None),
    };
    if !DRIVERS.contains(&driver) {
        let malformed =
            Malformed::new(0..driver.len(), "Launchnix knows libvirt's drivers `qemu` and `test`");
        return Err(match nearest(driver, DRIVERS) {
            Some(near) => {
                let right = format!("{near}{}", &text[driver.len()..]);
                malformed.with_help(format!("did you mean `{near}`?")).rewritten(right, false)
            }
            None if TRANSPORTS.contains(&driver) && !text.ends_with("://") => {
                let rest = text[colon + 3..].trim_end_matches('/');
                let path = if rest.contains('/') { "" } else { "/system" };
                malformed.rewritten(format!("qemu+{driver}://{rest}{path}"), false)
            }
            None => malformed.with_help(example),
        });
    }
    if let Some(transport) = transport
        && !TRANSPORTS.contains(&transport)
    {
        let reason = match nearest(transport, TRANSPORTS) {
            Some(near) => format!("not a transport of libvirt; did you mean `{near}`?"),
            None => "not a transport of libvirt".into(),
        };
        return Err(Malformed::new(driver.len() + 1..colon, reason)
            .with_help(format!("the transports are {}", TRANSPORTS.join(", "))));
    }
    let rest = &text[colon + 3..];
    let hierarchy_end = rest.find(['?', '#']).unwrap_or(rest.len());
    let hierarchy = &rest[..hierarchy_end];
    let slash = hierarchy.find('/').unwrap_or(hierarchy.len());
    let (authority, path) = hierarchy.split_at(slash);
    let at = colon + 3 + slash;
    let path_range = at..at + path.len();
    match (driver, path) {
        ("qemu", "/system" | "/session") => {}
        ("qemu", "" | "/") => {
            let malformed = Malformed::new(path_range, "the path is `/system` or `/session`");
            return Err(if matches!(authority, "system" | "session") {
                let right = format!("{scheme}:///{authority}");
                malformed.with_help(format!("write three slashes: `\"{right}\"`")).rewritten(right, true)
            } else if !authority.is_empty() {
                let right = format!("{}/system{}", &text[..at], &rest[hierarchy_end..]);
                malformed.rewritten(right, false)
            } else {
                malformed.with_help(example)
            });
        }
        ("qemu", _) => {
            let malformed = Malformed::new(path_range.clone(), "the path is `/system` or `/session`");
            return Err(match nearest(path, ["/system", "/session"]) {
                Some(near) => {
                    let right = format!("{}{near}{}", &text[..path_range.start], &text[path_range.end..]);
                    malformed.with_help(format!("did you mean `{near}`?")).rewritten(right, false)
                }
                None => malformed.with_help(example),
            });
        }
        (_, "" | "/") => {
            return Err(Malformed::new(path_range, "the path is `/default` or that of a file")
                .with_help("for example `\"test:///default\"`"));
        }
        _ => {}
    }
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_remote = transport.is_some_and(|transport| transport != "unix" && transport != "ext");
    if (is_remote || !authority.is_empty()) && (host.is_empty() || host.starts_with(':')) {
        let at = colon + 3 + authority.len() - host.len();
        let reason = if is_remote { "this transport needs a host" } else { "the host is missing" };
        return Err(Malformed::new(at..at, reason).with_help(example));
    }
    if let Some((_, port)) = host.rsplit_once(':')
        && !host.ends_with(']')
        && !matches!(port.parse::<u16>(), Ok(1..))
    {
        let end = colon + 3 + authority.len();
        return Err(Malformed::new(end - port.len()..end, "a port is a number from 1 to 65535"));
    }
    Ok(())
}

fn mdev(text: &str) -> Result<(), Malformed> {
    if text.is_empty() {
        return Err(Malformed::new(0..0, "a type is not empty").with_help("for example `\"nvidia-288\"`"));
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    match text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        Some((at, letter)) => Err(Malformed::new(
            at..at + letter.len_utf8(),
            "only letters, digits, `-`, `_` and `.` can stand here",
        )
        .with_help("the hypervisor lists its types in `/sys/class/mdev_bus/*/mdev_supported_types`")),
        None => Ok(()),
    }
}

fn serial(text: &str) -> Result<(), Malformed> {
    if text.is_empty() {
        return Err(Malformed::new(0..0, "a serial number is not empty"));
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+');
    if let Some((at, letter)) = text.char_indices().find(|(_, letter)| !allowed(*letter)) {
        let reason = "only letters, digits, `-`, `_`, `.` and `+` can stand here";
        return Err(Malformed::new(at..at + letter.len_utf8(), reason));
    }
    if text.len() > 20 {
        return Err(Malformed::new(20..text.len(), "a virtio disk shows 20 characters of its serial number"));
    }
    Ok(())
}

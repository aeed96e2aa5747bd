//! Flake references: from text to attributes and back. No flake is ever fetched.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Builtin, computes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::text::json_string::write_json_string;
use crate::value::{AttrsBuilder, Position, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("getFlake", 1, |e, a| {
        let text = e.expect_plain_string(a[0])?;
        require_flakes(e)?;
        let message = format!("the flake '{}' is needed, but nothing is fetched while checking", lossy(text));
        Err(Failure::new(ErrorKind::File, message).with_help("check it out, and import its `default.nix`"))
    }),
    computes("parseFlakeRef", 1, |e, a| {
        let text = e.expect_plain_string(a[0])?;
        require_flakes(e)?;
        let attributes = parse(&lossy(text)).map_err(Failure::other)?;
        let mut result = AttrsBuilder::with_capacity(e.arena, attributes.len());
        for (name, attribute) in attributes {
            let value = match attribute {
                Attribute::Text(text) => e.string(text),
                Attribute::Int(int) => Value::Int(int),
                Attribute::Bool(value) => Value::bool(value),
            };
            result.push(e.symbols.intern(name.as_bytes()), Position::NONE, value);
        }
        Ok(result.finish_value())
    }),
    computes("flakeRefToString", 1, |e, a| {
        let mut attributes = Attributes::new();
        for (name, attr) in e.attributes(e.expect_attrs(a[0])?) {
            let name = lossy(name).into_owned();
            let attribute = match e.force(attr.value)? {
                Value::Int(int) if int < 0 => {
                    let message = format!("negative value given for flake ref attr {name}: {int}");
                    return Err(Failure::other(message));
                }
                Value::Int(int) => Attribute::Int(int),
                Value::Bool(value) => Attribute::Bool(value.get()),
                Value::String(string) => Attribute::Text(string.lossy().into_owned()),
                other => {
                    return Err(Failure::other(format!(
                        "flake reference attribute sets may only contain integers, Booleans, and strings, but \
                         attribute '{name}' is {}",
                        other.describe()
                    )));
                }
            };
            attributes.insert(name, attribute);
        }
        Ok(e.string(show(&attributes).map_err(Failure::other)?))
    }),
];

fn require_flakes(e: &Evaluator<'_>) -> Result<()> {
    e.settings.features.require("flakes").map_err(Failure::other)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Text(String),
    Int(i64),
    Bool(bool),
}

pub(super) type Attributes = BTreeMap<String, Attribute>;

/// References to a repository on one of the known hosts.
const FORGES: [&str; 3] = ["github", "gitlab", "sourcehut"];
const OF_FORGES: [&str; 7] = ["owner", "repo", "ref", "rev", "host", "narHash", "dir"];
const BOOLEANS: [&str; 5] = ["allRefs", "exportIgnore", "lfs", "shallow", "submodules"];
const INTEGERS: [&str; 2] = ["lastModified", "revCount"];

fn text(text: &str) -> Attribute {
    Attribute::Text(text.to_owned())
}

pub(super) fn is_revision(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn is_reference(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '@')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./@+-".contains(&byte))
}

fn parse(reference: &str) -> Result<Attributes, String> {
    let not_absolute = || format!("flake reference '{reference}' is not an absolute path");
    if let Some((_, fragment)) = reference.split_once('#') {
        return Err(format!("unexpected fragment '{fragment}' in flake reference '{reference}'"));
    }
    if let Some(attributes) = indirect(reference) {
        return Ok(attributes);
    }
    if let Some((scheme, rest)) = reference.split_once(':')
        && is_scheme(scheme)
        && !rest.contains(' ')
    {
        return match url(scheme, rest) {
            Parsed::Attributes(attributes) => Ok(attributes),
            Parsed::Malformed => Err(not_absolute()),
            Parsed::Unsupported => Err(format!("input '{reference}' is unsupported")),
        };
    }
    if !reference.starts_with('/') {
        return Err(not_absolute());
    }
    let (path, query) = split_query(reference);
    let mut attributes = query;
    attributes.insert("path".to_owned(), text(path));
    attributes.insert("type".to_owned(), text("path"));
    Ok(attributes)
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+.-".contains(&byte))
}

/// `name`, `name/ref`, `name/rev`, `name/ref/rev`
fn indirect(reference: &str) -> Option<Attributes> {
    let mut parts = reference.split('/');
    let id = parts.next()?;
    let is_id = id.starts_with(|first: char| first.is_ascii_alphabetic())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if !is_id {
        return None;
    }
    let mut attributes = Attributes::new();
    attributes.insert("type".to_owned(), text("indirect"));
    attributes.insert("id".to_owned(), text(id));
    match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => {}
        (Some(rev), None, _) if is_revision(rev) => {
            attributes.insert("rev".to_owned(), text(rev));
        }
        (Some(name), None, _) if is_reference(name) => {
            attributes.insert("ref".to_owned(), text(name));
        }
        (Some(name), Some(rev), None) if is_reference(name) && is_revision(rev) => {
            attributes.insert("ref".to_owned(), text(name));
            attributes.insert("rev".to_owned(), text(rev));
        }
        _ => return None,
    }
    Some(attributes)
}

enum Parsed {
    Attributes(Attributes),
    /// A known scheme, but not the rest: it is then taken for a path.
    Malformed,
    Unsupported,
}

fn url(scheme: &str, rest: &str) -> Parsed {
    let (path, mut attributes) = split_query(rest);
    let mut kind = scheme;
    match scheme {
        "flake" => return indirect(path).map_or(Parsed::Malformed, Parsed::Attributes),
        "path" => {
            attributes.insert("path".to_owned(), text(path));
        }
        _ if FORGES.contains(&scheme) => {
            let mut parts = path.splitn(3, '/');
            let (Some(owner), Some(repository)) = (parts.next(), parts.next()) else {
                return Parsed::Malformed;
            };
            attributes.insert("owner".to_owned(), text(owner));
            attributes.insert("repo".to_owned(), text(repository));
            if let Some(version) = parts.next() {
                let name = if is_revision(version) { "rev" } else { "ref" };
                if !is_reference(version) {
                    return Parsed::Malformed;
                }
                if attributes.insert(name.to_owned(), text(version)).is_some() {
                    return Parsed::Malformed;
                }
            }
            if attributes.contains_key("ref") && attributes.contains_key("rev") {
                return Parsed::Malformed;
            }
            // Nothing else in the query counts.
            attributes.retain(|name, _| OF_FORGES.contains(&name.as_str()));
        }
        "git" | "http" | "https" | "file" => {
            if scheme != "git" {
                kind = "tarball";
            }
            attributes.insert("url".to_owned(), Attribute::Text(format!("{scheme}:{path}")));
        }
        _ => match scheme.split_once('+') {
            Some((outer @ ("git" | "hg" | "tarball" | "file"), inner)) => {
                kind = outer;
                attributes.insert("url".to_owned(), Attribute::Text(format!("{inner}:{path}")));
            }
            _ => return Parsed::Unsupported,
        },
    }
    attributes.insert("type".to_owned(), text(kind));
    Parsed::Attributes(attributes)
}

/// What precedes `?`, and the parameters after it.
fn split_query(text: &str) -> (&str, Attributes) {
    let Some((path, query)) = text.split_once('?') else { return (text, Attributes::new()) };
    let parameters = query.split('&').filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let attribute = if BOOLEANS.contains(&name) {
            Attribute::Bool(value == "1")
        } else if INTEGERS.contains(&name) {
            Attribute::Int(value.parse().ok()?)
        } else {
            Attribute::Text(decoded(value))
        };
        Some((name.to_owned(), attribute))
    });
    (path, parameters.collect())
}

/// Without `%20` and the like.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| first == b'%');
        let byte = escape
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a URL of a tree means; the error is Nix's.
pub(super) fn from_url(reference: &str) -> Result<Attributes, String> {
    if let Some(fault) = super::fetch::url_fault(reference) {
        return Err(format!("'{reference}' is not a valid URL: {fault}"));
    }
    let whole = reference;
    let reference = reference.split('#').next().unwrap_or_default();
    let Some((scheme, rest)) = reference.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Err(format!("'{whole}' doesn't have a scheme"));
    };
    let mut attributes = match url(scheme, rest) {
        Parsed::Attributes(attributes) => attributes,
        Parsed::Malformed => return Err(format!("URL '{reference}' is invalid")),
        Parsed::Unsupported => return Err(format!("input '{reference}' is unsupported")),
    };
    let kind = match attributes.get("type") {
        Some(Attribute::Text(kind)) => kind.clone(),
        _ => String::new(),
    };
    if kind == "path" {
        let known = ["type", "path", "rev", "revCount", "lastModified", "narHash"];
        if let Some(name) = attributes.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("path URL '{reference}' has unsupported parameter '{name}'"));
        }
        if let Some(Attribute::Text(path)) = attributes.get_mut("path")
            && let Some(rest) = path.strip_prefix("//")
        {
            let (authority, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            if !authority.is_empty() {
                return Err(format!("path URL '{reference}' should not have an authority ('{authority}')"));
            }
            *path = rest.to_owned();
        }
    } else if matches!(kind.as_str(), "tarball" | "file" | "git") {
        let known: &[&str] = match kind.as_str() {
            "git" => &["ref", "rev", "shallow", "submodules", "lfs", "exportIgnore", "allRefs", "narHash"],
            _ => &["rev", "revCount", "lastModified", "narHash"],
        };
        attributes
            .retain(|name, _| matches!(name.as_str(), "type" | "url") || known.contains(&name.as_str()));
        // All else in the query is for the server.
        let query = reference.split_once('?').map_or("", |(_, query)| query).split('&');
        let others: Vec<&str> = query
            .filter(|parameter| {
                let name = parameter.split('=').next().unwrap_or_default();
                !parameter.is_empty() && name != "dir" && !known.contains(&name)
            })
            .collect();
        if let Some(Attribute::Text(url)) = attributes.get_mut("url")
            && !others.is_empty()
            && !url.starts_with("file:")
        {
            *url = format!("{url}?{}", others.join("&"));
        }
    }
    Ok(attributes)
}

pub(super) fn show(attributes: &Attributes) -> Result<String, String> {
    let string = |name: &str| match attributes.get(name) {
        Some(Attribute::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let required = |name: &str| match (string(name), attributes.get(name)) {
        (Some(text), _) => Ok(text),
        (None, Some(_)) => Err(format!("input attribute '{name}' is not a string {}", json(attributes))),
        (None, None) => Err(format!("input attribute '{name}' is missing")),
    };
    let Some(kind) = string("type") else {
        return Err(match attributes.get("type") {
            Some(_) => format!("input attribute 'type' is not a string {}", json(attributes)),
            None => "'type' attribute to specify input scheme is required but not provided".to_owned(),
        });
    };
    let (known, parameters): (&[&str], &[&str]) = match kind {
        "github" | "gitlab" | "sourcehut" => (
            &["owner", "repo", "ref", "rev", "host", "narHash", "lastModified", "treeHash"],
            &["dir", "host", "narHash"],
        ),
        "path" => (
            &["path", "rev", "revCount", "lastModified", "narHash"],
            &["dir", "lastModified", "narHash", "rev", "revCount"],
        ),
        "git" => (
            &[
                "url",
                "ref",
                "rev",
                "shallow",
                "submodules",
                "lfs",
                "exportIgnore",
                "lastModified",
                "revCount",
                "narHash",
                "allRefs",
                "name",
                "dirtyRev",
                "dirtyShortRev",
                "verifyCommit",
                "keytype",
                "publicKey",
                "publicKeys",
            ],
            &["allRefs", "dir", "exportIgnore", "lfs", "ref", "rev", "shallow", "submodules"],
        ),
        "hg" => (&["url", "ref", "rev", "revCount", "narHash", "name"], &["dir", "ref", "rev"]),
        "tarball" | "file" => (
            &["url", "narHash", "name", "unpack", "rev", "revCount", "lastModified"],
            &["dir", "narHash", "rev", "revCount"],
        ),
        "indirect" => (&["id", "ref", "rev", "narHash"], &["dir"]),
        _ => return Err(format!("cannot show unsupported input '{}'", json(attributes))),
    };
    for name in attributes.keys() {
        if !known.contains(&name.as_str()) && !matches!(name.as_str(), "type" | "dir") {
            return Err(format!("input attribute '{name}' not supported by scheme '{kind}'"));
        }
    }
    if let Some(hash) = string("narHash")
        && matches!(kind, "tarball" | "file" | "github" | "gitlab" | "sourcehut")
        && !hash.contains('-')
    {
        return Err(format!("hash '{hash}' is not SRI"));
    }
    let versions = |names: &[&str]| {
        names.iter().filter_map(|name| string(name)).fold(String::new(), |path, version| path + "/" + version)
    };
    let base = match kind {
        "path" => format!("path:{}", required("path")?),
        "git" if required("url")?.starts_with("git:") => required("url")?.to_owned(),
        "git" | "hg" => format!("{kind}+{}", required("url")?),
        "tarball" | "file" => required("url")?.to_owned(),
        "indirect" => format!("flake:{}{}", required("id")?, versions(&["ref", "rev"])),
        _ => format!("{kind}:{}/{}{}", required("owner")?, required("repo")?, versions(&["ref", "rev"])),
    };
    let query: Vec<String> = parameters
        .iter()
        .filter_map(|name| match attributes.get(*name)? {
            Attribute::Text(text) => Some(format!("{name}={}", encoded(text))),
            Attribute::Int(int) => Some(format!("{name}={int}")),
            Attribute::Bool(true) => Some(format!("{name}=1")),
            Attribute::Bool(false) => None,
        })
        .collect();
    Ok(if query.is_empty() { base } else { format!("{base}?{}", query.join("&")) })
}

/// With `%20` and the like in place of what a query may not hold.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:@/?".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// As Nix shows them in messages.
pub(super) fn json(attributes: &Attributes) -> String {
    let mut out = b"{".to_vec();
    for (index, (name, attribute)) in attributes.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        // Text is UTF-8, which is all that could be wrong.
        let _ = write_json_string(&mut out, name.as_bytes());
        out.push(b':');
        match attribute {
            Attribute::Text(text) => {
                let _ = write_json_string(&mut out, text.as_bytes());
            }
            Attribute::Int(int) => out.extend_from_slice(int.to_string().as_bytes()),
            Attribute::Bool(value) => out.extend_from_slice(value.to_string().as_bytes()),
        }
    }
    out.push(b'}');
    lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(reference: &str) -> String {
        parse(reference).map_or_else(|error| error, |attributes| json(&attributes))
    }

    #[test]
    fn references_are_read_as_nix_reads_them() {
        let rev = "1234567890123456789012345678901234567890";
        for (reference, expected) in [
            (
                "github:a/b/23.05?dir=lib",
                r#"{"dir":"lib","owner":"a","ref":"23.05","repo":"b","type":"github"}"#,
            ),
            ("nixpkgs/23.05", r#"{"id":"nixpkgs","ref":"23.05","type":"indirect"}"#),
            ("path:/a?lastModified=1", r#"{"lastModified":1,"path":"/a","type":"path"}"#),
            ("git+file:///a?shallow=1", r#"{"shallow":true,"type":"git","url":"file:///a"}"#),
            ("https://x/a.tar.gz", r#"{"type":"tarball","url":"https://x/a.tar.gz"}"#),
            ("github:a/b#c", "unexpected fragment 'c' in flake reference 'github:a/b#c'"),
            ("github:a/b/%20", "flake reference 'github:a/b/%20' is not an absolute path"),
            ("./a", "flake reference './a' is not an absolute path"),
            ("github:a", "flake reference 'github:a' is not an absolute path"),
            ("github:a/b/c?ref=x", "flake reference 'github:a/b/c?ref=x' is not an absolute path"),
            ("foo:bar", "input 'foo:bar' is unsupported"),
        ] {
            assert_eq!(parsed(reference), expected);
        }
        let both = parse(&format!("nixpkgs/x/{rev}")).and_then(|attributes| show(&attributes));
        assert_eq!(both, Ok(format!("flake:nixpkgs/x/{rev}")));
    }

    #[test]
    fn references_are_written_as_nix_writes_them() {
        for reference in [
            "github:a/b/c?dir=d",
            "path:/a?lastModified=5",
            "git+https://x/y?ref=m&submodules=1",
            "https://x/y.tar.gz",
            "flake:n/r",
        ] {
            let shown = parse(reference).and_then(|attributes| show(&attributes));
            assert_eq!(shown.as_deref(), Ok(reference));
        }
    }
}

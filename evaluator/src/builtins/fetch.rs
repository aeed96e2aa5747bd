//! Fetching. Nothing is fetched: what has a known hash has a known store path, and stays a promise; local files are
//! taken as they are; anything else says what would have to be fetched.

use super::store::read_file;
use super::{Builtin, computes};
use crate::error::{Error, ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::path::{base_name, canonical};
use crate::store::hash::{Algorithm, Format, Hash};
use crate::store::path::{Method, StoreDir, check_name};
use crate::symbol::well_known;
use crate::value::{Attrs, Context, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("fetchurl", 1, |e, a| fetch(e, a[0], Kind::File)),
    computes("fetchTarball", 1, |e, a| fetch(e, a[0], Kind::Tarball)),
    computes("fetchGit", 1, |e, a| repository(e, a[0], "fetchGit")),
    computes("fetchMercurial", 1, |e, a| repository(e, a[0], "fetchMercurial")),
    computes("fetchTree", 1, fetch_tree),
    computes("getFlake", 1, |e, a| flakes(e, a[0])),
    computes("parseFlakeRef", 1, |e, a| flakes(e, a[0])),
    computes("flakeRefToString", 1, |e, a| flakes(e, a[0])),
];

/// What a URL is expected to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Tarball,
}

impl Kind {
    const fn function(self) -> &'static str {
        match self {
            Self::File => "fetchurl",
            Self::Tarball => "fetchTarball",
        }
    }
}

/// The content of a URL is needed, and there is none.
pub(crate) fn not_fetched(url: &[u8]) -> Error {
    let message = format!("the content of '{}' is needed, but nothing is fetched while checking", lossy(url));
    Failure::new(ErrorKind::File, message).with_help("download it, and name it by its path")
}

/// The store path of a file that is fetched later.
pub(super) fn promised_path(directory: &StoreDir, url: &[u8], name: &[u8], sha256: &[u8]) -> Result<String> {
    if sha256.is_empty() {
        return Err(not_fetched(url));
    }
    let hash = Hash::parse(sha256, Some(Algorithm::Sha256)).map_err(Failure::other)?;
    directory.fixed_output_path(Method::Flat, &hash, &lossy(name), []).map_err(Failure::other)
}

fn fetch<'a>(e: &Evaluator<'a>, argument: Value<'a>, kind: Kind) -> Result<Value<'a>> {
    let asked = |error: Error| error.frame(None, "while evaluating the url we should fetch");
    let (url, mut name, mut sha256) = match e.force(argument)? {
        Value::Attrs(attrs) => {
            let (mut url, mut name, mut sha256) = (None, None, None);
            for (key, attr) in e.sorted(attrs) {
                match key {
                    b"url" => url = Some(e.expect_plain_string(attr.value).map_err(asked)?),
                    b"name" => name = Some(e.expect_plain_string(attr.value)?),
                    b"sha256" => sha256 = Some(e.expect_plain_string(attr.value)?),
                    other => {
                        let (other, function) = (lossy(other), kind.function());
                        let message = format!("unsupported argument '{other}' to '{function}'");
                        return Err(Failure::other(message));
                    }
                }
            }
            let Some(url) = url else { return Err(Failure::other("'url' argument required")) };
            (url, name, sha256)
        }
        other => (e.expect_plain_string(other).map_err(asked)?, None, None),
    };
    let hash = match sha256.take() {
        Some(text) => Some(Hash::parse_or_empty(text, Some(Algorithm::Sha256)).map_err(Failure::other)?),
        None => None,
    };
    let url_name: &[u8] = match kind {
        Kind::File => base_name(url),
        Kind::Tarball => b"source",
    };
    let name = *name.get_or_insert(url_name);
    check_name(name).map_err(|reason| {
        let (url, function) = (lossy(url), kind.function());
        Failure::other(format!(
            "invalid store path name when fetching URL '{url}': {reason}. Please change the value for the 'name' \
             attribute passed to '{function}', so that it can create a valid store path."
        ))
    })?;
    if e.settings.pure && hash.is_none() {
        let function = kind.function();
        let message = format!("in pure evaluation mode, '{function}' requires a 'sha256' argument");
        return Err(Failure::other(message));
    }
    match kind {
        Kind::File => file(e, url, name, hash.as_ref()),
        Kind::Tarball => tarball(e, url, name, hash.as_ref()),
    }
}

/// The path of a `file:` URL.
fn local(url: &[u8]) -> Option<Vec<u8>> {
    let path = url.strip_prefix(b"file://").or_else(|| url.strip_prefix(b"file:"))?;
    path.starts_with(b"/").then(|| canonical(path))
}

/// A single file: a promise that says where it comes from, or the file itself where it is a local one.
fn file<'a>(e: &Evaluator<'a>, url: &'a [u8], name: &'a [u8], hash: Option<&Hash>) -> Result<Value<'a>> {
    if let Some(path) = local(url) {
        let found = Hash::of(Algorithm::Sha256, &read_file(e, &path)?);
        if let Some(wanted) = hash.filter(|&wanted| *wanted != found) {
            return Err(mismatch(url, wanted, &found));
        }
        return e.add_path(&path, name, None, Method::Flat, None);
    }
    let hex = hash.map(|hash| hash.write(Format::Base16)).unwrap_or_default();
    let sha256: &'a [u8] = e.arena.alloc_slice_copy(hex.as_bytes());
    let directory = e.memory.borrow().directory().clone();
    // Without a hash the path cannot be known; then one is made from the URL.
    let stand_in = Hash::of(Algorithm::Sha256, url).write(Format::Base16);
    let known = if hex.is_empty() { stand_in.as_bytes() } else { sha256 };
    let path = promised_path(&directory, url, name, known)?;
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    let context = Context::Fetch { url, name, sha256 };
    Ok(e.string_in(path, e.context_in(vec![context])))
}

fn mismatch(url: &[u8], wanted: &Hash, found: &Hash) -> Error {
    Failure::other(format!(
        "hash mismatch in file downloaded from '{}':\n  specified: sha256:{}\n  got:       sha256:{}",
        lossy(url),
        wanted.write(Format::Nix32),
        found.write(Format::Nix32)
    ))
}

/// A tree that is unpacked: known only by its hash.
fn tarball<'a>(e: &Evaluator<'a>, url: &[u8], name: &[u8], hash: Option<&Hash>) -> Result<Value<'a>> {
    let Some(hash) = hash else {
        return Err(Failure::new(
            ErrorKind::File,
            format!("the content of '{}' is needed, but nothing is fetched while checking", lossy(url)),
        )
        .with_help("unpack it, and name the directory by its path"));
    };
    let mut memory = e.memory.borrow_mut();
    let path = memory
        .directory()
        .fixed_output_path(Method::Recursive, hash, &lossy(name), [])
        .map_err(Failure::other)?;
    memory.add_promise(path.clone(), lossy(url).into_owned());
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    Ok(e.string_in(path, e.context_in(vec![Context::Opaque(path)])))
}

fn string_attribute<'a>(e: &Evaluator<'a>, attrs: &'a Attrs<'a>, name: &str) -> Result<Option<&'a [u8]>> {
    attrs.get(e.intern(name)).map(|attr| e.expect_plain_string(attr.value)).transpose()
}

fn repository<'a>(e: &Evaluator<'a>, argument: Value<'a>, function: &str) -> Result<Value<'a>> {
    let url = match e.force(argument)? {
        Value::Attrs(attrs) => match attrs.get(well_known::URL) {
            Some(attr) => match e.force(attr.value)? {
                Value::Path(path) => path.text,
                other => e.expect_plain_string(other)?,
            },
            None if function == "fetchMercurial" => return Err(Failure::other("'url' argument required")),
            None => return Err(Failure::other("input attribute 'url' is missing")),
        },
        Value::Path(path) => path.text,
        other => e.expect_plain_string(other)?,
    };
    Err(Failure::new(
        ErrorKind::File,
        format!("'{function}' needs the repository '{}', but nothing is fetched while checking", lossy(url)),
    )
    .with_help("check it out, and name the directory by its path"))
}

/// Only trees that are paths are at hand.
fn fetch_tree<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let (kind, location) = match e.force(a[0])? {
        Value::Attrs(attrs) => {
            let Some(kind) = string_attribute(e, attrs, "type")? else {
                return Err(Failure::other("input attribute 'type' is missing"));
            };
            let location = match kind {
                b"path" => match attrs.get(well_known::PATH) {
                    Some(attr) => Some(e.expect_path(attr.value)?),
                    None => return Err(Failure::other("input attribute 'path' is missing")),
                },
                _ => string_attribute(e, attrs, "url")?.map(<[u8]>::to_vec),
            };
            (kind.to_vec(), location.unwrap_or_default())
        }
        other => {
            let url = e.expect_plain_string(other)?;
            match url.strip_prefix(b"path:") {
                Some(path) => (b"path".to_vec(), path.to_vec()),
                None => (b"url".to_vec(), url.to_vec()),
            }
        }
    };
    if kind != b"path" || !location.starts_with(b"/") {
        let shown = if location.is_empty() { kind } else { location };
        return Err(not_fetched(&shown));
    }
    let path = canonical(&location);
    let tree = e.add_path(&path, b"source", None, Method::Recursive, None)?;
    let hash = e.nar_hash(&path)?.write(Format::Sri);
    Ok(e.attrs(&[("outPath", tree), ("narHash", e.string(hash))]))
}

fn flakes<'a>(e: &Evaluator<'a>, argument: Value<'a>) -> Result<Value<'a>> {
    e.force(argument)?;
    Err(Failure::other(
        "experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it",
    ))
}

//! Fetching: what has a known hash has a known store path and stays a promise until its content is needed; local files
//! are taken as they are; the rest is fetched by whoever the settings name.

use std::path::PathBuf;

use launchnix_diagnostics::Sources as _;
use rustc_hash::FxHashSet;

use super::{Builtin, computes};
use crate::error::{Error, ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::fetch::{Fetched, Request, Wanted};
use crate::path::{as_bytes, as_path, base_name, canonical};
use crate::store;
use crate::store::hash::{Algorithm, Format, Hash};
use crate::store::memory::Refusal;
use crate::store::path::{Method, StoreDir, check_name};
use crate::value::{Context, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("fetchurl", 1, |e, a| fetch(e, a[0], Kind::File)),
    computes("fetchTarball", 1, |e, a| fetch(e, a[0], Kind::Tarball)),
];

/// An entry of the lookup path as a path: a URL is that of an archive, which is fetched when something is looked up.
pub(super) fn of_lookup_path(e: &Evaluator<'_>, entry: &[u8]) -> Result<Vec<u8>> {
    match archive_of(entry) {
        Some(url) => unpacked(e, url),
        None => Ok(e.absolute(entry)),
    }
}

/// The URL of the archive that a word means where a path may stand as well.
pub(super) fn archive_of(word: &[u8]) -> Option<String> {
    let schemes: [&[u8]; 3] = [b"https://", b"http://", b"file://"];
    match word.strip_prefix(b"channel:") {
        Some(name) => Some(format!("https://channels.nixos.org/{}/nixexprs.tar.xz", lossy(name))),
        None => schemes.iter().any(|scheme| word.starts_with(scheme)).then(|| lossy(word).into_owned()),
    }
}

/// What an archive has that is named in place of a file; `None` where that is none.
pub(crate) fn archive(e: &Evaluator<'_>, word: &[u8]) -> Option<Result<Vec<u8>>> {
    archive_of(word).map(|url| unpacked(e, url))
}

/// The store path of an archive that is fetched now.
fn unpacked(e: &Evaluator<'_>, url: String) -> Result<Vec<u8>> {
    let fetched = fetch_now(e, &Request { wanted: Wanted::Tarball { url }, sha256: None })?;
    Ok(e.expect_string(tree(e, &fetched, b"source")?)?.text.to_vec())
}

/// What restricted evaluation may see: entries of the lookup path that are there.
pub(crate) fn listed(e: &Evaluator<'_>) -> Vec<PathBuf> {
    let mut listed = Vec::new();
    for (_, entry) in &e.settings.search_path {
        let entry = entry.as_bytes();
        match of_lookup_path(e, entry) {
            Ok(path) if archive_of(entry).is_some() || e.settings.sources.exists(as_path(&path)) => {
                listed.push(as_path(&path).to_path_buf());
            }
            Ok(_) => e.warn_of_missing_entry(entry, false),
            Err(_) => e.warn_of_missing_entry(entry, true),
        }
    }
    listed
}

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

/// Fetches now.
pub(super) fn fetch_now(e: &Evaluator<'_>, request: &Request) -> Result<Fetched> {
    store::fetch::fetch(e.settings.fetcher, e.settings.sources, request).map_err(not_fetched)
}

/// Why something was not fetched.
pub(super) fn not_fetched(miss: store::fetch::Miss) -> Error {
    let kind = if miss.found.is_some() { ErrorKind::Mismatch } else { ErrorKind::File };
    let failure = Failure::new(kind, miss.message);
    if let Some(help) = miss.help { failure.with_help(help) } else { failure }
}

/// The store path of a file that is fetched later.
pub(super) fn promised_path(directory: &StoreDir, url: &[u8], name: &[u8], sha256: &[u8]) -> Result<String> {
    if sha256.is_empty() {
        let message = format!("the store path of '{}' is needed, and it has no hash", lossy(url));
        return Err(Failure::new(ErrorKind::File, message).with_help("give the `sha256` of its content"));
    }
    let hash = Hash::parse(sha256, Some(Algorithm::Sha256)).map_err(Failure::other)?;
    directory.fixed_output_path(Method::Flat, &hash, &lossy(name), []).map_err(Failure::other)
}

/// What a hash that cannot be read should be.
const HASH: &str =
    "a SHA-256 has 64 hexadecimal digits, or 52 in Nix's own form: `nix-prefetch-url` tells it";

fn fetch<'a>(e: &Evaluator<'a>, argument: Value<'a>, kind: Kind) -> Result<Value<'a>> {
    let asked = |error: Error| error.frame(None, "while evaluating the url we should fetch");
    // Where the URL and the hash were given, which is where they are to change.
    let (mut url_from, mut hash_from) = (argument, argument);
    let argument = e.force(argument)?;
    let (url, mut name, sha256) = match argument {
        Value::Attrs(attrs) => {
            let (mut url, mut name, mut sha256) = (None, None, None);
            for (key, attr) in e.attributes(attrs) {
                match key {
                    b"url" => {
                        url_from = attr.value;
                        url = Some(e.expect_plain_string(attr.value).map_err(asked)?);
                    }
                    b"name" => name = Some(e.expect_plain_string(attr.value)?),
                    b"sha256" => {
                        hash_from = attr.value;
                        sha256 = Some(e.expect_plain_string(attr.value)?);
                    }
                    other => {
                        let (other, function) = (lossy(other), kind.function());
                        let message = format!("unsupported argument '{other}' to '{function}'");
                        let mut error = Failure::other(message);
                        error.span = e.key_span(attr.position);
                        let known: [&[u8]; 3] = [b"url", b"name", b"sha256"];
                        error.help = crate::suggest::closest(&other, known.into_iter())
                            .map(|similar| format!("did you mean `{similar}`?"));
                        return Err(error);
                    }
                }
            }
            let Some(url) = url else { return Err(Failure::other("'url' argument required")) };
            (url, name, sha256)
        }
        other => (e.expect_plain_string(other).map_err(asked)?, None, None),
    };
    // An empty name is one that is not given.
    name = name.filter(|name| !name.is_empty());
    let by_set = matches!(argument, Value::Attrs(_));
    let hash = match sha256 {
        Some(text) => {
            let hash = e.hash_or_empty(text, Some(Algorithm::Sha256));
            Some(hash.map_err(|error| e.blame_argument(error.with_help(HASH), hash_from))?)
        }
        None => None,
    };
    let url_name: &[u8] = match kind {
        Kind::File => base_name(url),
        Kind::Tarball => b"source",
    };
    let remedy = match name {
        Some(_) => "change the value for the 'name' attribute passed to",
        None if by_set => "add a valid 'name' attribute to the argument for",
        // Two spaces are Nix's.
        None => "pass an attribute set with 'url' and 'name' attributes to",
    };
    let space = if name.is_none() && !by_set { "  " } else { " " };
    let name = *name.get_or_insert(url_name);
    check_name(name).map_err(|reason| {
        let (url, function) = (lossy(url), kind.function());
        Failure::other(format!(
            "invalid store path name when fetching URL '{url}': {reason}. Please {remedy} '{function}',{space}so that \
             it can create a valid store path."
        ))
    })?;
    if e.settings.pure && hash.is_none() {
        let function = kind.function();
        let message = format!("in pure evaluation mode, '{function}' requires a 'sha256' argument");
        return Err(Failure::other(message));
    }
    if kind == Kind::Tarball
        && let Some(fault) = url_fault(&lossy(url))
    {
        return Err(Failure::other(format!("'{}' is not a valid URL: {fault}", lossy(url))));
    }
    if !has_scheme(url) {
        let url = lossy(url);
        let error = Failure::new(
            ErrorKind::File,
            match kind {
                Kind::File => format!("URL '{url}' doesn't have a scheme"),
                Kind::Tarball => format!("'{url}' doesn't have a scheme"),
            },
        );
        let is_host = url.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.'));
        let error = if is_host { error.with_help(format!("write `https://{url}`")) } else { error };
        return Err(e.blame_argument(error, url_from));
    }
    check_uri(e, &lossy(url))?;
    match kind {
        Kind::File => file(e, url, name, hash.as_ref()),
        Kind::Tarball => tarball(e, url, name, hash.as_ref()),
    }
}

/// Restricted evaluation fetches only what is allowed: a URI, what begins with one and goes on behind a `/`, what has a
/// scheme such as `https:`, and files that the lookup path names.
pub(super) fn check_uri(e: &Evaluator<'_>, uri: &str) -> Result<()> {
    let is_allowed = |allowed: &String| {
        let rest = uri.strip_prefix(allowed.as_str());
        rest.is_some_and(|rest| rest.is_empty() || allowed.ends_with(['/', ':']) || rest.starts_with('/'))
    };
    if !e.settings.restricted || e.settings.allowed_uris.iter().any(is_allowed) {
        return Ok(());
    }
    let path = uri.strip_prefix("file://").or_else(|| uri.starts_with('/').then_some(uri));
    let Some(path) = path else {
        return Err(Failure::other(format!("access to URI '{uri}' is forbidden in restricted mode")));
    };
    let path = canonical(path.as_bytes());
    match e.sources().kind(as_path(&path)) {
        Err(error) if Refusal::of(&error).is_some() => Err(crate::eval::unreadable(as_path(&path), &error)),
        _ => Ok(()),
    }
}

/// Whether a URL says how it is to be read.
pub(super) fn has_scheme(url: &[u8]) -> bool {
    let end = url.iter().position(|&byte| byte == b':').unwrap_or(0);
    url[..end].first().is_some_and(u8::is_ascii_alphabetic)
        && url[..end].iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// What Nix says is wrong with a URL, if there is a character that may not stand where it does.
pub(super) fn url_fault(url: &str) -> Option<&'static str> {
    const LEFT_OVER: &str = "leftover";
    const MISMATCH: &str = "mismatch";
    let bytes = url.as_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#%".contains(&byte);
    let colon = bytes.iter().take_while(|byte| !b"/?#".contains(byte)).position(|&byte| byte == b':');
    if let Some(colon) = colon.filter(|_| !has_scheme(bytes)) {
        return Some(if bytes[..colon].iter().all(|&byte| plain(byte)) { MISMATCH } else { LEFT_OVER });
    }
    let fragment = url.find('#').unwrap_or(url.len());
    let query = url[..fragment].find('?').unwrap_or(fragment);
    let authority = url.find("://").map_or(0..0, |at| {
        let start = at + 3;
        start..url[start..].find('/').map_or(url.len(), |length| start + length)
    });
    for (at, &byte) in bytes.iter().enumerate() {
        let in_query = at > query && at < fragment;
        let is_code = bytes.get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
        match byte {
            b'%' if !is_code => return Some(if in_query { LEFT_OVER } else { MISMATCH }),
            b'[' | b']' if in_query || authority.contains(&at) => {}
            _ if plain(byte) => {}
            _ => return Some(LEFT_OVER),
        }
    }
    None
}

/// The path of a `file:` URL.
fn local(url: &[u8]) -> Option<Vec<u8>> {
    let path = url.strip_prefix(b"file://").or_else(|| url.strip_prefix(b"file:"))?;
    path.starts_with(b"/").then(|| canonical(path))
}

/// A single file: a promise that says where it comes from, or the file itself where it is a local one.
fn file<'a>(e: &Evaluator<'a>, url: &'a [u8], name: &'a [u8], hash: Option<&Hash>) -> Result<Value<'a>> {
    if let Some(path) = local(url) {
        let content = e.all_sources().read(as_path(&path)).map_err(|_| {
            let (url, path) = (lossy(url), lossy(&path));
            let reason = format!("Could not read a file:// file (37) Could not open file {path}");
            Failure::new(ErrorKind::File, format!("unable to download '{url}': {reason}"))
        })?;
        let found = Hash::of(Algorithm::Sha256, &content);
        if let Some(wanted) = hash.filter(|&wanted| *wanted != found) {
            let message = store::fetch::mismatch(&lossy(url), wanted, &found);
            return Err(Failure::new(ErrorKind::Mismatch, message).with_help(store::fetch::OTHER));
        }
        return e.add_fetched(&path, name, Method::Flat);
    }
    let hex = hash.map(|hash| hash.write(Format::Base16));
    let request = Request { wanted: Wanted::File { url: lossy(url).into_owned() }, sha256: hex.clone() };
    if hash.is_none() && e.settings.fetcher.is_some_and(|fetcher| fetcher.eager) {
        let fetched = fetch_now(e, &request)?;
        return e.add_path(as_bytes(&fetched.path), name, None, Method::Flat, None);
    }
    let sha256: &'a [u8] = e.arena.alloc_slice_copy(hex.as_deref().unwrap_or_default().as_bytes());
    let directory = e.memory.borrow().directory().clone();
    // Without a hash the path cannot be known; then one is made from the URL.
    let stand_in = Hash::of(Algorithm::Sha256, url).write(Format::Base16);
    let known = if sha256.is_empty() { stand_in.as_bytes() } else { sha256 };
    let path = promised_path(&directory, url, name, known)?;
    e.memory.borrow_mut().add_promise(path.clone(), request);
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    let context = Context::Fetch { url, name, sha256 };
    Ok(e.string_in(path, e.context_in(vec![context])))
}

/// A tree that is unpacked: a promise where its hash is known, else fetched now.
fn tarball<'a>(e: &Evaluator<'a>, url: &[u8], name: &[u8], hash: Option<&Hash>) -> Result<Value<'a>> {
    let wanted = Wanted::Tarball { url: lossy(url).into_owned() };
    let Some(hash) = hash else {
        let fetched = fetch_now(e, &Request { wanted, sha256: None })?;
        return tree(e, &fetched, name);
    };
    let request = Request { wanted, sha256: Some(hash.write(Format::Base16)) };
    // A file of this machine costs nothing.
    if local(url).is_some() && e.settings.fetcher.is_some_and(|fetcher| fetcher.eager) {
        let fetched = fetch_now(e, &request)?;
        return tree(e, &fetched, name);
    }
    promised_tree(e, name, hash, request)
}

/// The store path of a tree that is fetched when its content is needed.
pub(super) fn promised_tree<'a>(
    e: &Evaluator<'a>,
    name: &[u8],
    hash: &Hash,
    request: Request,
) -> Result<Value<'a>> {
    let mut memory = e.memory.borrow_mut();
    let path = memory
        .directory()
        .fixed_output_path(Method::Recursive, hash, &lossy(name), [])
        .map_err(Failure::other)?;
    memory.add_promise(path.clone(), request);
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    Ok(e.string_in(path, e.context_in(vec![Context::Opaque(path)])))
}

/// The store path of a tree that was fetched, whose hash is known by now.
pub(super) fn tree<'a>(e: &Evaluator<'a>, fetched: &Fetched, name: &[u8]) -> Result<Value<'a>> {
    let hash = Hash::parse(fetched.sha256.as_bytes(), Some(Algorithm::Sha256)).map_err(Failure::other)?;
    let mut memory = e.memory.borrow_mut();
    let path = memory
        .directory()
        .fixed_output_path(Method::Recursive, &hash, &lossy(name), [])
        .map_err(Failure::other)?;
    memory.add_copy(path.clone(), fetched.path.clone(), FxHashSet::default());
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    Ok(e.string_in(path, e.context_in(vec![Context::Opaque(path)])))
}

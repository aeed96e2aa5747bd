//! Files, paths and fetching.

use launchnix_diagnostics::FileKind;
use sha2::Digest as _;

use super::{Builtin, computes, passes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::path::{as_bytes, as_path, base_name, canonical};
use crate::symbol::well_known;
use crate::value::{AttrsBuilder, Context, Position, Value};

pub(super) static ALL: &[Builtin] = &[
    passes("import", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        e.file(as_path(&path))
    }),
    passes("scopedImport", 2, |e, a| {
        let scope = e.expect_attrs(a[0])?;
        let path = e.expect_path(a[1])?;
        e.scoped_file(as_path(&path), scope)
    }),
    computes("pathExists", 1, |e, a| {
        // A path with a trailing slash asks for a directory.
        let wants_directory = match e.force(a[0])? {
            Value::String(string) => string.text.ends_with(b"/") || string.text.ends_with(b"/."),
            _ => false,
        };
        let path = e.expect_path(a[0])?;
        let sources = e.settings.sources;
        let exists = if wants_directory {
            sources.read_dir(as_path(&path)).is_ok()
        } else {
            sources.kind(as_path(&path)).is_ok()
        };
        Ok(Value::Bool(exists))
    }),
    computes("readFile", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        let bytes = e.read(as_path(&path))?;
        if bytes.contains(&0) {
            let path = lossy(&path);
            return Err(Failure::other(format!(
                "the contents of the file '{path}' cannot be represented as a Nix string"
            )));
        }
        Ok(e.string(bytes))
    }),
    computes("readDir", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        let entries = e
            .settings
            .sources
            .read_dir(as_path(&path))
            .map_err(|error| crate::eval::unreadable(as_path(&path), &error))?;
        let mut result = AttrsBuilder::with_capacity(e.arena, entries.len());
        for (name, kind) in entries {
            result.push(e.symbols.intern(&name), Position::NONE, e.string(kind_name(kind)));
        }
        Ok(result.finish_value())
    }),
    computes("readFileType", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        let kind = e
            .settings
            .sources
            .kind(as_path(&path))
            .map_err(|error| crate::eval::unreadable(as_path(&path), &error))?;
        Ok(e.string(kind_name(kind)))
    }),
    computes("findFile", 2, find_file),
    computes("fetchurl", 1, fetch_url),
];

fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Regular => "regular",
        FileKind::Directory => "directory",
        FileKind::Symlink => "symlink",
        FileKind::Unknown => "unknown",
    }
}

/// `<prefix/rest>`: the first entry of the search path that has the prefix and whose path exists.
fn find_file<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let wanted = e.expect_plain_string(a[1])?;
    for &entry in e.expect_list(a[0])? {
        let entry = e.expect_attrs(entry)?;
        let prefix = match entry.get(well_known::PREFIX) {
            Some(attr) => e.expect_plain_string(attr.value)?,
            None => b"",
        };
        let Some(path) = entry.get(well_known::PATH) else {
            return Err(Failure::new(ErrorKind::MissingAttribute, "attribute 'path' missing"));
        };
        let path = e.coerce(path.value, crate::eval::Coercion::PATH)?.text;
        let rest = match wanted.strip_prefix(prefix) {
            Some(b"") => &b""[..],
            Some(rest) if prefix.is_empty() => rest,
            Some(rest) if rest.starts_with(b"/") => &rest[1..],
            _ => continue,
        };
        let candidate =
            if rest.is_empty() { canonical(path) } else { canonical(&[path, b"/", rest].concat()) };
        if path.starts_with(b"/") && e.settings.sources.exists(as_path(&candidate)) {
            return Ok(e.path_value(candidate));
        }
    }
    let wanted = lossy(wanted);
    Err(Failure::new(
        ErrorKind::Thrown,
        format!("file '{wanted}' was not found in the Nix search path (add it using $NIX_PATH or -I)"),
    ))
}

/// A fetch stays a promise: the store path that the file will have, with a context that says where it comes from.
fn fetch_url<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let (url, mut name, mut sha256) = match e.force(a[0])? {
        Value::Attrs(attrs) => {
            let (mut url, mut name, mut sha256) = (None, None, None);
            for (key, attr) in e.sorted(attrs) {
                match key {
                    b"url" => url = Some(e.expect_plain_string(attr.value)?),
                    b"name" => name = Some(e.expect_plain_string(attr.value)?),
                    b"sha256" => sha256 = Some(e.expect_plain_string(attr.value)?),
                    other => {
                        let other = lossy(other);
                        return Err(Failure::other(format!("unsupported argument '{other}' to 'fetchurl'")));
                    }
                }
            }
            let Some(url) = url else { return Err(Failure::other("'url' argument required")) };
            (url, name, sha256)
        }
        other => (e.expect_plain_string(other)?, None, None),
    };
    let name = *name.get_or_insert_with(|| base_name(url));
    let hex = match sha256.take() {
        Some(text) if !text.is_empty() => Some(parse_sha256(&lossy(text))?),
        _ => None,
    };
    let path = e.fetched_path(url, name, hex.as_deref());
    let path = e.arena.alloc_slice_copy(&path);
    let sha256: &'a [u8] = e.arena.alloc_slice_copy(hex.unwrap_or_default().as_bytes());
    let context = Context::Fetch { url, name, sha256 };
    Ok(e.string_in(path, e.context_in(vec![context])))
}

/// A SHA-256 in base 16, Nix's base 32, base 64 or as SRI, as base 16.
fn parse_sha256(text: &str) -> Result<String> {
    crate::store::hash::sha256_base16(text).map_err(Failure::other)
}

impl<'a> Evaluator<'a> {
    /// The store path of a fetched file. Without a hash it cannot be known; then it is made from the URL.
    fn fetched_path(&self, url: &[u8], name: &[u8], sha256: Option<&str>) -> Vec<u8> {
        let known = sha256.and_then(|hash| {
            crate::store::path::fixed_flat_sha256(&self.settings.store_directory, name, hash)
        });
        known.unwrap_or_else(|| {
            let digest = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(url)[..16]);
            [self.settings.store_directory.as_bytes(), b"/", digest.as_bytes(), b"-", name].concat()
        })
    }

    /// The store path of a file or directory that is interpolated into a string.
    pub(crate) fn copy_to_store(&self, path: &[u8]) -> Result<&'a [u8]> {
        if let Some(&known) = self.copied.borrow().get(path) {
            return Ok(known);
        }
        let result = crate::store::source::source_path(
            &crate::store::path::StoreDir::new(self.settings.store_directory.clone()),
            self.settings.sources,
            as_path(path),
            base_name(path),
        )
        .map_err(|message| Failure::new(ErrorKind::File, message))?;
        let result: &'a [u8] = self.arena.alloc_slice_copy(result.as_bytes());
        let key = self.arena.alloc_slice_copy(as_bytes(as_path(path)));
        self.copied.borrow_mut().insert(key, result);
        Ok(result)
    }
}

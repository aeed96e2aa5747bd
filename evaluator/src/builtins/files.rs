//! Files, paths and fetching.

use launchnix_diagnostics::{FileKind, Sources as _};

use super::{Builtin, computes, passes};
use crate::error::{ErrorKind, Failure};
use crate::eval::{Evaluator, Result, lossy};
use crate::path::{as_bytes, as_path, canonical};
use crate::store::memory::Refusal;
use crate::symbol::well_known;
use crate::value::{AttrsBuilder, Position, Value};

pub(super) static ALL: &[Builtin] = &[
    passes("import", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        e.file(as_path(&path)).map_err(|error| e.blame_path(error, a[0], as_path(&path)))
    }),
    passes("scopedImport", 2, |e, a| {
        let path = e.expect_path(a[1])?;
        let scope = e.expect_attrs(a[0])?;
        e.scoped_file(as_path(&path), scope).map_err(|error| e.blame_path(error, a[1], as_path(&path)))
    }),
    computes("pathExists", 1, |e, a| {
        // A path with a trailing slash asks for a directory.
        let wants_directory = match e.force(a[0])? {
            Value::String(string) => string.text.ends_with(b"/") || string.text.ends_with(b"/."),
            _ => false,
        };
        let path = e.expect_path(a[0])?;
        let sources = e.sources();
        let exists = if wants_directory {
            sources.read_dir(as_path(&path)).is_ok()
        } else {
            sources.kind(as_path(&path)).is_ok()
        };
        Ok(Value::bool(exists))
    }),
    computes("readFile", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        let bytes =
            super::store::read_file(e, &path).map_err(|error| e.blame_path(error, a[0], as_path(&path)))?;
        if bytes.contains(&0) {
            let path = lossy(&path);
            return Err(Failure::other(format!(
                "the contents of the file '{path}' cannot be represented as a Nix string"
            )));
        }
        e.note_file_text(as_path(&path), &bytes);
        Ok(e.string(bytes))
    }),
    computes("readDir", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        let entries = e.sources().read_dir(as_path(&path)).map_err(|error| {
            let path = super::store::beyond_links(&e.sources(), as_path(&path), &error);
            let error = match error.kind() {
                // Not where it is below a file.
                std::io::ErrorKind::NotADirectory if e.sources().kind(&path).is_ok() => {
                    let message = format!("cannot read directory \"{}\": Not a directory", path.display());
                    Failure::new(ErrorKind::File, message)
                }
                _ => crate::eval::unreadable(&path, &error),
            };
            e.blame_argument(error, a[0])
        })?;
        let mut result = AttrsBuilder::with_capacity(e.arena, entries.len());
        for (name, kind) in entries {
            result.push(e.symbols.intern(&name), Position::NONE, e.string(kind_name(kind)));
        }
        Ok(result.finish_value())
    }),
    computes("readFileType", 1, |e, a| {
        let path = e.expect_path(a[0])?;
        // Unlike everything else that reads, this does not follow links on the way.
        for above in as_path(&path).ancestors().skip(1) {
            if matches!(e.sources().kind(above), Ok(FileKind::Symlink)) {
                let message = format!("path '{}' is a symlink", above.display());
                return Err(e.blame_argument(Failure::new(ErrorKind::File, message), a[0]));
            }
        }
        let kind = e
            .sources()
            .kind(as_path(&path))
            .map_err(|error| e.blame_argument(crate::eval::unreadable(as_path(&path), &error), a[0]))?;
        Ok(e.string(kind_name(kind)))
    }),
    computes("findFile", 2, find_file),
];

pub(super) fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Regular => "regular",
        FileKind::Directory => "directory",
        FileKind::Symlink => "symlink",
        FileKind::Unknown => "unknown",
    }
}

/// `<prefix/rest>`: the first entry of the search path that has the prefix and whose path exists.
fn find_file<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let list = e.expect_list(a[0])?;
    let mut entries = Vec::with_capacity(list.len());
    for &entry in list {
        let entry = e.expect_attrs(entry)?;
        let prefix = match entry.get(well_known::PREFIX) {
            Some(attr) => e.expect_plain_string(attr.value)?,
            None => b"",
        };
        let Some(path) = entry.get(well_known::PATH) else {
            return Err(Failure::new(ErrorKind::MissingAttribute, "attribute 'path' missing"));
        };
        entries.push((prefix, e.coerce(path.value, crate::eval::Coercion::PATH)?.text));
    }
    let wanted = e.expect_plain_string(a[1])?;
    let mut not_fetched = None;
    for (prefix, path) in entries {
        let rest = match wanted.strip_prefix(prefix) {
            Some(b"") => &b""[..],
            Some(rest) if prefix.is_empty() => rest,
            Some(rest) if rest.starts_with(b"/") => &rest[1..],
            _ => continue,
        };
        let is_url = super::fetch::archive_of(path).is_some();
        let root = match super::fetch::of_lookup_path(e, path) {
            Ok(root) => root,
            Err(error) => {
                e.warn_of_missing_entry(path, is_url);
                not_fetched.get_or_insert(error);
                continue;
            }
        };
        let candidate =
            if rest.is_empty() { root.clone() } else { canonical(&[&root[..], b"/", rest].concat()) };
        if e.sources().exists(as_path(&candidate)) {
            let found = e.sources().resolve_links(as_path(&candidate));
            return Ok(e.path_value(as_bytes(&found)));
        }
        match e.sources().kind(as_path(&root)) {
            Err(error) if Refusal::of(&error).is_some() => {
                return Err(crate::eval::unreadable(as_path(&root), &error));
            }
            Err(_) => e.warn_of_missing_entry(path, false),
            Ok(_) => {}
        }
    }
    if wanted.starts_with(b"nix/") {
        // Files that come with Nix. Only one of them is left.
        return Ok(e.path_value([b"<", wanted, b">"].concat()));
    }
    let wanted = lossy(wanted);
    if e.settings.pure {
        let message =
            format!("cannot look up '<{wanted}>' in pure evaluation mode (use '--impure' to override)");
        return Err(Failure::new(ErrorKind::Thrown, message));
    }
    let failure = Failure::new(
        ErrorKind::Thrown,
        format!("file '{wanted}' was not found in the Nix search path (add it using $NIX_PATH or -I)"),
    );
    Err(match not_fetched {
        Some(error) => failure.with_help(error.message),
        None => failure.with_help(
            "say where it is with `-I NAME=PATH`, or name it by its path or a fetch in place of `<…>`",
        ),
    })
}

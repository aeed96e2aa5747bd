//! The store and hashes: what paths and texts are called there. Nothing is written.

use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Fault, FileFault, FileKind, Sources};
use rustc_hash::FxHashSet;

use super::{Builtin, computes};
use crate::error::{Error, ErrorKind, Failure};
use crate::eval::{Coercion, Evaluator, Result, lossy};
use crate::path::{as_bytes, as_path, base_name, canonical};
use crate::settings::Settings;
use crate::store::hash::{Algorithm, Format, Hash, names_blake3};
use crate::store::memory::{Sight, StoreView};
use crate::store::nar::{self, NarError};
use crate::store::path::Method;
use crate::symbol::well_known;
use crate::value::{Context, Value};

pub(super) static ALL: &[Builtin] = &[
    computes("path", 1, path),
    computes("filterSource", 2, |e, a| {
        let path = e.expect_path(a[1])?;
        let filter = e.expect_function(a[0]).map_err(|error| {
            error.frame(None, "while evaluating the first argument passed to builtins.filterSource")
        })?;
        let root = e.sources().resolve_links(as_path(&path));
        e.add_path(as_bytes(&root), base_name(&path), Some(filter), Method::Recursive, None)
    }),
    computes("toFile", 2, to_file),
    computes("storePath", 1, |e, a| {
        if e.settings.pure {
            return Err(Failure::other("'builtins.storePath' is not allowed in pure evaluation mode"));
        }
        let (path, mut context) = path_with_context(e, a[0])?;
        let directory = e.memory.borrow().directory().clone();
        let (store_path, _) = directory.split(&path).map_err(Failure::other)?;
        context.push(Context::Opaque(e.arena.alloc_slice_copy(store_path)));
        Ok(e.string_in(e.arena.alloc_slice_copy(&path), e.context_in(context)))
    }),
    computes("hashString", 2, |e, a| {
        let algorithm = e.hash_algorithm(e.expect_plain_string(a[0])?)?;
        let text = e.expect_string(a[1])?.text;
        Ok(e.string(Hash::of(algorithm, text).write(Format::Base16)))
    }),
    computes("hashFile", 2, |e, a| {
        let algorithm = e.hash_algorithm(e.expect_plain_string(a[0])?)?;
        let path = e.expect_path(a[1])?;
        let contents = read_file(e, &path).map_err(|error| e.blame_argument(error, a[1]))?;
        Ok(e.string(Hash::of(algorithm, &contents).write(Format::Base16)))
    }),
    computes("convertHash", 1, convert_hash),
];

impl<'a> Evaluator<'a> {
    /// A hash algorithm by its name.
    fn hash_algorithm(&self, name: &[u8]) -> Result<Algorithm> {
        self.require_feature_of_hash(name)?;
        Algorithm::parse(name).map_err(Failure::other)
    }

    /// Reads a hash: see [`Hash::parse`].
    pub(super) fn hash(&self, text: &[u8], algorithm: Option<Algorithm>) -> Result<Hash> {
        self.require_feature_of_hash(text)?;
        Hash::parse(text, algorithm).map_err(Failure::other)
    }

    /// As [`hash`](Self::hash), where nothing at all stands for a hash that the user does not know yet.
    pub(super) fn hash_or_empty(&self, text: &[u8], algorithm: Option<Algorithm>) -> Result<Hash> {
        if !text.is_empty() {
            return self.hash(text, algorithm);
        }
        let Some(algorithm) = algorithm else {
            return Err(Failure::other("empty hash requires explicit hash algorithm"));
        };
        let hash = Hash::zero(algorithm);
        (self.settings.message)(&format!(
            "warning: found empty hash, assuming '{}'",
            hash.write(Format::Sri)
        ));
        Ok(hash)
    }

    /// One of the algorithms is experimental.
    pub(super) fn require_feature_of_hash(&self, text: &[u8]) -> Result<()> {
        if names_blake3(text) {
            self.settings.features.require("blake3-hashes").map_err(Failure::other)?;
        }
        Ok(())
    }

    /// All files, with those that this evaluation has put into the store.
    pub(crate) fn sources(&self) -> StoreView<'_> {
        StoreView {
            sources: self.settings.sources,
            memory: &self.memory,
            sight: match self.settings {
                Settings { pure: true, .. } => Sight::Store,
                Settings { restricted: true, .. } => {
                    Sight::Listed(self.listed.get().map_or(&[], Vec::as_slice))
                }
                _ => Sight::All,
            },
            fetcher: self.settings.fetcher,
        }
    }

    /// All files, also those that may not be seen: what is fetched was allowed, or has a known hash.
    pub(super) fn all_sources(&self) -> StoreView<'_> {
        StoreView { sight: Sight::All, ..self.sources() }
    }

    /// The store path of a file or directory that is interpolated into a string.
    pub(crate) fn copy_to_store(&self, path: &[u8]) -> Result<&'a [u8]> {
        if let Some(&known) = self.copied.borrow().get(path) {
            return Ok(known);
        }
        if path.ends_with(b".drv") {
            return Err(Failure::other("file names are not allowed to end in '.drv'"));
        }
        let name = if path == b"/" { b"source" } else { base_name(path) };
        // The files that come with Nix have a closing bracket that belongs to no name.
        let name = name.strip_suffix(b">").unwrap_or(name);
        let result = self.added(&self.sources(), path, name, None, Method::Recursive)?;
        let result: &'a [u8] = self.arena.alloc_slice_copy(result.as_bytes());
        self.copied.borrow_mut().insert(self.arena.alloc_slice_copy(path), result);
        Ok(result)
    }

    /// The hash of a tree as an archive.
    pub(super) fn nar_hash(&self, path: &[u8]) -> Result<Hash> {
        let mut keep = |_: &Path, _: FileKind| -> Result<bool> { Ok(true) };
        let hash = nar::hash_path(&self.all_sources(), as_path(path), &mut keep).map_err(nar_failure)?;
        Ok(Hash::sha256(hash))
    }

    /// The store path of what a filter leaves of a path.
    fn added(
        &self,
        sources: &StoreView<'_>,
        path: &[u8],
        name: &[u8],
        filter: Option<Value<'a>>,
        method: Method,
    ) -> Result<String> {
        let root = as_path(path);
        let mut hidden: FxHashSet<PathBuf> = FxHashSet::default();
        let hash = if method == Method::Flat {
            Hash::of(Algorithm::Sha256, &read_file_of(sources, path)?)
        } else {
            let mut keep = |path: &Path, kind: FileKind| -> Result<bool> {
                let Some(filter) = filter else { return Ok(true) };
                let args = [self.string(as_bytes(path)), self.string(super::files::kind_name(kind))];
                let kept = self.call_with(filter, &args)?;
                let kept = self.expect_bool(kept).map_err(|error| {
                    error.frame(None, "while evaluating the return value of the path filter function")
                })?;
                if !kept {
                    hidden.insert(path.to_path_buf());
                }
                Ok(kept)
            };
            Hash::sha256(nar::hash_path(sources, root, &mut keep).map_err(nar_failure)?)
        };
        let mut memory = self.memory.borrow_mut();
        let store_path =
            memory.directory().fixed_output_path(method, &hash, &lossy(name), []).map_err(Failure::other)?;
        if Path::new(&store_path) != root {
            memory.add_copy(store_path.clone(), root.to_path_buf(), hidden);
        }
        Ok(store_path)
    }

    /// As [`Self::added`], as a string with its context; compared with what is expected.
    pub(crate) fn add_path(
        &self,
        path: &[u8],
        name: &[u8],
        filter: Option<Value<'a>>,
        method: Method,
        expected: Option<&Hash>,
    ) -> Result<Value<'a>> {
        let shown = lossy(path).into_owned();
        let while_adding = |error: Error| error.frame(None, format!("while adding path '{shown}'"));
        let result = self.added(&self.sources(), path, name, filter, method).map_err(while_adding)?;
        if let Some(hash) = expected {
            let directory = self.memory.borrow().directory().clone();
            let expected = directory
                .fixed_output_path(method, hash, &lossy(name), [])
                .map_err(|reason| while_adding(Failure::other(reason)))?;
            if expected != result {
                return Err(while_adding(Failure::other(format!(
                    "store path mismatch in (possibly filtered) path added from '{shown}'"
                ))));
            }
        }
        let result: &'a [u8] = self.arena.alloc_slice_copy(result.as_bytes());
        Ok(self.string_in(result, self.context_in(vec![Context::Opaque(result)])))
    }
}

impl<'a> Evaluator<'a> {
    /// As [`Self::add_path`], of what may not be seen otherwise.
    pub(super) fn add_fetched(&self, path: &[u8], name: &[u8], method: Method) -> Result<Value<'a>> {
        let result = self.added(&self.all_sources(), path, name, None, method)?;
        let result: &'a [u8] = self.arena.alloc_slice_copy(result.as_bytes());
        Ok(self.string_in(result, self.context_in(vec![Context::Opaque(result)])))
    }
}

fn nar_failure(error: NarError<Error>) -> Error {
    match error {
        NarError::Filter(error) => error,
        other => Failure::new(ErrorKind::File, other.file_message().unwrap_or_default()),
    }
}

/// The content of a file; that of a directory is refused as Nix does.
pub(super) fn read_file(e: &Evaluator<'_>, path: &[u8]) -> Result<Vec<u8>> {
    read_file_of(&e.sources(), path)
}

fn read_file_of(sources: &StoreView<'_>, path: &[u8]) -> Result<Vec<u8>> {
    let path = as_path(path);
    sources.read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::IsADirectory => {
            Failure::new(ErrorKind::File, "read of 4096 bytes: Is a directory")
                .of(Fault::File(FileFault::Directory))
        }
        _ => crate::eval::unreadable(&beyond_links(sources, path, &error), &error),
    })
}

/// The file that cannot be read, where links lead to it.
pub(super) fn beyond_links(sources: &StoreView<'_>, path: &Path, error: &std::io::Error) -> PathBuf {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => sources.resolve_links(path),
        _ => path.to_path_buf(),
    }
}

/// An absolute path, and the context of the string that it was.
fn path_with_context<'a>(e: &Evaluator<'a>, value: Value<'a>) -> Result<(Vec<u8>, Vec<Context<'a>>)> {
    if let Value::Path(path) = e.force(value)? {
        return Ok((path.text.to_vec(), Vec::new()));
    }
    let string = e.coerce(value, Coercion::PATH)?;
    if !string.text.starts_with(b"/") {
        let text = string.lossy();
        return Err(Failure::relative_path(&text));
    }
    Ok((canonical(string.text), string.context.to_vec()))
}

fn path<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let (mut path, mut name, mut filter, mut method, mut expected) =
        (None, None, None, Method::Recursive, None);
    let (recursive, sha256) = (e.intern("recursive"), e.intern("sha256"));
    for (key, attr) in e.attributes(e.expect_attrs(a[0])?) {
        let span = e.key_span(attr.position);
        match attr.name {
            well_known::PATH => {
                path = Some(e.expect_path(attr.value).map_err(|error| {
                    error.frame(span, "while evaluating the 'path' attribute passed to 'builtins.path'")
                })?);
            }
            well_known::NAME => name = Some(e.expect_plain_string(attr.value)?),
            well_known::FILTER => {
                filter = Some(e.expect_function(attr.value).map_err(|error| {
                    error.frame(span, "while evaluating the `filter` parameter passed to builtins.path")
                })?);
            }
            known if known == recursive => {
                method = if e.expect_bool(attr.value)? { Method::Recursive } else { Method::Flat };
            }
            known if known == sha256 => {
                let text = e.expect_plain_string(attr.value)?;
                let hash = e.hash_or_empty(text, Some(Algorithm::Sha256))?;
                expected = Some(hash);
            }
            _ => {
                let error =
                    Failure::other(format!("unsupported argument '{}' to 'builtins.path'", lossy(key)));
                return Err(match span {
                    Some(span) => error.at(span),
                    None => error,
                });
            }
        }
    }
    let Some(path) = path else {
        return Err(Failure::other(
            "missing required 'path' attribute in the first argument to 'builtins.path'",
        ));
    };
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| base_name(&path));
    let root = e.sources().resolve_links(as_path(&path));
    e.add_path(as_bytes(&root), name, filter, method, expected.as_ref())
}

fn to_file<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let name = e.expect_plain_string(a[0]).map_err(|error| {
        error.frame(None, "while evaluating the first argument passed to builtins.toFile")
    })?;
    let contents = e.expect_string(a[1]).map_err(|error| {
        error.frame(None, "while evaluating the second argument passed to builtins.toFile")
    })?;
    let mut references = Vec::new();
    for context in contents.context {
        let other = match context {
            Context::Opaque(path) => {
                references.push(lossy(path).into_owned());
                continue;
            }
            Context::DeepDerivation(path) => format!("={}", lossy(base_name(path))),
            Context::Output { derivation, output } => {
                format!("!{}!{}", lossy(output), lossy(base_name(derivation)))
            }
            Context::Fetch { url, name, sha256 } => {
                let directory = e.memory.borrow().directory().clone();
                references.push(super::fetch::promised_path(&directory, url, name, sha256)?);
                continue;
            }
        };
        return Err(Failure::other(format!(
            "files created by builtins.toFile may not reference derivations, but {} references {other}",
            lossy(name)
        )));
    }
    references.sort_unstable();
    let mut memory = e.memory.borrow_mut();
    let path = memory
        .directory()
        .text_path(&lossy(name), contents.text, references.iter().map(String::as_str))
        .map_err(Failure::other)?;
    memory.add_text(path.clone(), contents.text.to_vec(), references);
    let path: &'a [u8] = e.arena.alloc_slice_copy(path.as_bytes());
    Ok(e.string_in(path, e.context_in(vec![Context::Opaque(path)])))
}

fn convert_hash<'a>(e: &Evaluator<'a>, a: &[Value<'a>]) -> Result<Value<'a>> {
    let attrs = e.expect_attrs(a[0])?;
    let required = |shown: &str| match attrs.get(e.intern(shown)) {
        Some(attr) => e.expect_plain_string(attr.value),
        None => Err(Failure::new(ErrorKind::MissingAttribute, format!("attribute '{shown}' missing"))
            .frame(None, format!("while locating the attribute '{shown}'"))),
    };
    let hash = required("hash")?;
    let algorithm = match attrs.get(e.intern("hashAlgo")) {
        Some(attr) => Some(e.hash_algorithm(e.expect_plain_string(attr.value)?)?),
        None => None,
    };
    let format = required("toHashFormat")?;
    if format == b"base32" {
        (e.settings.message)("warning: \"base32\" is a deprecated alias for hash format \"nix32\".");
    }
    let format = Format::parse(format);
    let format = format.map_err(Failure::other)?;
    let hash = e.hash(hash, algorithm)?;
    Ok(e.string(hash.write(format)))
}

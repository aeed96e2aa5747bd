//! What an evaluation has put into the store, so that it can be read again although nothing was written.

use std::cell::RefCell;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use launchnix_diagnostics::{FileKind, Sources};
use rustc_hash::{FxHashMap, FxHashSet};

use super::aterm;
use super::derivation::{DerivationRecord, Derivations, is_derivation};
use super::fetch;
use super::path::StoreDir;
use crate::fetch::{Fetcher, Request};

/// The store as one evaluation knows it.
#[derive(Debug)]
pub struct StoreMemory {
    directory: StoreDir,
    records: FxHashMap<Rc<str>, Rc<DerivationRecord>>,
    texts: FxHashMap<String, Text>,
    /// The content of `.drv` files that were made.
    aterms: FxHashMap<Rc<str>, Vec<u8>>,
    copies: FxHashMap<String, SourceCopy>,
    promises: FxHashMap<String, Request>,
}

/// A file that was made of a string by `toFile`.
#[derive(Debug)]
struct Text {
    contents: Vec<u8>,
    references: Vec<Rc<str>>,
}

/// A file or directory that is in the store under another name.
#[derive(Debug)]
struct SourceCopy {
    root: PathBuf,
    /// What the filter left out.
    hidden: FxHashSet<PathBuf>,
}

impl StoreMemory {
    /// A memory of nothing.
    pub fn new(directory: &str) -> Self {
        Self {
            directory: StoreDir::new(directory),
            records: FxHashMap::default(),
            texts: FxHashMap::default(),
            aterms: FxHashMap::default(),
            copies: FxHashMap::default(),
            promises: FxHashMap::default(),
        }
    }

    /// The directory that all paths are in.
    pub fn directory(&self) -> &StoreDir {
        &self.directory
    }

    /// Remembers a text, and what it refers to.
    pub fn add_text(&mut self, path: String, contents: Vec<u8>, references: Vec<String>) {
        let references = references.into_iter().map(Rc::from).collect();
        self.texts.insert(path, Text { contents, references });
    }

    /// Remembers a derivation and the content of its `.drv` file.
    pub fn add_derivation(&mut self, record: Rc<DerivationRecord>, aterm: Vec<u8>) {
        self.aterms.insert(Rc::clone(&record.path), aterm);
        self.records.insert(Rc::clone(&record.path), record);
    }

    /// Remembers what a store path is a copy of, and what was left out.
    pub fn add_copy(&mut self, path: String, root: PathBuf, hidden: FxHashSet<PathBuf>) {
        self.copies.insert(path, SourceCopy { root, hidden });
    }

    /// Remembers how the content of a store path would be fetched.
    pub fn add_promise(&mut self, path: String, request: Request) {
        self.promises.insert(path, request);
    }

    /// Whether a path was put into the store.
    pub fn has_made(&self, path: &str) -> bool {
        self.texts.contains_key(path) || self.aterms.contains_key(path) || self.copies.contains_key(path)
    }

    /// All paths that were put into the store, sorted.
    pub fn made(&self) -> Vec<String> {
        let files = self.texts.keys().chain(self.copies.keys()).cloned();
        let mut paths: Vec<String> = files.chain(self.aterms.keys().map(ToString::to_string)).collect();
        paths.sort_unstable();
        paths
    }

    /// The store path that a path is in and how its content would be fetched, if it is one that was promised.
    fn promise(&self, path: &Path) -> Option<(String, Request)> {
        if self.promises.is_empty() {
            return None;
        }
        let (base, _) = self.split(path)?;
        let request = self.promises.get(&base)?.clone();
        Some((base, request))
    }

    /// The store path that a path is in, and the rest.
    fn split(&self, path: &Path) -> Option<(String, PathBuf)> {
        let rest = path.strip_prefix(self.directory.as_str()).ok()?;
        let mut parts = rest.components();
        let base = parts.next()?.as_os_str().to_str()?;
        Some((format!("{}/{base}", self.directory.as_str()), parts.as_path().to_path_buf()))
    }

    fn locate(&self, path: &Path) -> Located {
        let Some((base, rest)) = self.split(path) else { return Located::Elsewhere };
        let text = self.texts.get(&base).map(|text| &text.contents);
        if let Some(text) = text.or_else(|| self.aterms.get(&*base)) {
            return if rest.as_os_str().is_empty() { Located::Text(text.clone()) } else { Located::Nowhere };
        }
        let Some(copy) = self.copies.get(&base) else { return Located::Elsewhere };
        let original = if rest.as_os_str().is_empty() { copy.root.clone() } else { copy.root.join(rest) };
        if !copy.hidden.is_empty() && original.ancestors().any(|path| copy.hidden.contains(path)) {
            return Located::Nowhere;
        }
        Located::At(original)
    }

    fn is_hidden(&self, path: &Path, name: &[u8]) -> bool {
        let Some((base, rest)) = self.split(path) else { return false };
        self.copies.get(&base).is_some_and(|copy| {
            !copy.hidden.is_empty()
                && copy.hidden.contains(&copy.root.join(rest).join(crate::path::as_path(name)))
        })
    }
}

/// Where the content of a path is.
enum Located {
    Text(Vec<u8>),
    At(PathBuf),
    /// It is not in the copy that the path names.
    Nowhere,
    /// At the path itself.
    Elsewhere,
}

/// All files as an evaluation sees them: what it has put into the store itself, then what [`Sources`] has.
pub struct StoreView<'e> {
    /// The files of the world.
    pub sources: &'e dyn Sources,
    /// What the evaluation has made.
    pub memory: &'e RefCell<StoreMemory>,
    /// What may be seen.
    pub sight: Sight<'e>,
    /// Who fetches what was promised.
    pub fetcher: Option<Fetcher<'e>>,
}

/// What an evaluation may see of the world.
#[derive(Clone, Copy, Debug)]
pub enum Sight<'e> {
    /// All of it.
    All,
    /// Nothing but the store: pure evaluation.
    Store,
    /// The store and what a search path names: restricted evaluation.
    Listed(&'e [PathBuf]),
}

/// Why the evaluation itself refuses to look at a file.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Pure evaluation sees nothing but the store.
    #[error(
        "access to absolute path '{}' is forbidden in pure evaluation mode (use '--impure' to override)", .0.display()
    )]
    Forbidden(PathBuf),
    /// Restricted evaluation sees nothing but the store and its search path.
    #[error("access to absolute path '{}' is forbidden in restricted mode", .0.display())]
    Restricted(PathBuf),
    /// The content could not be fetched.
    #[error("{}", .0.message)]
    NotFetched(fetch::Miss),
}

impl Refusal {
    /// The refusal behind an error, if it is one.
    pub fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl StoreView<'_> {
    /// Fetches what a path is in, if that was promised and is not there yet.
    fn fetch(&self, path: &Path) -> io::Result<bool> {
        let promised = self.memory.borrow().promise(path);
        let Some((base, request)) = promised else { return Ok(false) };
        if self.sources.exists(Path::new(&base)) {
            return Ok(false);
        }
        let fetched = fetch::fetch(self.fetcher, self.sources, &request)
            .map_err(|miss| io::Error::other(Refusal::NotFetched(miss)))?;
        self.memory.borrow_mut().add_copy(base, fetched.path, FxHashSet::default());
        Ok(true)
    }

    /// Whether a path is in the store, and not the store as a whole.
    fn is_in_store(&self, path: &Path) -> bool {
        path.strip_prefix(self.memory.borrow().directory.as_str()).is_ok_and(|rest| rest != Path::new(""))
    }

    /// Of what may be seen, the directories around it may be seen as well, with nothing else in them.
    fn may_see(&self, path: &Path) -> bool {
        match self.sight {
            Sight::All => true,
            Sight::Store => self.is_in_store(path),
            Sight::Listed(entries) => {
                self.is_in_store(path)
                    || entries.iter().any(|entry| path.starts_with(entry) || entry.starts_with(path))
            }
        }
    }

    fn at<T>(
        &self,
        path: &Path,
        of_text: impl FnOnce(Vec<u8>) -> io::Result<T>,
        of_path: impl FnOnce(&dyn Sources, &Path) -> io::Result<T>,
    ) -> io::Result<T> {
        if path.starts_with("<nix") {
            return match path.to_str() {
                Some("<nix/fetchurl.nix>") => of_text(FETCHURL.to_vec()),
                _ => Err(io::ErrorKind::NotFound.into()),
            };
        }
        let mut located = self.memory.borrow().locate(path);
        if matches!(located, Located::Elsewhere) && self.fetch(path)? {
            located = self.memory.borrow().locate(path);
        }
        match located {
            Located::Text(text) => of_text(text),
            // The original was let through when it was copied.
            Located::At(original) => of_path(self.sources, &original),
            Located::Nowhere => Err(io::ErrorKind::NotFound.into()),
            Located::Elsewhere if !self.may_see(path) => {
                let path = path.to_path_buf();
                let refusal = match self.sight {
                    Sight::Listed(_) => Refusal::Restricted(path),
                    Sight::All | Sight::Store => Refusal::Forbidden(path),
                };
                Err(io::Error::new(io::ErrorKind::PermissionDenied, refusal))
            }
            Located::Elsewhere => of_path(self.sources, path),
        }
    }
}

/// The file that is known everywhere as `<nix/fetchurl.nix>`.
const FETCHURL: &[u8] = include_bytes!("fetchurl.nix");

impl Sources for StoreView<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.at(path, Ok, |sources, path| sources.read(path))
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.at(path, |_| Ok(FileKind::Regular), |sources, path| sources.kind(path))
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        let mut entries = self.at(
            path,
            |_| Err(io::ErrorKind::NotADirectory.into()),
            |sources, path| sources.read_dir(path),
        )?;
        let memory = self.memory.borrow();
        entries.retain(|(name, _)| !memory.is_hidden(path, name));
        drop(memory);
        if matches!(self.sight, Sight::Listed(_)) {
            entries.retain(|(name, _)| self.may_see(&path.join(OsStr::from_bytes(name))));
        }
        Ok(entries)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.at(path, |_| Err(io::ErrorKind::InvalidInput.into()), |sources, path| sources.read_link(path))
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.at(path, |_| Ok(false), |sources, path| sources.is_executable(path))
    }

    fn modified(&self, path: &Path) -> Option<i64> {
        let of_path = |sources: &dyn Sources, path: &Path| Ok(sources.modified(path));
        self.at(path, |_| Ok(None), of_path).ok().flatten()
    }
}

/// The derivations of an evaluation, and those that `sources` has.
pub struct Known<'m> {
    /// What the evaluation has made.
    pub memory: &'m mut StoreMemory,
    /// The files of the world.
    pub sources: &'m dyn Sources,
}

impl Known<'_> {
    fn read(&mut self, drv_path: &str) -> Result<DerivationRecord, String> {
        let (_, name) = self.memory.directory.parse(drv_path)?;
        let name = name.strip_suffix(".drv").unwrap_or(name).to_owned();
        let text =
            self.sources.read(Path::new(drv_path)).map_err(|_| format!("path '{drv_path}' is not valid"))?;
        let derivation = aterm::parse(&name, &text)?;
        let (aterm, inputs_at) = derivation.to_aterm();
        let inputs = derivation.input_hashes(self)?;
        derivation.record(drv_path.into(), &inputs, (&aterm, &inputs_at), self)
    }
}

impl Derivations for Known<'_> {
    fn record(&mut self, drv_path: &str) -> Result<Rc<DerivationRecord>, String> {
        if let Some(record) = self.memory.records.get(drv_path) {
            return Ok(Rc::clone(record));
        }
        let record = Rc::new(self.read(drv_path)?);
        self.memory.records.insert(Rc::clone(&record.path), Rc::clone(&record));
        Ok(record)
    }

    fn references(&mut self, path: &str) -> Result<Vec<Rc<str>>, String> {
        if is_derivation(path) {
            return Ok(self.record(path)?.references.clone());
        }
        Ok(self.memory.texts.get(path).map(|text| text.references.clone()).unwrap_or_default())
    }
}

//! Source files and directories as store paths: what a path in a string, `builtins.path` and `filterSource` give.

use std::path::Path;

use super::hash::{Algorithm, Hash};
use super::nar::{self, NarError};
use super::path::{Method, StoreDir};
use launchnix_diagnostics::Sources;

/// The store path of a file or directory as a whole, under a name. The error is worded as Nix does.
pub fn source_path(
    store: &StoreDir,
    sources: &dyn Sources,
    path: &Path,
    name: &[u8],
) -> Result<String, String> {
    let nar = nar::hash_path(sources, path, &mut nar::everything).map_err(|error| error.message())?;
    store.source_path(&String::from_utf8_lossy(name), nar)
}

/// The store path of a single file by its content (`builtins.path` with `recursive = false`, `fetchurl`).
pub fn flat_path(store: &StoreDir, contents: &[u8], name: &[u8]) -> Result<String, String> {
    fixed_flat_path(store, &Hash::of(Algorithm::Sha256, contents), name)
}

/// As [`flat_path`], from the hash of the content.
pub fn fixed_flat_path(store: &StoreDir, hash: &Hash, name: &[u8]) -> Result<String, String> {
    store.fixed_output_path(Method::Flat, hash, &String::from_utf8_lossy(name), [])
}

impl NarError<std::convert::Infallible> {
    /// What went wrong, where the filter cannot fail.
    pub fn message(&self) -> String {
        match self {
            Self::Filter(never) => match *never {},
            other => other.file_message().unwrap_or_default(),
        }
    }
}

impl<E> NarError<E> {
    /// What went wrong with a file; `None` if it was the filter that failed.
    pub fn file_message(&self) -> Option<String> {
        match self {
            Self::Io { path, error } if error.kind() == std::io::ErrorKind::NotFound => {
                Some(format!("path '{}' does not exist", path.display()))
            }
            Self::Io { path, error } => Some(format!("cannot read '{}': {error}", path.display())),
            Self::Unsupported(path) => Some(format!("file '{}' has an unsupported type", path.display())),
            Self::TooDeep(path) => Some(format!("directory '{}' is nested too deeply", path.display())),
            Self::Filter(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use launchnix_diagnostics::FileKind;
    use std::io;
    use std::path::PathBuf;

    /// A tree with everything that an archive tells apart.
    struct Tree;

    const FILES: &[(&str, FileKind, &[u8])] = &[
        ("/t", FileKind::Directory, b""),
        ("/t/a", FileKind::Regular, b"hello"),
        ("/t/a.b", FileKind::Regular, b"1"),
        ("/t/d", FileKind::Directory, b""),
        ("/t/d/e", FileKind::Directory, b""),
        ("/t/d/e/empty", FileKind::Regular, b""),
        ("/t/d/f.txt", FileKind::Regular, b"x\ny"),
        ("/t/d/link", FileKind::Symlink, b"../a"),
        ("/t/run", FileKind::Regular, b"#!/bin/sh\n"),
        ("/pipe", FileKind::Unknown, b""),
    ];

    fn find(path: &Path) -> io::Result<(FileKind, &'static [u8])> {
        let found = FILES.iter().find(|(known, ..)| Path::new(known) == path);
        found.map(|(_, kind, data)| (*kind, *data)).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    impl Sources for Tree {
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            find(path).map(|(_, data)| data.to_vec())
        }

        fn kind(&self, path: &Path) -> io::Result<FileKind> {
            find(path).map(|(kind, _)| kind)
        }

        fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
            let children = FILES.iter().filter(|(known, ..)| Path::new(known).parent() == Some(path));
            // Not in order: the archive is what sorts.
            Ok(children
                .rev()
                .filter_map(|(known, kind, _)| Some((known.rsplit('/').next()?.as_bytes().to_vec(), *kind)))
                .collect())
        }

        fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
            find(path).map(|(_, data)| PathBuf::from(String::from_utf8_lossy(data).into_owned()))
        }

        fn is_executable(&self, path: &Path) -> io::Result<bool> {
            Ok(path.ends_with("run"))
        }
    }

    #[test]
    fn a_tree_has_the_path_that_nix_gives_it() {
        let path = |path: &str, name: &[u8]| source_path(&StoreDir::default(), &Tree, Path::new(path), name);
        assert_eq!(
            path("/t", b"srctree").as_deref(),
            Ok("/nix/store/b4gcphmvf5f4xzsmk2kmkv5j48nycba7-srctree")
        );
        assert_eq!(path("/t/a", b"a").as_deref(), Ok("/nix/store/gw80lp9prdc4zdcvv2pw1dvaimr90gjs-a"));
        assert_eq!(path("/x", b"x"), Err("path '/x' does not exist".to_owned()));
        assert_eq!(path("/pipe", b"x"), Err("file '/pipe' has an unsupported type".to_owned()));
        let flat = flat_path(&StoreDir::default(), b"hello", b"a");
        assert_eq!(flat.as_deref(), Ok("/nix/store/yn0imyg01yh7hbz09bq44znz672ny7a8-a"));
    }
}

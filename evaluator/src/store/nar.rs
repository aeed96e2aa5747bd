//! NAR, the archive format whose hash names a source tree in the store (the manual's “Nix Archive (NAR) format”).
//!
//! An archive is never held in memory: it streams into a hash, a file at a time.

use std::io;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};
use sha2::{Digest, Sha256};

use super::memory::Refusal;

/// Where the bytes of an archive go.
pub trait Sink {
    /// Takes the next bytes.
    fn write(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    fn write(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

impl Sink for Sha256 {
    fn write(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}

/// Why a tree could not be archived. `E` is what the filter fails with.
#[derive(Debug)]
pub enum NarError<E> {
    /// A file could not be read.
    Io {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// Something is neither a file, nor a directory, nor a symbolic link.
    Unsupported(PathBuf),
    /// Directories are nested deeper than any file system has them.
    TooDeep(PathBuf),
    /// The filter failed.
    Filter(E),
}

impl<E> NarError<E> {
    /// What went wrong with a file; `None` if it was the filter that failed.
    pub fn file_message(&self) -> Option<String> {
        match self {
            Self::Io { path, error } if error.kind() == io::ErrorKind::NotFound => {
                Some(format!("path '{}' does not exist", path.display()))
            }
            Self::Io { path, error } => Some(match Refusal::of(error) {
                Some(refusal) => refusal.to_string(),
                None => format!("cannot read '{}': {error}", path.display()),
            }),
            Self::Unsupported(path) => Some(format!("file '{}' has an unsupported type", path.display())),
            Self::TooDeep(path) => Some(format!("directory '{}' is nested too deeply", path.display())),
            Self::Filter(_) => None,
        }
    }
}

/// The filter of [`dump`]: is asked for each path below the root, directories before what is in them.
pub type Filter<'f, E> = &'f mut dyn FnMut(&Path, FileKind) -> Result<bool, E>;

const MAX_DEPTH: usize = 1024;

/// The SHA-256 of the archive of a path.
pub fn hash_path<E>(
    sources: &dyn Sources,
    path: &Path,
    filter: Filter<'_, E>,
) -> Result<[u8; 32], NarError<E>> {
    let mut hasher = Sha256::new();
    dump(sources, path, filter, &mut hasher)?;
    Ok(hasher.finalize().into())
}

/// Archives a path. Names are sorted by their bytes; only what `filter` accepts is included.
pub fn dump<E>(
    sources: &dyn Sources,
    path: &Path,
    filter: Filter<'_, E>,
    sink: &mut dyn Sink,
) -> Result<(), NarError<E>> {
    string(sink, b"nix-archive-1");
    node(sources, path, filter, sink, 0)
}

fn node<E>(
    sources: &dyn Sources,
    path: &Path,
    filter: Filter<'_, E>,
    sink: &mut dyn Sink,
    depth: usize,
) -> Result<(), NarError<E>> {
    if depth > MAX_DEPTH {
        return Err(NarError::TooDeep(path.to_path_buf()));
    }
    let io = |error| NarError::Io { path: path.to_path_buf(), error };
    match sources.kind(path).map_err(io)? {
        FileKind::Regular => {
            let executable = sources.is_executable(path).map_err(io)?;
            file(sink, &sources.read(path).map_err(io)?, executable);
        }
        FileKind::Symlink => {
            let target = sources.read_link(path).map_err(io)?;
            for part in
                [&b"("[..], b"type", b"symlink", b"target", target.as_os_str().as_encoded_bytes(), b")"]
            {
                string(sink, part);
            }
        }
        FileKind::Directory => {
            for part in [&b"("[..], b"type", b"directory"] {
                string(sink, part);
            }
            let mut entries = sources.read_dir(path).map_err(io)?;
            entries.sort_unstable_by(|left, right| left.0.cmp(&right.0));
            for (name, kind) in entries {
                let child = path.join(file_name(&name));
                if !filter(&child, kind).map_err(NarError::Filter)? {
                    continue;
                }
                for part in [&b"entry"[..], b"(", b"name", &name, b"node"] {
                    string(sink, part);
                }
                node(sources, &child, filter, sink, depth + 1)?;
                string(sink, b")");
            }
            string(sink, b")");
        }
        FileKind::Unknown => return Err(NarError::Unsupported(path.to_path_buf())),
    }
    Ok(())
}

fn file(sink: &mut dyn Sink, contents: &[u8], executable: bool) {
    string(sink, b"(");
    string(sink, b"type");
    string(sink, b"regular");
    if executable {
        string(sink, b"executable");
        string(sink, b"");
    }
    string(sink, b"contents");
    string(sink, contents);
    string(sink, b")");
}

/// A string: its length in eight bytes, itself, zeros up to a multiple of eight.
fn string(sink: &mut dyn Sink, bytes: &[u8]) {
    sink.write(&(bytes.len() as u64).to_le_bytes());
    sink.write(bytes);
    let padding = bytes.len().wrapping_neg() % 8;
    sink.write(&[0; 8][..padding]);
}

#[cfg(unix)]
fn file_name(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn file_name(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::hash::Hash;
    use super::super::path::{Method, StoreDir};
    use super::*;

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
        let path = |path: &str, name: &str| {
            let hash = hash_path(&Tree, Path::new(path), &mut |_: &Path, _| Ok::<bool, ()>(true))
                .map_err(|error| error.file_message().unwrap_or_default())?;
            StoreDir::default().fixed_output_path(Method::Recursive, &Hash::sha256(hash), name, [])
        };
        let tree = path("/t", "srctree");
        assert_eq!(tree.as_deref(), Ok("/nix/store/b4gcphmvf5f4xzsmk2kmkv5j48nycba7-srctree"));
        let file = path("/t/a", "a");
        assert_eq!(file.as_deref(), Ok("/nix/store/gw80lp9prdc4zdcvv2pw1dvaimr90gjs-a"));
        assert_eq!(path("/x", "x"), Err("path '/x' does not exist".to_owned()));
        assert_eq!(path("/pipe", "x"), Err("file '/pipe' has an unsupported type".to_owned()));
    }
}

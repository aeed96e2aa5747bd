//! NAR, the archive format whose hash names a source tree in the store (the manual's “Nix Archive (NAR) format”).
//!
//! An archive is never held in memory: it streams into a hash, a file at a time.

use std::io;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};
use sha2::{Digest, Sha256};

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

/// The SHA-256 of the archive of a single file.
pub fn hash_file(contents: &[u8], executable: bool) -> [u8; 32] {
    let mut hasher = Sha256::new();
    string(&mut hasher, b"nix-archive-1");
    file(&mut hasher, contents, executable);
    hasher.finalize().into()
}

/// A filter that keeps everything.
pub fn everything(_: &Path, _: FileKind) -> Result<bool, std::convert::Infallible> {
    Ok(true)
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

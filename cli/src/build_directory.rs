//! Writing the build directory, all or nothing.
//!
//! The files are written into a hidden sibling, which then changes places with the build directory in one step.
//! Whenever the process is killed, a whole build directory is there: the old one or the new one. What a killed
//! process leaves behind is a hidden sibling, which the next run removes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, RenameFlags};

use crate::failure::Failure;

/// How long to wait for another process that writes beside the same directory.
const PATIENCE: Duration = Duration::from_secs(20);

const MANIFEST: &str = "manifest.json";

/// The files of a build directory, by relative path with `/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What writing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// Every file was there already, byte for byte; nothing was touched.
    Unchanged,
    /// The directory was made or replaced; numbers of files.
    Replaced { added: usize, changed: usize, removed: usize },
}

/// Makes `target` hold exactly `files`.
pub(crate) fn write(target: &Path, files: &Files) -> Result<Written, Failure> {
    let place = Place::new(target)?;
    check_names(files)?;
    let at = |path: &Path, action| {
        let path = path.to_owned();
        move |error| Failure::Out { path, action, error }
    };
    fs::create_dir_all(&place.parent).map_err(at(&place.parent, "created"))?;
    let _lock = place.lock()?;
    place.clean_up().map_err(at(&place.parent, "cleaned of what an interrupted run left"))?;

    let old = place.existing()?;
    if let Some(old) = &old
        && old == files
    {
        return Ok(Written::Unchanged);
    }
    let fresh = place.sibling("new");
    let result = fill(&fresh, files)
        .and_then(|()| match fs::metadata(&place.target) {
            Ok(metadata) => fs::set_permissions(&fresh, metadata.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| place.swap_in(&fresh));
    // Best effort: after a failure the error counts, after success the old directory is only litter, and in both
    // cases the next run cleans up.
    let _ = fs::remove_dir_all(&fresh);
    result.map_err(at(&place.target, "written"))?;
    Ok(difference(&old.unwrap_or_default(), files))
}

fn difference(old: &Files, new: &Files) -> Written {
    let changed =
        new.iter().filter(|(name, content)| old.get(*name).is_some_and(|old| old != *content)).count();
    Written::Replaced {
        added: new.keys().filter(|name| !old.contains_key(*name)).count(),
        changed,
        removed: old.keys().filter(|name| !new.contains_key(*name)).count(),
    }
}

/// A build directory's place in its parent.
struct Place {
    target: PathBuf,
    parent: PathBuf,
    name: String,
}

impl Place {
    fn new(target: &Path) -> Result<Self, Failure> {
        // `build/.` and `build/..` would be taken for `build` and its parent by `file_name`.
        let is_plain =
            target.components().next_back().is_some_and(|last| matches!(last, Component::Normal(_)));
        let name = target.file_name().filter(|_| is_plain).and_then(|name| name.to_str());
        let Some(name) = name else { return Err(Failure::OutNotADirectoryName(target.to_owned())) };
        let above = target.parent().unwrap_or(Path::new(""));
        let parent = if above.as_os_str().is_empty() { PathBuf::from(".") } else { above.to_owned() };
        Ok(Self { target: above.join(name), parent, name: name.to_owned() })
    }

    /// A hidden sibling; one process at a time uses it, the one that holds the lock.
    fn sibling(&self, purpose: &str) -> PathBuf {
        self.parent.join(format!(".{}.launchnix-{purpose}", self.name))
    }

    /// Keeps other processes from writing beside the same directory; a lock on the parent dies with its holder.
    fn lock(&self) -> Result<File, Failure> {
        let failed = |error| Failure::Out { path: self.parent.clone(), action: "opened", error };
        let parent = File::open(&self.parent).map_err(failed)?;
        let start = Instant::now();
        loop {
            match parent.try_lock() {
                Err(fs::TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(fs::TryLockError::WouldBlock) => return Err(Failure::OutBusy(self.target.clone())),
                // Some network file systems have no locks for directories; two writers at once are rare enough.
                Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(parent),
            }
        }
    }

    /// Removes what a killed run left, and finishes a replacement that it had begun.
    fn clean_up(&self) -> io::Result<()> {
        let old = self.sibling("old");
        if is_there(&old) && !is_there(&self.target) {
            fs::rename(&old, &self.target)?;
        }
        for leftover in [old, self.sibling("new")] {
            if is_there(&leftover) {
                fs::remove_dir_all(&leftover)?;
            }
        }
        Ok(())
    }

    /// The files of the build directory that is there; an error where it is not Launchnix's to replace.
    fn existing(&self) -> Result<Option<Files>, Failure> {
        let path = self.target.clone();
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::Out { path, action: "read", error }),
        };
        if !metadata.is_dir() {
            let what = if metadata.is_symlink() {
                "a symbolic link"
            } else if metadata.is_file() {
                "a file"
            } else {
                "a special file"
            };
            return Err(Failure::OutOccupied { path, what });
        }
        let mut files = Files::new();
        read_into(&path, "", &mut files).map_err(|error| Failure::Out {
            path: path.clone(),
            action: "read",
            error,
        })?;
        if files.is_empty() {
            return Ok(Some(files));
        }
        let Some(manifest) = files.get(MANIFEST) else {
            return Err(Failure::OutForeign { path, reason: "no `manifest.json`" });
        };
        let Some(own) = files_of(manifest) else {
            return Err(Failure::OutForeign {
                path,
                reason: "a `manifest.json`, but not one of Launchnix's",
            });
        };
        match files.keys().find(|name| *name != MANIFEST && !own.contains(name)) {
            Some(stray) => Err(Failure::OutStray { path, file: stray.clone() }),
            None => Ok(Some(files)),
        }
    }

    /// Puts `fresh` in the target's place. Afterwards `fresh` is gone, or is the old directory.
    fn swap_in(&self, fresh: &Path) -> io::Result<()> {
        if is_there(&self.target) {
            match rustix::fs::renameat_with(CWD, fresh, CWD, &self.target, RenameFlags::EXCHANGE) {
                Ok(()) => {}
                // A few file systems cannot exchange. Between the two renames a kill leaves the old directory
                // under its other name, from which `clean_up` takes it back.
                Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
                    let old = self.sibling("old");
                    fs::rename(&self.target, &old)?;
                    if let Err(error) = fs::rename(fresh, &self.target) {
                        fs::rename(&old, &self.target)?;
                        return Err(error);
                    }
                    let _ = fs::remove_dir_all(&old);
                }
                Err(error) => return Err(error.into()),
            }
        } else {
            fs::rename(fresh, &self.target)?;
        }
        File::open(&self.parent)?.sync_all()
    }
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The files that a manifest lists; `None` where it is not one of Launchnix's, whatever its version.
fn files_of(manifest: &[u8]) -> Option<Vec<String>> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).ok()?;
    manifest.get("format")?.as_u64()?;
    manifest.get("fleet")?.as_str()?;
    Some(manifest.get("files")?.as_object()?.keys().cloned().collect())
}

/// Reads a directory's files. What is neither file nor directory is listed too, without content: it is no part of
/// a build directory, and its name is what the user has to be told.
fn read_into(directory: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let file_type = entry.file_type()?;
        if file_type.is_dir() {
            read_into(&entry.path(), &format!("{name}/"), files)?;
        } else if file_type.is_file() {
            files.insert(name, fs::read(entry.path())?);
        } else {
            files.insert(format!("{name} (not a regular file)"), Vec::new());
        }
    }
    Ok(())
}

/// The compiler's names must stay within the directory.
fn check_names(files: &Files) -> Result<(), Failure> {
    let is_plain = |name: &str| {
        !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
    };
    match files.keys().find(|name| !is_plain(name)) {
        Some(name) => Err(Failure::ArtifactName(name.clone())),
        None => Ok(()),
    }
}

/// Writes all files, and makes sure that they are on the disk before a rename could make them visible.
fn fill(directory: &Path, files: &Files) -> io::Result<()> {
    fs::create_dir(directory)?;
    let mut directories = vec![directory.to_owned()];
    for (name, content) in files {
        let path = directory.join(name);
        let parent = path.parent().unwrap_or(directory);
        if !directories.iter().any(|known| known == parent) {
            fs::create_dir_all(parent)?;
            let between = parent.ancestors().take_while(|ancestor| *ancestor != directory);
            directories.extend(between.map(Path::to_owned));
        }
        let mut file = File::create_new(&path)?;
        file.write_all(content)?;
        file.sync_all()?;
    }
    directories.iter().try_for_each(|directory| File::open(directory)?.sync_all())
}

#[cfg(test)]
#[path = "build_directory_tests.rs"]
mod tests;

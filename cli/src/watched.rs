//! Files that remember what they were when they were read, so that a change can be told.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use launchnix_diagnostics::{FileKind, Sources};

use crate::disk_sources::DiskSources;

/// The disk, with a note of all that was asked of it.
#[derive(Default)]
pub(crate) struct Watched {
    seen: Mutex<BTreeMap<PathBuf, Seen>>,
}

/// What was asked of a path, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    question: Question,
    answer: Answer,
}

/// The more is asked, the more changes matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Question {
    /// What it is. The directories above a file are asked for this, and change all the time.
    Kind,
    /// What it holds.
    Content,
}

/// What can be told of a path without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Answer {
    Missing,
    Kind(Option<PathBuf>, u32),
    Content { device: u64, inode: u64, size: u64, modified: (i64, i64), changed: (i64, i64) },
}

impl Watched {
    /// Notes a path that was asked for before any check, such as that of a deployment file which is not there.
    pub(crate) fn note(&self, path: &Path) {
        self.ask(path, Question::Content);
    }

    /// Takes a file as it is now for what was read: we wrote it ourselves.
    pub(crate) fn wrote(&self, path: &Path) {
        if let Some(seen) = self.seen().get_mut(path) {
            seen.answer = answer(path, seen.question);
        }
    }

    /// Everything that was asked for.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.seen().keys().cloned().collect()
    }

    /// A path of which something else would be found now: rather a file than the directories that it is in.
    pub(crate) fn changed(&self) -> Option<PathBuf> {
        let seen = self.seen();
        seen.iter()
            .rev()
            .find(|(path, seen)| answer(path, seen.question) != seen.answer)
            .map(|(path, _)| path.clone())
    }

    /// What would be found now, to tell whether files have come to rest.
    pub(crate) fn now(&self) -> Vec<impl PartialEq + use<>> {
        self.seen().iter().map(|(path, seen)| answer(path, seen.question)).collect()
    }

    /// Notes the state before it is read: a change in between is then seen as one.
    fn ask(&self, path: &Path, question: Question) {
        let mut seen = self.seen();
        if seen.get(path).is_none_or(|known| known.question < question) {
            seen.insert(path.to_owned(), Seen { question, answer: answer(path, question) });
        }
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn answer(path: &Path, question: Question) -> Answer {
    let found = match question {
        Question::Kind => fs::symlink_metadata(path),
        Question::Content => fs::metadata(path),
    };
    match (found, question) {
        (Err(_), _) => Answer::Missing,
        (Ok(metadata), Question::Kind) => {
            Answer::Kind(fs::read_link(path).ok(), metadata.mode() & (0o170_000 | 0o111))
        }
        (Ok(metadata), Question::Content) => content(&metadata),
    }
}

fn content(metadata: &Metadata) -> Answer {
    Answer::Content {
        device: metadata.dev(),
        inode: metadata.ino(),
        size: metadata.size(),
        modified: (metadata.mtime(), metadata.mtime_nsec()),
        // Of permissions, and of contents that were put back together with their time.
        changed: (metadata.ctime(), metadata.ctime_nsec()),
    }
}

impl Sources for Watched {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.ask(path, Question::Content);
        DiskSources.read(path)
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        self.ask(path, Question::Content);
        DiskSources.read_start(path, length)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.ask(path, Question::Kind);
        DiskSources.kind(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        self.ask(path, Question::Content);
        DiskSources.read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.ask(path, Question::Kind);
        DiskSources.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.ask(path, Question::Kind);
        DiskSources.is_executable(path)
    }
}

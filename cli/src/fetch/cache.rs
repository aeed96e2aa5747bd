//! What was fetched, on disk.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use launchnix_evaluator::fetch::{CommitInfo, Fetched, Request, Wanted};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The cache.
pub(super) struct Cache {
    directory: PathBuf,
}

/// What a source had when it was fetched.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// Where it came from, for people who look.
    url: String,
    /// When it was fetched, in seconds since 1970.
    fetched: u64,
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commit: Option<Commit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Commit {
    rev: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dirty_rev: Option<String>,
    rev_count: Option<u64>,
    last_modified: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<String>,
}

impl Cache {
    pub(super) fn new(directory: PathBuf) -> Self {
        Self { directory }
    }

    /// What has the hash that is wanted, wherever it came from. A commit has more to it than its files.
    pub(super) fn by_hash(&self, request: &Request) -> Option<Fetched> {
        let sha256 = request.sha256.as_ref()?;
        if matches!(request.wanted, Wanted::Git(_) | Wanted::Mercurial(_)) {
            return None;
        }
        let path = self.content(&request.wanted, sha256);
        path.exists().then(|| Fetched { path, sha256: sha256.clone(), commit: None, last_modified: None })
    }

    /// What a source had when it was last fetched, and how long ago that was.
    pub(super) fn by_source(&self, request: &Request) -> Option<(Fetched, Duration)> {
        let text = fs::read(self.entry(&request.wanted)).ok()?;
        let entry: Entry = serde_json::from_slice(&text).ok()?;
        if request.sha256.as_ref().is_some_and(|wanted| *wanted != entry.sha256) {
            return None;
        }
        let path = self.content(&request.wanted, &entry.sha256);
        let commit = entry.commit.map(|commit| CommitInfo {
            rev: commit.rev,
            dirty_rev: commit.dirty_rev,
            rev_count: commit.rev_count,
            last_modified: commit.last_modified,
            head: commit.head,
        });
        let exists = path.exists();
        let age = now().saturating_sub(Duration::from_secs(entry.fetched));
        let last_modified = entry.last_modified;
        exists.then_some((Fetched { path, sha256: entry.sha256, commit, last_modified }, age))
    }

    /// Keeps others from fetching the same at the same time, for as long as the result lives.
    pub(super) fn lock(&self, wanted: &Wanted) -> io::Result<File> {
        let directory = self.directory.join("locks");
        fs::create_dir_all(&directory)?;
        let file = File::create(directory.join(key(wanted)))?;
        file.lock()?;
        Ok(file)
    }

    /// A directory to make something in, which is removed if nothing comes of it.
    pub(super) fn temporary(&self) -> io::Result<TempDir> {
        fs::create_dir_all(&self.directory)?;
        tempfile::Builder::new().prefix(".fetching-").tempdir_in(&self.directory)
    }

    /// Where the repository of a URL is kept; `system` is the program that manages it.
    pub(super) fn repository(&self, system: &str, url: &str) -> PathBuf {
        self.directory.join(system).join(digest(url.as_bytes()))
    }

    /// Takes what was fetched under its hash. What does not have the hash that is wanted is not kept.
    pub(super) fn keep(
        &self,
        request: &Request,
        content: &Path,
        sha256: String,
        commit: Option<CommitInfo>,
        last_modified: Option<i64>,
    ) -> io::Result<Fetched> {
        let path = self.content(&request.wanted, &sha256);
        let fetched =
            Fetched { path: path.clone(), sha256: sha256.clone(), commit: commit.clone(), last_modified };
        if request.sha256.as_ref().is_some_and(|wanted| *wanted != sha256) {
            return Ok(fetched);
        }
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        match fs::rename(content, &path) {
            // Somebody has fetched the same from elsewhere.
            Err(_) if path.exists() => {}
            other => other?,
        }
        let entry = Entry {
            url: request.wanted.url().to_owned(),
            fetched: now().as_secs(),
            sha256,
            commit: commit.map(|commit| Commit {
                rev: commit.rev,
                dirty_rev: commit.dirty_rev,
                rev_count: commit.rev_count,
                last_modified: commit.last_modified,
                head: commit.head,
            }),
            last_modified,
        };
        let target = self.entry(&request.wanted);
        let directory = self.directory.join("entries");
        fs::create_dir_all(&directory)?;
        let mut file = tempfile::NamedTempFile::new_in(&directory)?;
        serde_json::to_writer(&mut file, &entry)?;
        file.persist(target).map_err(|error| error.error)?;
        Ok(fetched)
    }

    fn entry(&self, wanted: &Wanted) -> PathBuf {
        self.directory.join("entries").join(format!("{}.json", key(wanted)))
    }

    fn content(&self, wanted: &Wanted, sha256: &str) -> PathBuf {
        let kind = if matches!(wanted, Wanted::File { .. }) { "file" } else { "tree" };
        self.directory.join("content").join(format!("{kind}-{sha256}"))
    }
}

/// A file name for what is asked for.
fn key(wanted: &Wanted) -> String {
    digest(format!("{wanted:?}").as_bytes())
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

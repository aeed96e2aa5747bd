//! What an evaluation asks to have fetched. Evaluation itself has no network: whoever starts it may lend it a
//! [`Fetcher`].

use std::path::{Path, PathBuf};

/// What is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A file as it is.
    File {
        /// Where it is.
        url: String,
    },
    /// An archive, unpacked; its one top-level directory is left away.
    Tarball {
        /// Where it is.
        url: String,
    },
    /// A commit of a Git repository.
    Git(GitCommit),
    /// A commit of a Mercurial repository.
    Mercurial(MercurialCommit),
}

impl Wanted {
    /// Where it is fetched from.
    pub fn url(&self) -> &str {
        match self {
            Self::File { url } | Self::Tarball { url } => url,
            Self::Git(commit) => &commit.url,
            Self::Mercurial(commit) => &commit.url,
        }
    }
}

/// A commit of a Git repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub struct GitCommit {
    /// The repository: a URL, or the path of a directory.
    pub url: String,
    /// A branch or tag; the repository's `HEAD` unless given.
    pub reference: Option<String>,
    /// The commit's hash.
    pub rev: Option<String>,
    /// Whether submodules are checked out as well.
    pub submodules: bool,
    /// Whether the commit may be on any branch.
    pub all_refs: bool,
    /// Whether the repository may lack a part of its history.
    pub shallow: bool,
    /// Whether files are left out that have the attribute `export-ignore`.
    pub export_ignore: bool,
    /// Whether files are wanted that Git LFS keeps.
    pub lfs: bool,
}

/// A commit of a Mercurial repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MercurialCommit {
    /// The repository: a URL, or the absolute path of a directory.
    pub url: String,
    /// A branch, tag or anything else that Mercurial takes for a commit; without it, and without `rev`, the branch
    /// `default`, or the working tree of a local repository where a tracked file was changed.
    pub reference: Option<String>,
    /// The commit's hash.
    pub rev: Option<String>,
}

/// Something to fetch.
#[derive(Clone, Debug)]
pub struct Request {
    /// What it is.
    pub wanted: Wanted,
    /// Its SHA-256 as lower-case base 16, where the expression gives one: of a file's content, or of a tree's archive.
    pub sha256: Option<String>,
}

/// What was fetched.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// A file or directory that stays as it is for as long as the evaluation lasts.
    pub path: PathBuf,
    /// Its hash, as [`Identify`] gave it.
    pub sha256: String,
    /// What a repository says of the commit.
    pub commit: Option<CommitInfo>,
    /// When the newest file of an archive was changed, in seconds since 1970.
    pub last_modified: Option<i64>,
}

/// What a repository says of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitInfo {
    /// The commit's hash; `None` where the working tree of a local repository was taken, which has changes. Forty zeros
    /// stand for that of a repository without any.
    pub rev: Option<String>,
    /// The commit that a working tree with changes is based on.
    pub dirty_rev: Option<String>,
    /// How many commits lead up to it, or its number in a Mercurial repository; `None` for a working tree with changes.
    pub rev_count: Option<u64>,
    /// When it was committed, in seconds since 1970; 0 for Mercurial, of which Nix does not tell it.
    pub last_modified: i64,
    /// The branch that a local repository is on, such as `refs/heads/main`, where no other was asked for. Of Mercurial,
    /// the branch of the commit.
    pub head: Option<String>,
}

/// Computes the hash of what was fetched: SHA-256 as lower-case base 16, of a file's content or a tree's archive.
pub type Identify<'i> = dyn Fn(&Path) -> Result<String, String> + 'i;

/// Fetches, or takes from a cache what was fetched before. The second argument computes what [`Fetched::sha256`]
/// holds; what was fetched is kept under a wanted hash only if it has that hash. The error says why nothing could be
/// fetched.
pub type Fetch<'f> = dyn Fn(&Request, &Identify<'_>) -> Result<Fetched, String> + Sync + 'f;

/// Who fetches for an evaluation.
#[derive(Clone, Copy)]
pub struct Fetcher<'f> {
    /// Fetches.
    pub fetch: &'f Fetch<'f>,
    /// Whether a file without a known hash is fetched as soon as it is named, as Nix does, and not when its content is
    /// needed. Its store path follows from its content, so that without this it is made from the URL.
    pub eager: bool,
}

//! Fetching what an evaluation needs for its content, once: files, archives and commits go into a cache of the user.
//!
//! `content/` holds what was fetched under its hash and never changes; `entries/` says which content a URL had and when;
//! `git/` and `hg/` hold repositories. All of it may be deleted at any time.

mod cache;
mod download;
mod git;
mod mercurial;
mod tracked;
mod unpack;

use std::path::{Path, PathBuf};
use std::time::Duration;

use launchnix_evaluator::fetch::{Fetched, Identify, Request, Wanted};

use cache::Cache;

/// How long what a URL without hash had is taken to be what it has, as Nix's `tarball-ttl`.
const FRESH: Duration = Duration::from_hours(1);

/// Who fetches for `check`, `compile` and `eval`.
pub(crate) struct Fetching {
    cache: Option<Cache>,
    offline: bool,
}

impl Fetching {
    /// Fetches into the user's cache directory; with `offline`, only takes what is in it.
    pub(crate) fn new(offline: bool) -> Self {
        let absolute =
            |variable| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
        let base = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
        Self { cache: base.map(|base| Cache::new(base.join("launchnix/fetch"))), offline }
    }

    /// See [`launchnix_evaluator::fetch::Fetch`].
    pub(crate) fn fetch(&self, request: &Request, identify: &Identify<'_>) -> Result<Fetched, String> {
        let url = request.wanted.url();
        let Some(cache) = &self.cache else {
            return Err(format!(
                "'{url}' cannot be fetched: neither `XDG_CACHE_HOME` nor `HOME` says where to"
            ));
        };
        let failed = |error: std::io::Error| format!("'{url}' cannot be kept in the cache: {error}");
        // What a source had says more than what has a hash.
        let same = request.sha256.as_ref().and_then(|_| cache.by_source(request)).map(|(found, _)| found);
        if let Some(found) = same.filter(|found| found.commit.is_none()).or_else(|| cache.by_hash(request)) {
            return Ok(found);
        }
        let _lock = cache.lock(&request.wanted).map_err(failed)?;
        let known = cache.by_source(request);
        if let Some((found, age)) = &known
            && (self.offline || !is_local(url) && (is_fixed(&request.wanted) || *age < FRESH))
        {
            return Ok(found.clone());
        }
        if self.offline && !is_local(url) {
            return Err(format!(
                "the content of '{url}' is needed, but it is not in the cache, and `--offline` is set"
            ));
        }
        let fetched = fetch_now(cache, request, identify);
        match known {
            // A network that is away does not stop whoever has fetched before.
            Some((found, _)) if fetched.is_err() && request.sha256.is_none() && !is_local(url) => Ok(found),
            _ => fetched,
        }
    }
}

fn fetch_now(cache: &Cache, request: &Request, identify: &Identify<'_>) -> Result<Fetched, String> {
    let url = request.wanted.url();
    let failed = |error: std::io::Error| format!("'{url}' cannot be kept in the cache: {error}");
    let place = cache.temporary().map_err(failed)?;
    let content = place.path().join("content");
    let mut last_modified = None;
    let commit = match &request.wanted {
        Wanted::File { url } => {
            download::to_file(url, &content)?;
            None
        }
        Wanted::Tarball { url } => {
            if let Some(path) = local_path(url).filter(|path| !path.exists()) {
                return Err(format!("tarball \"{}\" does not exist.", path.display()));
            }
            let archive = place.path().join("archive");
            download::to_file(url, &archive)?;
            last_modified = unpack::archive(url, &archive, &content)?;
            None
        }
        Wanted::Git(commit) => Some(git::check_out(commit, &cache.repository("git", &commit.url), &content)?),
        Wanted::Mercurial(commit) => {
            Some(mercurial::check_out(commit, &cache.repository("hg", &commit.url), &content)?)
        }
    };
    let sha256 = identify(&content)?;
    cache.keep(request, &content, sha256, commit, last_modified).map_err(failed)
}

/// Whether something is on this machine, where looking again costs little.
fn is_local(url: &str) -> bool {
    local_path(url).is_some()
}

fn local_path(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("file://").or_else(|| url.strip_prefix("file:")).unwrap_or(url);
    path.starts_with('/').then(|| Path::new(path))
}

/// Whether a source always has the same content.
fn is_fixed(wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Git(commit) => commit.rev.is_some(),
        Wanted::Mercurial(commit) => commit.rev.is_some(),
        Wanted::File { .. } | Wanted::Tarball { .. } => false,
    }
}

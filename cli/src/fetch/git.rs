//! Commits of Git repositories, through the `git` program.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use launchnix_evaluator::fetch::{CommitInfo, GitCommit};

/// Where a branch or tag is kept that was fetched by name.
const FETCHED: &str = "refs/launchnix/fetched";

/// Checks a commit out into a directory that is not there yet. `repository` keeps what was fetched.
pub(super) fn check_out(commit: &GitCommit, repository: &Path, target: &Path) -> Result<CommitInfo, String> {
    if commit.rev.is_none()
        && commit.reference.is_none()
        && let Some(path) = super::local_path(&commit.url)
        && path.join(".git").exists()
        && !git(path, ["status", "--porcelain", "--untracked-files=no"])?.is_empty()
    {
        return working_tree(path, target);
    }
    if let Some(path) = super::local_path(&commit.url)
        && path.is_absolute()
        && !path.exists()
    {
        return Err(format!("Git repository \"{}\" does not exist.", path.display()));
    }
    let rev = fetch(commit, repository)?;
    if commit.submodules {
        with_submodules(commit, &rev, target)?;
    } else {
        extract(repository, &rev, target)?;
    }
    let count = line(&git(repository, ["rev-list", "--count", &rev])?);
    let time = line(&git(repository, ["show", "-s", "--format=%ct", &rev])?);
    Ok(CommitInfo { rev, rev_count: count.parse().ok(), last_modified: time.parse().unwrap_or(0) })
}

/// Gets a commit into the repository.
fn fetch(commit: &GitCommit, repository: &Path) -> Result<String, String> {
    if !repository.join("HEAD").exists() {
        fs::create_dir_all(repository).map_err(|error| format!("{}: {error}", repository.display()))?;
        git(repository, ["init", "--quiet", "--bare"])?;
    }
    // A leading dash would be an option.
    if commit.url.starts_with('-') || commit.reference.as_ref().is_some_and(|name| name.starts_with('-')) {
        return Err(format!("'{}' is not the name of a repository", commit.url));
    }
    let failed =
        |reason: String| format!("Failed to fetch git repository '{}': {reason}", shown(&commit.url));
    let get = |refspec: &str| {
        let outcome = git(
            repository,
            ["fetch", "--quiet", "--force", "--no-tags", "--no-auto-gc", "--", &commit.url, refspec],
        );
        outcome.map_err(failed)
    };
    let everything = || get("+refs/*:refs/remotes/origin/*");
    let Some(rev) = &commit.rev else {
        let name = commit.reference.as_deref().unwrap_or("HEAD");
        get(&format!("+{name}:{FETCHED}"))?;
        return Ok(line(&git(repository, ["rev-parse", &format!("{FETCHED}^{{commit}}")])?));
    };
    let object = format!("{rev}^{{commit}}");
    let is_here = || git(repository, ["cat-file", "-e", &object]).is_ok();
    if !is_here() {
        match &commit.reference {
            Some(name) if !commit.all_refs => drop(get(&format!("+{name}:{FETCHED}"))?),
            // Not every server gives out a commit that no branch ends in.
            _ if get(rev).is_ok() => {}
            _ => drop(everything()?),
        }
    }
    if !is_here() {
        return Err(format!("commit '{rev}' is not in the repository '{}'", commit.url));
    }
    Ok(rev.clone())
}

/// The URL of a repository, as messages have it.
fn shown(url: &str) -> String {
    if url.starts_with('/') { format!("file://{url}") } else { url.to_owned() }
}

/// Writes the files of a commit as they are stored, without the conversions that a checkout may make.
fn extract(repository: &Path, rev: &str, target: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("commit '{rev}' cannot be written: {error}");
    fs::create_dir(target).map_err(failed)?;
    let listing = git(repository, ["ls-tree", "-r", "-z", "--full-tree", rev])?;
    let mut batch = command(repository)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(&error))?;
    let (Some(mut objects), Some(contents)) = (batch.stdin.take(), batch.stdout.take()) else {
        return Err("`git cat-file` has no pipes".to_owned());
    };
    let mut contents = BufReader::new(contents);
    for record in listing.split(|&byte| byte == 0).filter(|record| !record.is_empty()) {
        let unclear = || format!("`git ls-tree` of '{rev}' is not understood");
        let tab = record.iter().position(|&byte| byte == b'\t').ok_or_else(unclear)?;
        let head = str::from_utf8(&record[..tab]).map_err(|_| unclear())?;
        let [mode, kind, object] = head.split(' ').collect::<Vec<_>>()[..] else { return Err(unclear()) };
        let path = target.join(OsStr::from_bytes(&record[tab + 1..]));
        if kind == "commit" {
            // A submodule that was not asked for is an empty directory.
            fs::create_dir_all(&path).map_err(failed)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        writeln!(objects, "{object}").and_then(|()| objects.flush()).map_err(failed)?;
        let mut header = String::new();
        contents.read_line(&mut header).map_err(failed)?;
        let size: usize =
            header.trim_end().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(unclear)?;
        let mut content = vec![0; size + 1];
        contents.read_exact(&mut content).map_err(failed)?;
        content.pop();
        if mode == "120000" {
            symlink(OsStr::from_bytes(&content), &path).map_err(failed)?;
        } else {
            fs::write(&path, content).map_err(failed)?;
            if mode == "100755" {
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).map_err(failed)?;
            }
        }
    }
    drop(objects);
    batch.wait().map_err(failed)?;
    Ok(())
}

/// Clones, since submodules are repositories of their own.
fn with_submodules(commit: &GitCommit, rev: &str, target: &Path) -> Result<(), String> {
    let parent = target.parent().unwrap_or(Path::new("/"));
    git(
        parent,
        [
            OsStr::new("clone"),
            "--quiet".as_ref(),
            "--no-checkout".as_ref(),
            "--".as_ref(),
            commit.url.as_ref(),
            target.as_ref(),
        ],
    )?;
    git(target, ["checkout", "--quiet", "--detach", rev])?;
    git(target, ["submodule", "--quiet", "update", "--init", "--recursive"])?;
    remove_git(target).map_err(|error| format!("commit '{rev}' cannot be written: {error}"))
}

/// Removes what Git itself keeps, here and in submodules.
fn remove_git(directory: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let is_directory = entry.file_type()?.is_dir();
        if entry.file_name() == ".git" {
            if is_directory { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        } else if is_directory {
            remove_git(&entry.path())?;
        }
    }
    Ok(())
}

/// The tracked files of a repository whose working tree has changes.
fn working_tree(repository: &Path, target: &Path) -> Result<CommitInfo, String> {
    let failed = |error: std::io::Error| format!("'{}' cannot be copied: {error}", repository.display());
    fs::create_dir(target).map_err(failed)?;
    for name in git(repository, ["ls-files", "-z"])?.split(|&byte| byte == 0).filter(|name| !name.is_empty())
    {
        let name = OsStr::from_bytes(name);
        let (from, to) = (repository.join(name), target.join(name));
        let Ok(metadata) = fs::symlink_metadata(&from) else { continue };
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        if metadata.is_symlink() {
            symlink(fs::read_link(&from).map_err(failed)?, &to).map_err(failed)?;
        } else if metadata.is_file() {
            fs::copy(&from, &to).map_err(failed)?;
        }
    }
    let time = git(repository, ["show", "-s", "--format=%ct", "HEAD"])
        .map(|output| line(&output))
        .unwrap_or_default();
    Ok(CommitInfo { rev: "0".repeat(40), rev_count: None, last_modified: time.parse().unwrap_or(0) })
}

fn command(directory: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(directory).env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").stdin(Stdio::null());
    command
}

fn git<A: AsRef<OsStr>>(directory: &Path, arguments: impl IntoIterator<Item = A>) -> Result<Vec<u8>, String> {
    let output = command(directory).args(arguments).output().map_err(|error| not_started(&error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // Advice follows what is wrong.
    let said = said.trim();
    let said = said.lines().find(|line| line.starts_with("fatal: ")).or(said.lines().next_back());
    let said = said.unwrap_or_default();
    Err(format!("`git` failed: {said}"))
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim().to_owned()
}

fn not_started(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        "`git` is not installed, and it is what fetches repositories".to_owned()
    } else {
        format!("`git` cannot be run: {error}")
    }
}

//! Commits of Mercurial repositories, through the `hg` program.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use launchnix_evaluator::fetch::{CommitInfo, MercurialCommit};

use super::tracked;

/// What `hg archive` adds to the files of a commit.
const ADDED: &str = ".hg_archival.txt";

/// What is taken where nothing says which commit.
const DEFAULT_BRANCH: &str = "default";

/// Checks a commit out into a directory that is not there yet. `repository` keeps what was fetched.
pub(super) fn check_out(
    commit: &MercurialCommit,
    repository: &Path,
    target: &Path,
) -> Result<CommitInfo, String> {
    let own = Path::new(&commit.url);
    let is_named = commit.rev.is_some() || commit.reference.is_some();
    if !is_named && own.is_absolute() && own.join(".hg").exists() {
        let changed = ["status", "--modified", "--added", "--removed"];
        if !hg(Some(own), changed)?.is_empty() {
            return working_tree(own, target);
        }
    }
    let wanted = commit.rev.as_deref().or(commit.reference.as_deref()).unwrap_or(DEFAULT_BRANCH);
    // A commit that is here need not be looked for elsewhere.
    let known =
        commit.rev.as_ref().filter(|_| repository.exists()).and_then(|_| find(repository, wanted).ok());
    let (rev, number, branch) = match known {
        Some(known) => known,
        None => {
            update(&commit.url, repository)?;
            find(repository, wanted)?
        }
    };
    let archive = ["archive".as_ref(), "--rev".as_ref(), OsStr::new(&rev), "--".as_ref(), target.as_os_str()];
    hg(Some(repository), archive)?;
    match fs::remove_file(target.join(ADDED)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("commit '{rev}' cannot be written: {error}"));
        }
        _ => {}
    }
    let (rev, rev_count, head) = (Some(rev), u64::try_from(number).ok(), Some(branch));
    Ok(CommitInfo { rev, dirty_rev: None, rev_count, last_modified: 0, head })
}

/// The hash, the number and the branch of a commit.
fn find(repository: &Path, name: &str) -> Result<(String, i64, String), String> {
    // Without `--rev=` a name with a leading dash would be an option.
    let revision = format!("--rev={name}");
    let output = hg(Some(repository), ["log", &revision, "--template", "{node} {rev} {branch}\n"])?;
    let text = String::from_utf8_lossy(&output);
    let mut words = text.lines().next().unwrap_or_default().splitn(3, ' ');
    match (words.next(), words.next().and_then(|number| number.parse().ok()), words.next()) {
        (Some(rev), Some(number), Some(branch)) if rev.len() == 40 => {
            Ok((rev.to_owned(), number, branch.to_owned()))
        }
        _ => Err(format!("`hg log` of '{name}' is not understood")),
    }
}

/// Brings a copy of the repository up to date, or makes it.
fn update(url: &str, repository: &Path) -> Result<(), String> {
    if repository.exists() {
        let pull = || hg(Some(repository), ["pull", "--", url]);
        return pull()
            .or_else(|reason| {
                // A pull that was interrupted leaves a transaction.
                hg(Some(repository), ["recover"]).map_err(|_| reason)?;
                pull()
            })
            .map(drop);
    }
    let parent = repository.parent().unwrap_or(Path::new("/"));
    let failed = |error: std::io::Error| format!("{}: {error}", repository.display());
    fs::create_dir_all(parent).map_err(failed)?;
    let place = tempfile::Builder::new().prefix(".cloning-").tempdir_in(parent).map_err(failed)?;
    let clone = place.path().join("repository");
    let words = ["clone".as_ref(), "--noupdate".as_ref(), "--".as_ref(), OsStr::new(url), clone.as_os_str()];
    hg(None, words)?;
    fs::rename(clone, repository).map_err(failed)
}

/// The tracked files of a repository whose working tree has changes.
fn working_tree(repository: &Path, target: &Path) -> Result<CommitInfo, String> {
    let listing =
        hg(Some(repository), ["status", "--clean", "--modified", "--added", "--no-status", "--print0"])?;
    tracked::copy(repository, &tracked::with_directories(&listing), target, |_, _| true)
        .map_err(|error| format!("'{}' cannot be copied: {error}", repository.display()))?;
    let branch = hg(Some(repository), ["branch"])?;
    let head = Some(String::from_utf8_lossy(&branch).trim().to_owned());
    Ok(CommitInfo { rev: None, dirty_rev: None, rev_count: None, last_modified: 0, head })
}

fn hg<A: AsRef<OsStr>>(
    repository: Option<&Path>,
    arguments: impl IntoIterator<Item = A>,
) -> Result<Vec<u8>, String> {
    let mut command = Command::new("hg");
    // Neither colours, translations nor aliases of the user.
    command.env("HGPLAIN", "").arg("--noninteractive").stdin(Stdio::null());
    if let Some(repository) = repository {
        command.arg("--cwd").arg(repository).arg("--repository").arg(repository);
    }
    match command.args(arguments).output() {
        Ok(output) if output.status.success() => Ok(output.stdout),
        Ok(output) => Err(failure(&output)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err("`hg` is not installed, and it is what fetches Mercurial repositories".to_owned())
        }
        Err(error) => Err(format!("`hg` cannot be run: {error}")),
    }
}

/// In Nix's words, and those of Mercurial, which Nix leaves on the terminal.
fn failure(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let reason = said.lines().find_map(|line| line.strip_prefix("abort: "));
    let reason = reason.or_else(|| said.trim().lines().next_back()).unwrap_or_default();
    let reason = reason.trim_start_matches("error: ").trim_end_matches('!');
    let outcome = match output.status.code() {
        Some(code) => format!("hg failed with exit code {code}"),
        None => format!("hg failed: {}", output.status),
    };
    if reason.is_empty() { outcome } else { format!("{outcome}: {reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn run(path: &Path, words: &[&str]) {
        hg(Some(path), words.iter().copied().chain(["--config", "ui.username=a"])).unwrap();
    }

    /// A repository with two commits on `default` and one on `feature`, which the tag `v1` names.
    fn repository(directory: &Path) -> PathBuf {
        let path = directory.join("repository");
        hg(None, ["init".as_ref(), path.as_os_str()]).unwrap();
        fs::create_dir(path.join("sub")).unwrap();
        fs::write(path.join("sub/f"), "1").unwrap();
        fs::write(path.join("run"), "#!/bin/sh\n").unwrap();
        fs::set_permissions(path.join("run"), fs::Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink("run", path.join("link")).unwrap();
        run(&path, &["commit", "--addremove", "--message=one"]);
        fs::write(path.join("sub/f"), "2").unwrap();
        run(&path, &["commit", "--message=two"]);
        run(&path, &["branch", "feature"]);
        fs::write(path.join("sub/f"), "3").unwrap();
        run(&path, &["commit", "--message=three"]);
        run(&path, &["tag", "v1"]);
        run(&path, &["update", "default"]);
        path
    }

    fn wanted(path: &Path, reference: Option<&str>, rev: Option<&str>) -> MercurialCommit {
        let [reference, rev] = [reference, rev].map(|name| name.map(str::to_owned));
        MercurialCommit { url: path.display().to_string(), reference, rev }
    }

    /// What `sub/f` holds, the number of the commit and its branch.
    fn found(target: &Path, info: &CommitInfo) -> (String, Option<u64>, String) {
        let text = fs::read_to_string(target.join("sub/f")).unwrap();
        (text, info.rev_count, info.head.clone().unwrap_or_default())
    }

    #[test]
    fn commits_are_found_by_branch_tag_and_hash() {
        let directory = tempfile::tempdir().unwrap();
        let path = repository(directory.path());
        let cache = directory.path().join("cache/hg");
        let get = |name: &str, reference, rev| {
            let target = directory.path().join(name);
            let info = check_out(&wanted(&path, reference, rev), &cache, &target).unwrap();
            (found(&target, &info), info.rev, target)
        };
        let (newest, rev, target) = get("a", None, None);
        assert_eq!(newest, ("2".to_owned(), Some(1), "default".to_owned()));
        assert!(!target.join(ADDED).exists() && !target.join(".hg").exists());
        assert_eq!(fs::read_link(target.join("link")).unwrap(), Path::new("run"));
        assert_eq!(fs::metadata(target.join("run")).unwrap().permissions().mode() & 0o111, 0o111);
        let third = ("3".to_owned(), Some(2), "feature".to_owned());
        assert_eq!(get("b", Some("v1"), None).0, third);
        assert_eq!(get("c", Some("feature"), None).0.1, Some(3));

        fs::write(path.join("sub/f"), "4").unwrap();
        let (dirty, none, _) = get("d", None, None);
        assert_eq!((dirty, none), (("4".to_owned(), None, "default".to_owned()), None));
        assert_eq!(get("e", Some("default"), None).0, newest);
        run(&path, &["commit", "--message=four"]);
        let (fourth, ..) = get("f", None, None);
        assert_eq!(fourth.0, "4", "what is new is fetched");

        // What was fetched before needs no repository.
        fs::remove_dir_all(&path).unwrap();
        assert_eq!(get("g", None, rev.as_deref()).0, newest);
    }

    #[test]
    fn what_is_not_there_is_said_in_the_words_of_both_programs() {
        let directory = tempfile::tempdir().unwrap();
        let path = repository(directory.path());
        let cache = directory.path().join("cache");
        let refused = |commit| check_out(&commit, &cache, &directory.path().join("target")).unwrap_err();
        let outcome = refused(wanted(&path, Some("none"), None));
        assert_eq!(outcome, "hg failed with exit code 255: unknown revision 'none'");
        let outcome = refused(wanted(&path, Some("--config=alias.log=!touch x"), None));
        assert!(outcome.starts_with("hg failed with exit code 255: "), "{outcome}");
        let absent = directory.path().join("absent");
        let outcome = check_out(&wanted(&absent, None, None), &cache.join("x"), &absent).unwrap_err();
        assert!(outcome.ends_with(&format!("repository {} not found", absent.display())), "{outcome}");
    }
}

//! Commits of Git repositories, through the `git` program.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use launchnix_evaluator::fetch::{CommitInfo, GitCommit};

use super::tracked;

/// Where a branch or tag is kept that was fetched by name.
const FETCHED: &str = "refs/launchnix/fetched";

/// Checks a commit out into a directory that is not there yet. `repository` keeps what was fetched.
pub(super) fn check_out(commit: &GitCommit, repository: &Path, target: &Path) -> Result<CommitInfo, String> {
    if commit.submodules && commit.export_ignore {
        return Err("exportIgnore and submodules are not supported together yet".to_owned());
    }
    let local = super::local_path(&commit.url).filter(|path| path.is_absolute());
    if let Some(path) = local.filter(|path| !path.exists()) {
        return Err(format!("Git repository \"{}\" does not exist.", path.display()));
    }
    // What has a working tree is read where it is.
    let own = local.filter(|path| path.join(".git").exists());
    if let Some(path) = own.filter(|_| commit.rev.is_none() && commit.reference.is_none()) {
        let status = ["-c", "core.fsmonitor=false", "status", "--porcelain", "--untracked-files=no"];
        if !git(path, status)?.is_empty() {
            return working_tree(commit, path, target);
        }
        if git(path, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).is_err() {
            fs::create_dir(target).map_err(|error| format!("{}: {error}", target.display()))?;
            let (rev, rev_count) = (Some("0".repeat(40)), Some(0));
            return Ok(CommitInfo { rev, dirty_rev: None, rev_count, last_modified: 0, head: None });
        }
    }
    let rev = match own {
        Some(path) => find(commit, path)?,
        None => fetch(commit, repository)?,
    };
    let repository = own.unwrap_or(repository);
    if commit.submodules {
        with_submodules(commit, &rev, target)?;
    } else {
        extract(commit, repository, &rev, own.is_none(), target)?;
    }
    let rev_count = if commit.shallow {
        None
    } else {
        line(&git(repository, ["rev-list", "--count", &rev])?).parse().ok()
    };
    let last_modified = time(repository, &rev).unwrap_or(0);
    let head = own.filter(|_| commit.reference.is_none());
    let head = head.and_then(|path| git(path, ["symbolic-ref", "--quiet", "HEAD"]).ok());
    let head = head.map(|output| line(&output));
    Ok(CommitInfo { rev: Some(rev), dirty_rev: None, rev_count, last_modified, head })
}

/// When a commit was made.
fn time(repository: &Path, rev: &str) -> Option<i64> {
    line(&git(repository, ["show", "-s", "--format=%ct", rev]).ok()?).parse().ok()
}

/// The commit that is meant in a repository with a working tree.
fn find(commit: &GitCommit, repository: &Path) -> Result<String, String> {
    let resolve =
        |name: &str| git(repository, ["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
    if let Some(rev) = &commit.rev {
        return match resolve(rev) {
            Ok(_) => Ok(rev.clone()),
            Err(_) => Err(format!(
                "getting Git object '{rev}': object not found - no match for id ({rev}) (libgit2 error code = 9)"
            )),
        };
    }
    let Some(name) = &commit.reference else { return resolve("HEAD").map(|output| line(&output)) };
    let is_shallow = || git(repository, ["rev-parse", "--is-shallow-repository"]);
    if !commit.shallow && line(&is_shallow()?) == "true" {
        return Err(format!(
            "'{}' is a shallow Git repository, but shallow repositories are only allowed when `shallow = true;` is \
             specified",
            repository.display()
        ));
    }
    resolve(name).map(|output| line(&output)).map_err(|_| {
        format!("resolving Git reference '{name}': revspec '{name}' not found (libgit2 error code = 4)")
    })
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
            [
                "fetch",
                "--quiet",
                "--force",
                "--no-tags",
                "--no-auto-gc",
                "--update-shallow",
                "--",
                &commit.url,
                refspec,
            ],
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
/// Submodules that were not asked for are empty directories, unless the repository has a working tree.
fn extract(
    commit: &GitCommit,
    repository: &Path,
    rev: &str,
    shows_submodules: bool,
    target: &Path,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("commit '{rev}' cannot be written: {error}");
    fs::create_dir(target).map_err(failed)?;
    let listing = git(repository, ["ls-tree", "-r", "-t", "-z", "--full-tree", rev])?;
    let index = target.with_extension("index");
    let names = |listing: &[u8]| -> Vec<Vec<u8>> {
        let records = listing.split(|&byte| byte == 0).filter_map(|record| {
            let tab = record.iter().position(|&byte| byte == b'\t')?;
            let slash: &[u8] =
                if record[..tab].windows(6).any(|word| word == b" tree ") { b"/" } else { b"" };
            Some([&record[tab + 1..], slash].concat())
        });
        records.collect()
    };
    let left_out = left_out(commit, repository, &names(&listing), Some((rev, &index)))?;
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
        let name = &record[tab + 1..];
        if left_out.has(name, kind == "tree") || kind == "commit" && !shows_submodules {
            continue;
        }
        let path = target.join(OsStr::from_bytes(name));
        if kind != "blob" {
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

/// What `export-ignore` leaves out: names, those of directories with a slash at the end.
#[derive(Default)]
struct LeftOut(HashSet<Vec<u8>>);

impl LeftOut {
    /// Whether something is left out, or a directory that it is in.
    fn has(&self, name: &[u8], is_directory: bool) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let slashes = name.iter().enumerate().filter(|(_, byte)| **byte == b'/');
        let mut above = slashes.map(|(at, _)| &name[..=at]);
        above.any(|directory| self.0.contains(directory))
            || if is_directory { self.0.contains(&[name, b"/"].concat()) } else { self.0.contains(name) }
    }
}

/// Looks at the attributes of files, as they are in a commit (through an index of its own) or in the working tree.
fn left_out(
    commit: &GitCommit,
    repository: &Path,
    names: &[Vec<u8>],
    revision: Option<(&str, &Path)>,
) -> Result<LeftOut, String> {
    let git_path = line(&git(repository, ["rev-parse", "--git-path", "info/attributes"])?);
    let has_attributes =
        || names.iter().any(|name| name == b".gitattributes" || name.ends_with(b"/.gitattributes"));
    if !(commit.export_ignore || commit.lfs) || !(repository.join(git_path).exists() || has_attributes()) {
        return Ok(LeftOut::default());
    }
    let failed = |error: std::io::Error| format!("attributes cannot be looked at: {error}");
    let mut words = vec!["check-attr", "-z", "--stdin"];
    let mut check = command(repository);
    if let Some((rev, index)) = revision {
        let read = command(repository).args(["read-tree", rev]).env("GIT_INDEX_FILE", index).output();
        if !read.map_err(|error| not_started(&error))?.status.success() {
            return Err(format!("`git read-tree` of '{rev}' failed"));
        }
        words.push("--cached");
        check.env("GIT_INDEX_FILE", index);
    }
    // A file, since a pipe that nobody empties would be full at some time.
    let mut asked = tempfile::tempfile().map_err(failed)?;
    for name in names {
        asked.write_all(name).and_then(|()| asked.write_all(&[0])).map_err(failed)?;
    }
    asked.rewind().map_err(failed)?;
    words.extend(["export-ignore", "filter"]);
    let output = check.args(words).stdin(Stdio::from(asked)).output().map_err(|error| not_started(&error))?;
    if !output.status.success() {
        return Err("`git check-attr` failed".to_owned());
    }
    let fields: Vec<&[u8]> = output.stdout.split(|&byte| byte == 0).collect();
    let mut left_out = LeftOut::default();
    for field in fields.chunks_exact(3) {
        match field {
            [name, b"export-ignore", b"set"] if commit.export_ignore => {
                left_out.0.insert(name.to_vec());
            }
            [name, b"filter", b"lfs"] if commit.lfs => {
                let name = String::from_utf8_lossy(name);
                return Err(format!("'{name}' is kept by Git LFS, which is not supported"));
            }
            _ => {}
        }
    }
    Ok(left_out)
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
fn working_tree(commit: &GitCommit, repository: &Path, target: &Path) -> Result<CommitInfo, String> {
    let failed = |error: std::io::Error| format!("'{}' cannot be copied: {error}", repository.display());
    let listing = git(repository, ["ls-files", "-z"])?;
    let names = tracked::with_directories(&listing);
    let left_out = left_out(commit, repository, &names, None)?;
    tracked::copy(repository, &names, target, |name, is_directory| !left_out.has(name, is_directory))
        .map_err(failed)?;
    let head = git(repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
    let dirty_rev = head.ok().map(|output| line(&output));
    let last_modified = dirty_rev.as_ref().and_then(|rev| time(repository, rev)).unwrap_or(0);
    Ok(CommitInfo { rev: None, dirty_rev, rev_count: None, last_modified, head: None })
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    /// A repository with these files in one commit.
    fn repository(directory: &Path, files: &[(&str, &str)]) -> PathBuf {
        let path = directory.join("repository");
        fs::create_dir(&path).unwrap();
        git(&path, ["init", "--quiet", "--initial-branch=main"]).unwrap();
        for (name, text) in files {
            let file = path.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        commit_all(&path);
        path
    }

    fn commit_all(path: &Path) {
        git(path, ["add", "--all"]).unwrap();
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        git(path, [&who[..], &["commit", "--quiet", "--message=one"]].concat()).unwrap();
    }

    fn wanted(path: &Path) -> GitCommit {
        GitCommit {
            url: path.display().to_string(),
            reference: None,
            rev: None,
            submodules: false,
            all_refs: false,
            shallow: false,
            export_ignore: true,
            lfs: false,
        }
    }

    /// What is checked out: names, those of directories with a slash at the end.
    fn names(directory: &Path) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for entry in fs::read_dir(directory).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().unwrap().is_dir() {
                all.extend(names(&entry.path()).iter().map(|below| format!("{name}/{below}")));
                all.insert(name + "/");
            } else {
                all.insert(name);
            }
        }
        all
    }

    const ATTRIBUTES: &str = "/top export-ignore\n*.log export-ignore\nkeep.log -export-ignore\ndir/** export-ignore\n\
        sub/inner export-ignore\nslash/ export-ignore\nset.txt export-ignore=true\n";
    const FILES: &[(&str, &str)] = &[
        (".gitattributes", ATTRIBUTES),
        ("top", ""),
        ("a.log", ""),
        ("keep.log", ""),
        ("dir/f", ""),
        ("sub/inner/h", ""),
        ("sub/k", ""),
        ("slash/b/c", ""),
        ("set.txt", ""),
        ("n/top", ""),
    ];

    #[test]
    fn files_are_left_out_as_nix_leaves_them_out() {
        let directory = tempfile::tempdir().unwrap();
        let path = repository(directory.path(), FILES);
        let kept = [".gitattributes", "dir/", "keep.log", "n/", "n/top", "set.txt", "sub/", "sub/k"];
        let kept: BTreeSet<String> = kept.map(str::to_owned).into();
        let cache = directory.path().join("cache");
        let target = directory.path().join("clean");
        let info = check_out(&wanted(&path), &cache, &target).unwrap();
        assert_eq!((names(&target), info.rev_count, info.dirty_rev), (kept.clone(), Some(1), None));

        let target = directory.path().join("whole");
        check_out(&GitCommit { export_ignore: false, ..wanted(&path) }, &cache, &target).unwrap();
        assert!(names(&target).contains("slash/b/c"));

        // A bare repository is fetched from.
        let bare = directory.path().join("bare");
        let words = ["clone", "--quiet", "--bare", "repository", "bare"];
        git(directory.path(), words).unwrap();
        let target = directory.path().join("fetched");
        let again = check_out(&wanted(&bare), &cache, &target).unwrap();
        assert_eq!((names(&target), again.rev), (kept.clone(), info.rev.clone()));

        fs::write(path.join("set.txt"), "changed").unwrap();
        let target = directory.path().join("dirty");
        let dirty = check_out(&wanted(&path), &cache, &target).unwrap();
        assert_eq!((names(&target), dirty.rev, dirty.dirty_rev), (kept, None, info.rev));
    }

    #[test]
    fn repositories_may_be_empty_or_shallow() {
        let directory = tempfile::tempdir().unwrap();
        let empty = directory.path().join("empty");
        fs::create_dir(&empty).unwrap();
        git(&empty, ["init", "--quiet"]).unwrap();
        let cache = directory.path().join("cache");
        let target = directory.path().join("a");
        let info = check_out(&wanted(&empty), &cache, &target).unwrap();
        assert_eq!((info.rev, info.rev_count, names(&target).len()), (Some("0".repeat(40)), Some(0), 0));

        let path = repository(directory.path(), &[("f", "1")]);
        fs::write(path.join("f"), "2").unwrap();
        commit_all(&path);
        let url = format!("file://{}", path.display());
        git(directory.path(), ["clone", "--quiet", "--depth=1", &url, "shallow"]).unwrap();
        let shallow = wanted(&directory.path().join("shallow"));
        check_out(&shallow, &cache, &directory.path().join("b")).unwrap();
        let named = GitCommit { reference: Some("main".to_owned()), ..shallow };
        let refused = check_out(&named, &cache, &directory.path().join("c")).unwrap_err();
        assert!(refused.ends_with("only allowed when `shallow = true;` is specified"), "{refused}");
        check_out(&GitCommit { shallow: true, ..named }, &cache, &directory.path().join("d")).unwrap();
        let none = GitCommit { reference: Some("none".to_owned()), ..wanted(&path) };
        let refused = check_out(&none, &cache, &directory.path().join("e")).unwrap_err();
        assert!(refused.starts_with("resolving Git reference 'none'"), "{refused}");
    }
}

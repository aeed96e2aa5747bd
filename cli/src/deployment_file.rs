//! Which file is meant, and what its evaluation is given.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use launchnix_compiler::{Argument, Fetch, Request};
use launchnix_diagnostics::{Code, Diagnostic};

use crate::arguments::DeploymentArguments;
use crate::fetch::Fetching;
use crate::lookup_path;

const DEFAULT_NAME: &str = "deployment.nix";

/// A deployment file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeploymentFile {
    /// Absolute, without `.` and `..`.
    pub(crate) path: PathBuf,
    /// As the user names it.
    pub(crate) display: String,
}

/// Finds the file; the diagnostic says what is wrong with the name, and the way out.
pub(crate) fn find(named: Option<&Path>, current: &Path) -> Result<DeploymentFile, Box<Diagnostic>> {
    let is_directory = |path: &Path| current.join(path).is_dir();
    let file = match named {
        None => PathBuf::from(DEFAULT_NAME),
        Some(directory) if is_directory(directory) => directory.join(DEFAULT_NAME),
        Some(file) => file.to_owned(),
    };
    let path = current.join(&file);
    let readable = || rustix::fs::access(&path, rustix::fs::Access::READ_OK);
    match std::fs::metadata(&path).and_then(|metadata| Ok(readable().map(|()| metadata)?)) {
        Ok(metadata) if metadata.is_file() => {
            Ok(DeploymentFile { path: normal(&path), display: file.display().to_string() })
        }
        Ok(_) => Err(Box::new(
            Diagnostic::new(
                Code::UnreadableFile,
                None,
                format!("`{}` is not a regular file", file.display()),
            )
            .with_help("save the deployment in a file: it may be read more than once"),
        )),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(missing(named, current))
        }
        Err(error) => Err(Box::new(
            Diagnostic::new(
                Code::UnreadableFile,
                None,
                format!("`{}` cannot be read: {error}", file.display()),
            )
            .with_help("see whether you may read the file and enter its directories"),
        )),
    }
}

fn missing(named: Option<&Path>, current: &Path) -> Box<Diagnostic> {
    let (message, help) = match named {
        None => (
            format!("there is no `{DEFAULT_NAME}` in this directory"),
            "name the deployment file, or the directory that it is in: `launchnix check FILE`".to_owned(),
        ),
        Some(directory) if current.join(directory).is_dir() => (
            format!("the directory `{}` has no `{DEFAULT_NAME}`", directory.display()),
            "name the deployment file itself if it is called otherwise".to_owned(),
        ),
        Some(file) if file == Path::new("-") => (
            "there is no file `-`, and standard input is only for `launchnix check`".to_owned(),
            "save the deployment in a file: the build directory refers to it".to_owned(),
        ),
        Some(file) => (
            format!("there is no file `{}`", file.display()),
            match similar(&current.join(file)) {
                Some(name) => format!("did you mean `{}`?", file.with_file_name(name).display()),
                None => format!("name a deployment file, or a directory with a `{DEFAULT_NAME}`"),
            },
        ),
    };
    Box::new(Diagnostic::new(Code::MissingFile, None, message).with_help(help))
}

/// A file beside a missing one with nearly its name.
fn similar(missing: &Path) -> Option<OsString> {
    let wanted = missing.file_name()?.to_string_lossy().into_owned();
    let candidates =
        std::fs::read_dir(missing.parent()?).ok()?.filter_map(|entry| Some(entry.ok()?.file_name()));
    let distance = |name: &OsString| {
        let name = name.to_string_lossy();
        let stem = name.strip_suffix(".nix").unwrap_or(&name);
        strsim::damerau_levenshtein(&wanted, &name).min(strsim::damerau_levenshtein(&wanted, stem))
    };
    let nix_or_directory =
        |name: &OsString| Path::new(name).extension().is_none_or(|extension| extension == "nix");
    candidates
        .filter(nix_or_directory)
        .min_by_key(distance)
        // A name of one letter is as near to every other one.
        .filter(|name| distance(name) <= 1.max(wanted.len() / 4) && distance(name) < wanted.chars().count())
}

/// Removes `.` and `..` by name, as Nix does for the paths that it is given.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// What the compiler is asked.
pub(crate) fn request(file: &DeploymentFile, arguments: &DeploymentArguments, current: &Path) -> Request {
    let home = home();
    let fetching = Fetching::new(arguments.offline);
    let fetch: Fetch = Arc::new(move |request, identify| fetching.fetch(request, identify));
    Request {
        file: file.path.clone(),
        display: file.display.clone(),
        arguments: function_arguments(arguments),
        search_path: lookup_path::from_environment(&arguments.include, home.as_deref(), current),
        home,
        interrupt: None,
        show_trace: arguments.show_trace,
        fetch: Some(fetch),
        only_mistakes: false,
    }
}

/// The user's home directory, for `~`.
pub(crate) fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from)
}

fn function_arguments(arguments: &DeploymentArguments) -> Vec<(String, Argument)> {
    // clap guarantees that each `--arg` has its two values.
    let pairs =
        |values: &[String]| values.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
    let expressions: Vec<(String, String)> = pairs(&arguments.arg);
    let strings: Vec<(String, String)> = pairs(&arguments.argstr);
    let expressions = expressions.into_iter().map(|(name, text)| (name, Argument::Expr(text)));
    expressions.chain(strings.into_iter().map(|(name, text)| (name, Argument::Str(text)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_found_as_people_name_it() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        std::fs::create_dir_all(root.join("web/empty")).unwrap();
        std::fs::write(root.join("web/deployment.nix"), "{ }").unwrap();
        std::fs::write(root.join("web/a.nix"), "{ }").unwrap();
        let locate = |name: Option<&str>, current: &str| {
            find(name.map(Path::new), &root.join(current))
                .map(|file| (file.path.strip_prefix(root).unwrap().display().to_string(), file.display))
                .map_err(|diagnostic| (diagnostic.message, diagnostic.help.unwrap_or_default()))
        };
        let ok = |path: &str, display: &str| Ok((path.to_owned(), display.to_owned()));
        assert_eq!(locate(None, "web"), ok("web/deployment.nix", "deployment.nix"));
        assert_eq!(locate(Some("web"), ""), ok("web/deployment.nix", "web/deployment.nix"));
        assert_eq!(
            locate(Some("../web/./deployment.nix"), "web"),
            ok("web/deployment.nix", "../web/./deployment.nix")
        );
        let messages: Vec<_> = [
            (None, ""),
            (Some("web/empty"), ""),
            (Some("nowhere.nix"), ""),
            (Some("deploymnt.nix"), "web"),
            (Some("-"), "web"),
        ]
        .into_iter()
        .map(|(name, current)| locate(name, current).unwrap_err())
        .collect();
        assert_eq!(messages[0].0, "there is no `deployment.nix` in this directory");
        assert_eq!(messages[1].0, "the directory `web/empty` has no `deployment.nix`");
        assert_eq!(messages[2].0, "there is no file `nowhere.nix`");
        assert_eq!(messages[3].1, "did you mean `deployment.nix`?");
        assert!(messages[4].0.contains("standard input"));
        assert!(messages.iter().all(|(_, help)| !help.is_empty()));
    }
}

//! Why a command could not do its work, for reasons other than the deployment.

use std::io;
use std::path::PathBuf;

/// How a command ended; the numbers are the exit statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Outcome {
    /// All is well; warnings are allowed.
    Fine = 0,
    /// The deployment has errors.
    Mistakes = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Files, processes, libvirt.
    Outside = 3,
    /// What was fetched has another hash than it should; as Nix.
    Mismatch = 102,
}

/// A failure, in the user's words.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("`{code}` is neither the code of a diagnostic nor an option")]
    UnknownCode { code: String, similar: Option<&'static str> },
    #[error("{what} could not be written: {error}")]
    Write { what: &'static str, error: io::Error },
    #[error("the current directory cannot be found: {0}")]
    CurrentDirectory(io::Error),
    #[error("`launchnix-runtime`, which does `{verb}`, was not found beside `launchnix` or on PATH")]
    NoRuntime { verb: &'static str },
    #[error("`{}` could not be started: {error}", path.display())]
    Runtime { path: PathBuf, error: io::Error },
    #[error("`{}` names no directory that could be replaced", .0.display())]
    OutNotADirectoryName(PathBuf),
    #[error("`{}` is {what}, not a directory", path.display())]
    OutOccupied { path: PathBuf, what: &'static str },
    #[error("`{}` is a directory that Launchnix did not make: it has {reason}", path.display())]
    OutForeign { path: PathBuf, reason: &'static str },
    #[error("`{}` has a file that Launchnix did not make: `{file}`", path.display())]
    OutStray { path: PathBuf, file: String },
    #[error("another `launchnix` is writing beside `{}`", .0.display())]
    OutBusy(PathBuf),
    #[error("`{}` could not be {action}: {error}", path.display())]
    Out { path: PathBuf, action: &'static str, error: io::Error },
    #[error("the compiler made a file with the impossible name `{0}`")]
    ArtifactName(String),
    #[error("`--diff` prints a diff, which `--format` cannot change")]
    DiffFormat,
    #[error("`{name}` could not be fixed: {error}")]
    Fix { name: String, error: io::Error },
    #[error("`{name}` was changed by another program while it was being fixed")]
    FixChanged { name: String },
    #[error("standard input could not be read: {0}")]
    StandardInput(io::Error),
    #[error("`--stdin-filename` is for a deployment on standard input, but `{}` is to be checked", .0.display())]
    StandardInputAndFile(PathBuf),
    #[error("standard input is read once: it does not change, and `--watch` would wait for ever")]
    StandardInputWatched,
    #[error("standard output cannot have both the fixed text and what `--format` asks for")]
    StandardInputFixed,
    #[error("Ctrl-C cannot be waited for: {0}")]
    Watch(io::Error),
    #[error("the language server's connection broke: {0}")]
    LanguageServer(String),
}

impl Failure {
    /// The way out.
    pub(crate) fn help(&self) -> Option<String> {
        let help = match self {
            Self::UnknownCode { similar: Some(similar), .. } => format!("did you mean `{similar}`?"),
            Self::UnknownCode { similar: None, .. } => "`launchnix explain` lists all codes, `launchnix explain options` all options".to_owned(),
            Self::Write { .. } | Self::LanguageServer(_) => return None,
            Self::DiffFormat => "leave one of them out".to_owned(),
            Self::Fix { .. } => "the file is as it was; `--fix --diff` shows what it would become".to_owned(),
            Self::FixChanged { .. } => "the file was left as it is: try again".to_owned(),
            Self::StandardInput(_) => "save the deployment in a file, and check that".to_owned(),
            Self::StandardInputAndFile(_) => "name `-` instead of the file, or leave `--stdin-filename` out".to_owned(),
            Self::StandardInputWatched => "leave `--watch` out, or name a file".to_owned(),
            Self::StandardInputFixed => {
                "leave `--fix` out, or choose `--format short` or `full`, which are on standard error".to_owned()
            }
            Self::Watch(_) => "check without `--watch`".to_owned(),
            Self::CurrentDirectory(_) => "go to a directory that exists".to_owned(),
            Self::NoRuntime { .. } => {
                "install it (it is built with `cargo build -p launchnix-runtime`) and put it in the same directory \
                 as `launchnix`; check, compile and the language server work without it"
                    .to_owned()
            }
            Self::Runtime { path, .. } => format!("see whether `{} --version` works", path.display()),
            Self::OutNotADirectoryName(_) => "name a directory: `--out build`".to_owned(),
            Self::OutOccupied { .. } => "name another directory with `--out`, or move it away".to_owned(),
            Self::OutForeign { path, .. } => format!(
                "name another directory with `--out`; if nothing in it is needed, remove it: `rm -r {}`",
                path.display()
            ),
            Self::OutStray { .. } => {
                "the build directory is replaced as a whole: move the file elsewhere, or name another directory \
                 with `--out`"
                    .to_owned()
            }
            Self::OutBusy(_) => "wait until it is done, then try again".to_owned(),
            Self::Out { error, .. } => match error.kind() {
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "choose a place that you may write to with `--out`; nothing was changed".to_owned()
                }
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "make room, or choose another place with `--out`; nothing was changed".to_owned()
                }
                _ => "nothing was changed".to_owned(),
            },
            Self::ArtifactName(_) => "this is a bug of Launchnix: please report it".to_owned(),
        };
        Some(help)
    }

    /// The exit status.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::UnknownCode { .. }
            | Self::DiffFormat
            | Self::StandardInputAndFile(_)
            | Self::StandardInputWatched
            | Self::StandardInputFixed => Outcome::Usage,
            _ => Outcome::Outside,
        }
    }
}

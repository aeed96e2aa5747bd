//! Nix itself, to compare with.

#![allow(dead_code, reason = "each of the tests that share this uses a part of it")]

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The home directory that Nix sees.
pub(crate) const HOME: &str = "/home/someone";

/// The argument, a string, that files are called with where they are called.
pub(crate) const ARGUMENT: (&str, &str) = ("argument", "given");

/// What evaluating something gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The value as it is printed.
    Value(String),
    /// The innermost message of an error.
    Error(String),
}

impl Outcome {
    pub(crate) fn map_text(self, change: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Value(text) => Self::Value(change(text)),
            Self::Error(text) => Self::Error(change(text)),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(text) => f.write_str(text.trim_end()),
            Self::Error(text) => write!(f, "error: {}", text.trim_end()),
        }
    }
}

/// An installed Nix.
pub(crate) struct Nix {
    program: PathBuf,
    /// Major and minor version.
    pub(crate) version: (u32, u32),
}

impl Nix {
    /// The Nix that `LAUNCHNIX_ORACLE` names, else the one on `PATH`.
    pub(crate) fn find() -> Option<Self> {
        let program = std::env::var("LAUNCHNIX_ORACLE").unwrap_or_else(|_| "nix-instantiate".to_owned());
        let output = Command::new(&program).arg("--version").output().ok()?;
        // nix-instantiate (Nix) 2.34.0
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut numbers = text.split_whitespace().last()?.split('.').map(str::parse);
        let version = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        Some(Self { program: PathBuf::from(program), version })
    }

    /// Whether it words errors, and knows built-in functions, as the version that the expectations are from.
    pub(crate) fn is_current(&self) -> bool {
        self.version >= (2, 30)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command.env("HOME", HOME).env("NIX_REMOTE", "dummy://").env("XDG_CACHE_HOME", std::env::temp_dir());
        command.args(["--eval", "--strict", "--extra-experimental-features"]);
        command.arg("pipe-operators fetch-tree flakes ca-derivations impure-derivations");
        command
    }

    /// Evaluates a file wholly; `<fixtures>` is a directory. A function may be called with [`ARGUMENT`].
    pub(crate) fn file(&self, file: &Path, fixtures: &Path, call: bool) -> Outcome {
        let mut command = self.command();
        command.arg(file).env("NIX_PATH", format!("fixtures={}", fixtures.display()));
        if call {
            command.arg("--argstr").args(<[&str; 2]>::from(ARGUMENT));
        }
        outcome(&self.ran(command.output()))
    }

    /// Evaluates an expression wholly.
    pub(crate) fn expression(&self, text: &str) -> Outcome {
        let mut command = self.command();
        let child =
            command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = self.ran(child);
        let mut input = child.stdin.take().expect("it is piped");
        // Nix reads all of it before it prints anything.
        let written = input.write_all(text.as_bytes());
        drop(input);
        let output = self.ran(written.and_then(|()| child.wait_with_output()));
        outcome(&output)
    }

    fn ran<T>(&self, result: std::io::Result<T>) -> T {
        result.unwrap_or_else(|error| panic!("{}: {error}", self.program.display()))
    }
}

fn outcome(output: &Output) -> Outcome {
    if output.status.success() {
        Outcome::Value(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Outcome::Error(innermost(&String::from_utf8_lossy(&output.stderr)))
    }
}

/// The innermost message of what Nix prints for an error, without the place that ends some messages.
fn innermost(printed: &str) -> String {
    let plain = without_colours(printed);
    let lines: Vec<&str> = plain.lines().collect();
    let last = lines.iter().rposition(|line| line.trim_start().starts_with("error: "));
    let Some(last) = last else { return plain };
    let mut message = lines[last].trim_start()["error: ".len()..].to_owned();
    for line in &lines[last + 1..] {
        // Further lines of the message are indented; then come the place and what else there is to say. For TOML that
        // is an excerpt of the text.
        let line = line.strip_prefix("       ").unwrap_or(line);
        if ["at /", "at «", "at <", "Did you mean", "Try '", " --> fromTOML", " --> internal"]
            .iter()
            .any(|start| line.starts_with(start))
        {
            break;
        }
        message.push('\n');
        message.push_str(line);
    }
    let message = message.trim_end();
    format!("{}\n", without_place(message))
}

/// Without ` at FILE:LINE:COLUMN` at the end.
pub(crate) fn without_place(message: &str) -> &str {
    let start = [" at /", " at «"].iter().filter_map(|at| message.rfind(at)).max();
    let Some(start) = start else { return message };
    let mut parts = message[start..].rsplit(':');
    let mut number = || parts.next().is_some_and(|part| part.parse::<u32>().is_ok());
    if number() && number() { &message[..start] } else { message }
}

fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        plain.push_str(before);
        rest = after.find('m').map_or("", |end| &after[end + 1..]);
    }
    plain + rest
}

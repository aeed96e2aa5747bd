//! The programs under test.

use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value;

/// No command of a test takes this long unless it hangs.
const LIMIT: Duration = Duration::from_mins(5);

/// What a program did.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status; none where a signal ended it, ours included when it took too long.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    command: String,
}

#[expect(
    clippy::return_self_not_must_use,
    reason = "an expectation is often the last thing that a test says"
)]
impl Outcome {
    /// Fails the test unless the exit status is this one.
    #[track_caller]
    pub fn expect_status(self, status: i32) -> Self {
        assert_eq!(self.status, Some(status), "exit status of {self}");
        self
    }

    /// Fails the test unless one of the two outputs holds this text.
    #[track_caller]
    pub fn expect_text(self, text: &str) -> Self {
        assert!(
            self.stdout.contains(text) || self.stderr.contains(text),
            "no {text:?} in the output of {self}"
        );
        self
    }

    /// Standard output as one JSON value per line.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        let parse = |line: &str| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line:?}, a line of {self}"))
        };
        self.stdout.lines().map(parse).collect()
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { status, stdout, stderr, command } = self;
        write!(f, "`{command}` ({status:?})\n--- stdout\n{stdout}\n--- stderr\n{stderr}\n---")
    }
}

/// Runs a command to its end, with nothing on standard input; ends it where it takes unreasonably long.
#[track_caller]
pub fn run(command: &mut Command) -> Outcome {
    run_with_input(command, b"")
}

/// The same with this on standard input.
#[track_caller]
pub fn run_with_input(command: &mut Command, input: &[u8]) -> Outcome {
    // Files rather than pipes: a grandchild that outlives the command cannot hold the test up.
    let file = || tempfile::tempfile().expect("a temporary file can be made");
    let mut stdin = file();
    stdin.write_all(input).and_then(|()| stdin.rewind()).expect("a file can be written");
    let mut output = [file(), file()];
    let [stdout, stderr] = output.each_ref().map(|file| file.try_clone().expect("a file can be shared"));
    let mut child = command
        .stdin(stdin)
        .stdout(stdout)
        .stderr(stderr)
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {}: {error}", command.get_program().display()));
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is our child") {
            break status.code();
        }
        if started.elapsed() > LIMIT {
            child.kill().expect("it is our child");
            child.wait().expect("it is our child");
            break None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    };
    let [stdout, stderr] = output.each_mut().map(|file| {
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.read_to_end(&mut bytes)).expect("a file can be read back");
        String::from_utf8_lossy(&bytes).into_owned()
    });
    Outcome { status, stdout, stderr, command: format!("{command:?}") }
}

/// Copies a program by another process: one that this process writes stays open in whatever another thread
/// starts at that moment, and Linux runs no program that is open for writing.
///
/// # Panics
///
/// Where the program cannot be copied.
pub fn install(from: &Path, to: &Path) {
    let status = Command::new("install").args(["-m", "755"]).args([from, to]).status();
    assert!(status.expect("`install` is part of every system").success(), "{} is not copied", from.display());
}

/// `launchnix` with these arguments, in an environment that says nothing of the person who runs the tests.
pub fn launchnix(arguments: &[&str]) -> Command {
    program("launchnix", arguments)
}

/// `launchnix-runtime` with these arguments.
pub fn runtime(arguments: &[&str]) -> Command {
    program("launchnix-runtime", arguments)
}

fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(directory().join(name));
    command.args(arguments).env("NO_COLOR", "1");
    for variable in ["NIX_PATH", "LIBVIRT_DEFAULT_URI", "XDG_CONFIG_HOME", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(variable);
    }
    command
}

/// Where the programs are: `LAUNCHNIX_PROGRAMS`, else beside the test itself, built first.
fn directory() -> &'static PathBuf {
    static DIRECTORY: OnceLock<PathBuf> = OnceLock::new();
    DIRECTORY.get_or_init(|| {
        if let Some(directory) = std::env::var_os("LAUNCHNIX_PROGRAMS") {
            return directory.into();
        }
        // Cargo builds a package's programs for its own tests only, and these belong to other packages.
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--bins", "--tests"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status()
            .expect("cargo, which runs this test, can be run");
        assert!(built.success(), "the programs under test do not build");
        let test = std::env::current_exe().expect("a test knows its own path");
        let profile = test.ancestors().nth(2).expect("tests are in target/<profile>/deps");
        profile.to_path_buf()
    })
}

//! `launchnix check` with its flags, from outside.
#![expect(clippy::disallowed_methods, reason = "tests write files and read them back")]

mod fix;
mod formats;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const GOOD: &str = "{ deployment = { name = \"web\"; cpus = 1; ram = 512; nixos = false; }; }\n";
const FIXABLE: &str = "{ deployment = { name = \"web\"; cpus = \"2\"; ram = \"4 GiB\"; nixos = false; }; }\n";
const FIXED: &str = "{ deployment = { name = \"web\"; cpus = 2; ram = 4096; nixos = false; }; }\n";

/// A directory with a deployment.
struct Project(tempfile::TempDir);

impl Project {
    fn new(deployment: &str) -> Self {
        let project = Self(tempfile::tempdir().expect("a temporary directory"));
        project.write("deployment.nix", deployment);
        project
    }

    fn path(&self, name: &str) -> PathBuf {
        // As the program sees it, without links.
        std::fs::canonicalize(self.0.path()).expect("it is there").join(name)
    }

    /// Writes a file anew as a whole, as careful editors do: nobody sees a part of it.
    fn replace(&self, name: &str, text: &str) {
        let new = format!("{name}.new");
        self.write(&new, text);
        std::fs::rename(self.path(&new), self.path(name)).expect("a file beside it");
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a directory");
        std::fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_launchnix"));
        command.arg("check").args(arguments).current_dir(self.path("")).env_clear().stdin(Stdio::null());
        command
    }

    /// Standard output and standard error.
    #[track_caller]
    fn check(&self, arguments: &[&str], status: i32) -> (String, String) {
        Self::run(&mut self.command(arguments), status)
    }

    #[track_caller]
    fn run(command: &mut Command, status: i32) -> (String, String) {
        let output = command.output().expect("the program was built");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "stdout: {stdout}\nstderr: {stderr}");
        (stdout, stderr)
    }
}

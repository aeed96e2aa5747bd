//! `--watch`.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use crate::{FIXABLE, GOOD, Project};

/// Nothing that is waited for takes this long.
const LIMIT: Duration = Duration::from_mins(1);

struct Watching {
    child: Child,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
}

impl Watching {
    fn start(project: &Project, arguments: &[&str]) -> Self {
        let mut command = project.command(arguments);
        command.arg("--watch").stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program was built");
        let stdout = lines(child.stdout.take().expect("it is piped"));
        let stderr = lines(child.stderr.take().expect("it is piped"));
        Self { child, stdout, stderr }
    }

    /// Waits for a line with this text on standard error; gives all lines until then.
    #[track_caller]
    fn until(&self, text: &str) -> Vec<String> {
        let mut seen: Vec<String> = Vec::new();
        loop {
            match self.stderr.recv_timeout(LIMIT) {
                Ok(line) => seen.push(line),
                Err(error) => panic!("waiting for {text:?}: {error}: {seen:#?}"),
            }
            if seen.last().is_some_and(|line| line.contains(text)) {
                return seen;
            }
        }
    }

    #[track_caller]
    fn interrupt(mut self) {
        let pid = self.child.id().to_string();
        let killed = std::process::Command::new("kill").args(["-INT", &pid]).status();
        assert!(killed.is_ok_and(|status| status.success()));
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        assert_eq!(self.stderr.iter().collect::<Vec<_>>(), Vec::<String>::new(), "it ends without a word");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

const WAITING: &str = "watching for changes";

#[test]
fn every_change_is_checked() {
    let project = Project::new(GOOD);
    let watching = Watching::start(&project, &["--format", "short"]);
    watching.until("no mistakes");
    watching.until(WAITING);

    project.write("deployment.nix", FIXABLE);
    assert!(watching.until("error[LNX0301]").contains(&"--- deployment.nix changed ---".to_owned()));
    watching.until(WAITING);

    // As most editors write: a new file in place of the old one.
    project.write("new", GOOD);
    std::fs::rename(project.path("new"), project.path("deployment.nix")).expect("it is renamed");
    watching.until("no mistakes");
    watching.until(WAITING);

    std::fs::remove_file(project.path("deployment.nix")).expect("it is removed");
    watching.until("there is no `deployment.nix`");
    watching.until(WAITING);

    project.write("deployment.nix", "{ deployment = import ./lib/web.nix; }\n");
    watching.until("does not exist");
    watching.until(WAITING);

    // What was missing is waited for, with its directory.
    project.write("lib/web.nix", "{ name = \"a\"; cpus = 1; ram = \"x\"; nixos = false; }\n");
    watching.until("lib/web.nix:1:");
    watching.until(WAITING);

    project.write("lib/web.nix", "{ name = \"a\"; cpus = 1; ram = 512; nixos = false; }\n");
    watching.until("no mistakes");
    watching.until(WAITING);

    // Nobody asked for this one.
    project.write("other.nix", "{ }\n");
    std::thread::sleep(Duration::from_secs(2));
    watching.interrupt();
}

#[test]
fn what_a_fix_writes_is_not_checked_again() {
    let project = Project::new(FIXABLE);
    let watching = Watching::start(&project, &["--fix"]);
    watching.until("fixed 2 mistakes");
    watching.until(WAITING);
    std::thread::sleep(Duration::from_secs(2));
    project.replace("deployment.nix", FIXABLE);
    let between = watching.until("fixed 2 mistakes");
    assert_eq!(between.iter().filter(|line| line.contains("changed")).count(), 1, "{between:?}");
    watching.until(WAITING);
    std::thread::sleep(Duration::from_secs(2));
    watching.interrupt();
}

#[test]
fn programs_get_nothing_but_objects() {
    let project = Project::new(FIXABLE);
    let watching = Watching::start(&project, &["--format", "json"]);
    watching.until(WAITING);
    project.write("deployment.nix", FIXABLE.replace("\"2\"", "2"));
    watching.until(WAITING);
    for _ in 0..3 {
        let line = watching.stdout.recv_timeout(LIMIT).expect("a line");
        serde_json::from_str::<serde_json::Value>(&line).expect("an object");
    }
    watching.interrupt();
}

#[test]
fn a_check_can_be_interrupted() {
    let project = Project::new(
        "let f = n: if n == 0 then 0 else f (n - 1) + f (n - 1); in { deployment = { name = \"a\"; cpus = f 60; ram = 512; nixos = false; }; }\n",
    );
    let mut watching = Watching::start(&project, &[]);
    std::thread::sleep(Duration::from_millis(500));
    let pid = watching.child.id().to_string();
    let killed = std::process::Command::new("kill").args(["-INT", &pid]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    assert_eq!(watching.child.wait().expect("it ends").code(), Some(0));
}

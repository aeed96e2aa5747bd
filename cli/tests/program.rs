//! The built program: streams, formats and exit statuses.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const GOOD: &str = "{ deployment = { name = \"web\"; cpus = 1; ram = 512; nixos = false; }; }\n";
const BAD: &str = "{ deployment = { name = \"web\"; cpus = \"eight\"; ram = true; nixos = false; }; }\n";

struct Directory(tempfile::TempDir);

impl Directory {
    fn with(files: &[(&str, &str)]) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        for (name, text) in files {
            std::fs::write(directory.path().join(name), text).expect("a file in it");
        }
        Self(directory)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_launchnix"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .env("COLUMNS", "80")
            .stdin(Stdio::null());
        command
    }

    #[track_caller]
    fn run(&self, arguments: &[&str], status: i32) -> (String, String) {
        let output = self.command(arguments).output().expect("the program was built");
        expect(&output, status)
    }
}

#[track_caller]
fn expect(output: &Output, status: i32) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "stdout: {stdout}\nstderr: {stderr}");
    (stdout, stderr)
}

#[test]
fn diagnostics_for_people_are_on_standard_error() {
    let directory = Directory::with(&[("deployment.nix", BAD)]);
    let (stdout, stderr) = directory.run(&["check"], 1);
    assert_eq!(stdout, "");
    assert!(stderr.contains("error[LNX0301]") && stderr.contains("╭─[deployment.nix:1:39]"), "{stderr}");
    assert!(stderr.ends_with("deployment.nix: 2 errors\n"), "{stderr}");

    let (_, stderr) = directory.run(&["check", "--ascii", "--color", "always"], 1);
    assert!(stderr.is_ascii() && stderr.contains("\u{1b}["), "{stderr}");

    let (stdout, stderr) = directory.run(&["check", "--format", "short"], 1);
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("deployment.nix:1:39: error[LNX0301]: "), "{stderr}");
    assert_eq!(stderr.lines().count(), 3, "{stderr}");
}

#[test]
fn diagnostics_for_programs_are_on_standard_output() {
    let directory = Directory::with(&[("deployment.nix", BAD)]);
    let (stdout, stderr) = directory.run(&["check", "--format", "json", "--color", "always"], 1);
    assert_eq!(stderr, "");
    let objects: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(objects.len(), 2, "{stdout}");
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let mut expected =
        ["code", "severity", "message", "file", "range", "labels", "help", "notes", "fix", "rendered"];
    expected.sort_unstable();
    for object in &objects {
        let mut found = keys(object);
        found.sort();
        assert_eq!(found, expected);
        assert!(!object["rendered"].as_str().expect("text").contains('\u{1b}'));
    }
    assert_eq!(objects[0]["range"]["start"], serde_json::json!({ "line": 1, "column": 39 }));
    assert_eq!(objects[0]["range"]["end"], serde_json::json!({ "line": 1, "column": 46 }));
}

#[test]
fn a_deployment_without_mistakes_says_so() {
    let directory = Directory::with(&[("deployment.nix", GOOD)]);
    let (stdout, stderr) = directory.run(&["check"], 0);
    assert_eq!((stdout.as_str(), stderr.as_str()), ("", "deployment.nix: 1 machine, no mistakes\n"));
    let (stdout, stderr) = directory.run(&["check", "--format", "json"], 0);
    assert_eq!((stdout.as_str(), stderr.as_str()), ("", ""));
}

#[test]
fn a_file_that_is_not_there_is_the_outside_worlds_fault() {
    let directory = Directory::with(&[("fleet.nix", GOOD)]);
    let (_, stderr) = directory.run(&["check"], 3);
    assert!(stderr.contains("there is no `deployment.nix` in this directory"), "{stderr}");
    let (_, stderr) = directory.run(&["compile", "flet.nix"], 3);
    assert!(stderr.contains("did you mean `fleet.nix`?"), "{stderr}");
    let (stdout, _) = directory.run(&["check", "--format", "json", "no.nix"], 3);
    let object: Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((&object["code"], &object["file"]), (&"LNX0901".into(), &Value::Null));
}

#[test]
fn compiling_writes_then_leaves_alone() {
    let directory = Directory::with(&[("deployment.nix", GOOD)]);
    let (stdout, stderr) = directory.run(&["compile"], 0);
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("deployment.nix: wrote `build` ("), "{stderr}");
    let (_, stderr) = directory.run(&["compile", "--out", "build/"], 0);
    assert!(stderr.starts_with("deployment.nix: `build/` is unchanged"), "{stderr}");
    std::fs::write(directory.path().join("deployment.nix"), BAD).expect("a file");
    let (_, stderr) = directory.run(&["compile"], 1);
    assert!(stderr.ends_with("2 errors; nothing was written\n"), "{stderr}");
    let (_, stderr) = directory.run(&["compile", "--out", "deployment.nix"], 1);
    assert!(stderr.contains("2 errors"), "mistakes come first: {stderr}");
    std::fs::write(directory.path().join("deployment.nix"), GOOD).expect("a file");
    let (_, stderr) = directory.run(&["compile", "--out", "deployment.nix"], 3);
    assert!(stderr.contains("is a file, not a directory\n  help: "), "{stderr}");
}

#[test]
fn arguments_reach_the_deployment() {
    let text = "{ name, cpus }: { deployment = { inherit name cpus; ram = 512; nixos = false; }; }\n";
    let directory = Directory::with(&[("deployment.nix", text)]);
    directory.run(&["check", "--argstr", "name", "web", "--arg", "cpus", "1 + 1"], 0);
    let (_, stderr) = directory.run(&["check", "--argstr", "name", "-w", "--arg", "cpus", "2"], 1);
    assert!(stderr.contains("LNX04"), "{stderr}");
    directory.run(&["check", "--argstr", "name"], 2);
}

#[test]
fn lookup_paths_come_from_options_and_environment() {
    let text =
        "{ deployment = { name = import <a>; cpus = import <b/n.nix>; ram = 512; nixos = false; }; }\n";
    let directory = Directory::with(&[("deployment.nix", text), ("a.nix", "\"web\""), ("n.nix", "1")]);
    let mut command = directory.command(&["check", "-I", "a=a.nix"]);
    let output = command.env("NIX_PATH", "a=/nowhere:b=.").output().expect("the program was built");
    expect(&output, 0);
}

#[test]
fn pages_on_codes() {
    let directory = Directory::with(&[]);
    let (stdout, _) = directory.run(&["explain", "lnx0301"], 0);
    assert!(stdout.starts_with("LNX0301 (error): wrong type\n"), "{stdout}");
    let (stdout, _) = directory.run(&["explain"], 0);
    assert!(stdout.lines().count() > 20, "{stdout}");
    let (stdout, stderr) = directory.run(&["explain", "LNX0310"], 2);
    assert_eq!(stdout, "");
    assert!(stderr.contains("`LNX0310`") && stderr.contains("did you mean `LNX0301`?"), "{stderr}");
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    let directory = Directory::with(&[]);
    for arguments in [&[][..], &["frobnicate"], &["check", "--format", "xml"], &["check", "a", "b"]] {
        let (stdout, stderr) = directory.run(arguments, 2);
        assert!(stdout.is_empty() && stderr.contains("--help"), "{arguments:?}: {stderr}");
    }
    directory.run(&["--help"], 0);
    directory.run(&["--version"], 0);
}

#[test]
fn the_runtime_takes_over_with_arguments_and_status() {
    let directory = Directory::with(&[("script", "#!/bin/sh\necho \"$@\"\nexit 42\n")]);
    let runtime = directory.path().join("launchnix-runtime");
    install(&directory.path().join("script"), &runtime);
    // A copy of the program, since the real runtime may be beside the real one.
    let program = directory.path().join("bin/launchnix");
    install(Path::new(env!("CARGO_BIN_EXE_launchnix")), &program);

    let run = |path: &Path| {
        let arguments = ["plan", "build/", "--connect", "test:///default", "--help", "--", "-x"];
        Command::new(&program).args(arguments).env("PATH", path).output().expect("it runs")
    };
    let (stdout, _) = expect(&run(directory.path()), 42);
    assert_eq!(stdout, "plan build/ --connect test:///default --help -- -x\n");
    let (_, stderr) = expect(&run(Path::new("/nonexistent")), 3);
    assert!(stderr.contains("`launchnix-runtime`") && stderr.contains("help: install it"), "{stderr}");
    install(&runtime, &program.with_file_name("launchnix-runtime"));
    expect(&run(Path::new("/nonexistent")), 42);
}

/// Copies a program by another process: one that this process writes stays open in whatever another thread
/// starts at that moment, and Linux runs no program that is open for writing.
fn install(from: &Path, to: &Path) {
    let status = Command::new("install").args(["-D", "-m", "755"]).args([from, to]).status();
    assert!(status.expect("`install` is part of every system").success(), "{} is not copied", from.display());
}

#[test]
fn an_editor_that_goes_away_ends_the_server() {
    let directory = Directory::with(&[]);
    let output = directory.command(&["lsp", "--stdio"]).output().expect("the program was built");
    let (stdout, stderr) = expect(&output, 1);
    assert_eq!((stdout.as_str(), stderr.as_str()), ("", ""));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let directory = Directory::with(&[("deployment.nix", BAD)]);
    let mut command = directory.command(&["check", "--format", "json"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program was built");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let full = std::fs::File::create("/dev/full").expect("Linux has it");
    let output = directory.command(&["explain"]).stdout(full).output().expect("the program was built");
    let (_, stderr) = expect(&output, 3);
    assert!(stderr.contains("standard output could not be written"), "{stderr}");
}

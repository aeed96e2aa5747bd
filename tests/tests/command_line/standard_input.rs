//! `launchnix check -`: a deployment that comes from another program.

use launchnix_tests::{Deployment, Outcome, launchnix, run_with_input};

const FLEET: &str =
    "{ machines.web = { deployment = { cpus = \"2\"; ram = import ./ram.nix; nixos = false; }; }; }\n";

/// A directory with what the deployment imports, and another deployment than the one that comes by standard input.
fn directory() -> Deployment {
    let deployment = Deployment::new("{ }");
    deployment.write("ram.nix", "\"4 GiB\"\n");
    deployment.write("fleets/ram.nix", "512\n");
    deployment
}

#[track_caller]
fn check(directory: &Deployment, input: &[u8], arguments: &[&str]) -> Outcome {
    let arguments = [&["check"], arguments].concat();
    run_with_input(launchnix(&arguments).current_dir(directory.path()), input)
}

#[test]
fn what_it_imports_is_found_from_the_current_directory_or_from_its_name() {
    let directory = directory();
    let shown = |arguments: &[&str]| {
        let arguments = [arguments, &["--format", "short"]].concat();
        check(&directory, FLEET.as_bytes(), &arguments).expect_status(1).stderr
    };
    let here = shown(&["-"]);
    assert!(here.contains("<stdin>:1:42: error[LNX0301]") && here.contains("ram.nix:1:1: error"), "{here}");
    for arguments in [&["-", "--stdin-filename", "fleets/new.nix"], &["--stdin-filename=fleets/new.nix"][..]]
    {
        let named = shown(arguments);
        assert!(named.contains("fleets/new.nix:1:42") && !named.contains("ram.nix"), "{named}");
    }
}

#[test]
fn it_takes_the_place_of_the_file_that_it_is_named_after() {
    let directory = directory();
    let text = "{ machines.web.deployment = { cpus = 1; ram = (import ./deployment.nix).x; nixos = false; }; x = 3; }";
    let outcome =
        check(&directory, text.as_bytes(), &["--stdin-filename", "deployment.nix"]).expect_status(1);
    assert!(outcome.stderr.contains("there is no option `x`"), "{outcome}");
    assert!(!outcome.stderr.contains("`x` is missing"), "{outcome}");
}

#[test]
fn the_fixed_text_is_on_standard_output_and_no_file_changes() {
    let directory = directory();
    let outcome = check(&directory, FLEET.as_bytes(), &["-", "--fix"]).expect_status(1);
    assert_eq!(outcome.stdout, FLEET.replace("\"2\"", "2"));
    assert!(outcome.stderr.contains("fixed 1 mistake in <stdin>"), "{outcome}");
    let ram = std::fs::read_to_string(directory.path().join("ram.nix")).expect("it is still there");
    assert_eq!(ram, "\"4 GiB\"\n", "a file that is imported is not what was handed over");
    for nothing_to_fix in ["{ machines = ; }", "", "# x\r\n{ machines = { }; }"] {
        let outcome = check(&directory, nothing_to_fix.as_bytes(), &["-", "--fix"]);
        assert_eq!(outcome.stdout, nothing_to_fix);
    }
    let diff = check(&directory, FLEET.as_bytes(), &["-", "--fix", "--diff"]).expect_status(1);
    assert!(diff.stdout.starts_with("--- a/<stdin>\n+++ b/<stdin>\n"), "{diff}");
}

#[test]
fn what_makes_no_sense_with_it_is_wrong_usage() {
    let directory = directory();
    for arguments in [
        &["-", "--watch"][..],
        &["-", "--fix", "--format", "json"],
        &["deployment.nix", "--stdin-filename", "other.nix"],
    ] {
        let outcome = check(&directory, FLEET.as_bytes(), arguments).expect_status(2);
        assert!(outcome.stdout.is_empty() && outcome.stderr.contains("help: "), "{outcome}");
    }
    directory.launchnix(&["compile", "-"]).expect_status(3).expect_text("save the deployment in a file");
}

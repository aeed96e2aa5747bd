//! Wrong usage, and a world that is not as it should be: exit statuses 2 and 3, with a way out.

use launchnix_tests::{Deployment, install, launchnix, run, runtime};

const MACHINE: &str = "{ deployment = { name = \"a\"; cpus = 1; ram = 512; nixos = false; }; }\n";

#[test]
fn an_unreachable_libvirt() {
    let deployment = Deployment::new(MACHINE);
    deployment.compile();
    for command in ["plan", "apply"] {
        let socket = deployment.path().join("no-socket");
        let uri = format!("qemu+unix:///system?socket={}", socket.display());
        let outcome = deployment.launchnix(&[command, "build", "--connect", &uri]).expect_status(3);
        assert!(outcome.stderr.contains(&uri), "{outcome}");
        let mentions = outcome.stderr.matches("Failed to connect").count();
        assert!(mentions <= 1, "libvirt's own message is there once: {outcome}");
    }
}

#[test]
fn a_uri_that_is_none() {
    let deployment = Deployment::new(MACHINE);
    deployment.compile();
    for uri in ["nonsense", "qemu://", "test:///no/such/file.xml"] {
        let outcome = deployment.launchnix(&["plan", "build", "--connect", uri]);
        assert!(matches!(outcome.status, Some(2 | 3)), "{uri}: {outcome}");
        assert!(outcome.stderr.contains(uri), "{uri}: {outcome}");
    }
}

#[test]
fn a_deployment_file_that_does_not_exist() {
    let empty = tempfile::tempdir().expect("a temporary directory can be made");
    for (arguments, name) in [
        (&["check"][..], "deployment.nix"),
        (&["check", "nowhere.nix"], "nowhere.nix"),
        (&["check", "."], "deployment.nix"),
    ] {
        let outcome = run(launchnix(arguments).current_dir(empty.path())).expect_status(3);
        assert!(outcome.stderr.contains(name), "{outcome}");
    }
}

#[test]
fn a_build_directory_that_does_not_exist() {
    let empty = tempfile::tempdir().expect("a temporary directory can be made");
    for command in ["plan", "apply"] {
        let outcome = run(launchnix(&[command, "build"]).current_dir(empty.path())).expect_status(3);
        assert!(outcome.stderr.contains("launchnix compile"), "{outcome}");
    }
}

#[test]
fn wrong_usage() {
    for arguments in [&["frobnicate"][..], &["check", "--format", "xml"], &["compile", "--outt", "x"]] {
        run(&mut launchnix(arguments)).expect_status(2);
    }
    run(&mut runtime(&["frobnicate"])).expect_status(2);
}

#[test]
fn help_and_version_are_there() {
    let help = run(&mut launchnix(&["--help"])).expect_status(0);
    for verb in ["check", "compile", "plan", "apply", "lsp", "explain"] {
        assert!(help.stdout.contains(verb), "no {verb} in {help}");
    }
    run(&mut launchnix(&["--version"])).expect_status(0).expect_text(env!("CARGO_PKG_VERSION"));
    run(&mut launchnix(&["apply", "--help"])).expect_status(0).expect_text("--connect");
}

#[test]
fn every_code_is_explained() {
    run(&mut launchnix(&["explain", "LNX0301"])).expect_status(0).expect_text("LNX0301");
    run(&mut launchnix(&["explain", "lnx0302"])).expect_status(0).expect_text("LNX0302");
    let outcome = run(&mut launchnix(&["explain", "LNX9999"]));
    assert_eq!(outcome.status, Some(2), "{outcome}");
}

#[test]
fn a_missing_runtime_is_named() {
    let alone = tempfile::tempdir().expect("a temporary directory can be made");
    let command = launchnix(&[]);
    let copy = alone.path().join("launchnix");
    install(command.get_program().as_ref(), &copy);
    let outcome = run(std::process::Command::new(copy).args(["plan", "build"]).env("PATH", alone.path()));
    let outcome = outcome.expect_status(3);
    assert!(outcome.stderr.contains("launchnix-runtime"), "{outcome}");
}

#[test]
fn a_value_of_the_command_line_has_a_place_there() {
    let deployment = Deployment::new(
        "{ ram }: { deployment = { name = \"a\"; cpus = 1; inherit ram; nixos = false; }; }\n",
    );
    for (option, value, column) in
        [("--arg", "1 + \"x\"", 5), ("--arg", "\"big\"", 1), ("--argstr", "b\"i${g}", 1)]
    {
        let outcome =
            deployment.launchnix(&["check", "--format", "json", option, "ram", value]).expect_status(1);
        let lines = outcome.json_lines();
        assert_eq!(lines[0]["file"], format!("{option} ram"), "{outcome}");
        assert_eq!(lines[0]["range"]["start"]["column"], column, "{outcome}");
        assert_eq!(
            lines[0].get("fix").filter(|fix| !fix.is_null()),
            None,
            "there is no file to mend: {outcome}"
        );
    }
}

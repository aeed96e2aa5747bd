//! The examples check, compile to XML that libvirt's schemas accept, and apply to the in-process driver.

use std::collections::BTreeSet;

use launchnix_tests::{Deployment, files_below, launchnix, repository, run};

const URI: &str = "test:///default";

fn holds(name: &str) -> Deployment {
    let example = Deployment::example(name);
    let checked = example.launchnix(&["check"]).expect_status(0);
    assert_eq!(checked.stdout, "", "an example is free of warnings: {checked}");
    example.compile();
    example.validate();
    example
}

/// Every file that the manifest lists exists, and every file is listed.
fn manifest_lists_every_file(example: &Deployment) {
    let manifest = example.manifest();
    let listed: BTreeSet<_> = manifest["files"].as_object().expect("an object").keys().cloned().collect();
    let mut found: BTreeSet<_> =
        files_below(&example.build()).into_keys().map(|path| path.to_string_lossy().into_owned()).collect();
    assert!(found.remove("manifest.json"));
    assert_eq!(listed, found);
}

#[test]
fn the_first_format_stays_valid() {
    let example = holds("old");
    manifest_lists_every_file(&example);
    let files = files_below(&example.build());
    let domain = String::from_utf8_lossy(&files[std::path::Path::new("domains/alice.xml")]).into_owned();
    for part in ["<name>alice</name>", "i6300esb", "https://launchnix.dev/xmlns/1"] {
        assert!(domain.contains(part), "no {part} in {domain}");
    }
    for file in ["morph/network.nix", "images/alice.nix", "volumes/default/alice-boot.qcow2.xml"] {
        assert!(files.contains_key(std::path::Path::new(file)), "no {file} in {:?}", files.keys());
    }
    example.launchnix(&["apply", "build", "--connect", URI]).expect_status(0).expect_text("alice");
}

#[test]
fn a_fleet() {
    let example = holds("fleet");
    manifest_lists_every_file(&example);
    let manifest = example.manifest();
    let names: Vec<_> = manifest["machines"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|machine| machine["name"].clone())
        .collect();
    assert_eq!(names, ["db", "web1", "web2"]);
    example.launchnix(&["plan", "build", "--connect", URI, "--detailed-exitcode"]).expect_status(2);
    example.launchnix(&["apply", "build", "--connect", URI]).expect_status(0).expect_text("web2");
}

#[test]
fn guests_that_do_not_run_nixos() {
    let example = holds("guest");
    manifest_lists_every_file(&example);
    example.launchnix(&["plan", "build", "--connect", URI]).expect_status(0).expect_text("alpine");
}

#[test]
fn the_mistakes_are_found_together() {
    let directory = repository().join("examples/mistake");
    let outcome = run(launchnix(&["check", "--format", "json"]).current_dir(directory)).expect_status(1);
    let codes: Vec<_> = outcome.json_lines().iter().map(|line| line["code"].clone()).collect();
    assert_eq!(codes, ["LNX0301", "LNX0302", "LNX0403", "LNX0601"].map(serde_json::Value::from), "{outcome}");
}

#[test]
fn emitted_nix_is_nix() {
    for name in ["old", "fleet"] {
        let example = holds(name);
        let files = files_below(&example.build());
        let nix: Vec<_> =
            files.keys().filter(|file| file.extension().is_some_and(|nix| nix == "nix")).collect();
        assert!(!nix.is_empty());
        for file in nix {
            run(std::process::Command::new("nix-instantiate")
                .args(["--parse"])
                .arg(example.build().join(file))
                .env("NIX_REMOTE", "dummy://"))
            .expect_status(0);
        }
    }
}

#[test]
fn the_readme_is_true() {
    let readme = std::fs::read_to_string(repository().join("README.md")).expect("there is a README");
    let block = |opening: &str| {
        let start = readme.find(opening).expect("the README has the block") + opening.len();
        readme[start..].split("```").next().expect("a block ends").to_owned()
    };
    let mistakes = run(launchnix(&["check", "examples/mistake"]).current_dir(repository())).expect_status(1);
    assert_eq!(block("```console\n$ launchnix check examples/mistake\n"), mistakes.stderr);

    let deployment = Deployment::new(&block("```nix\n"));
    deployment.write("debian-12-genericcloud-amd64.qcow2", "");
    let home = Deployment::example("old");
    std::fs::create_dir(home.path().join(".ssh")).expect("a directory can be made");
    std::fs::copy(home.path().join("keys/id_ed25519.pub"), home.path().join(".ssh/id_ed25519.pub"))
        .expect("it exists");
    run(launchnix(&["check"]).current_dir(deployment.path()).env("HOME", home.path())).expect_status(0);
}

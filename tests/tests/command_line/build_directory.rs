//! The build directory: the same for the same input, whole at every moment, and only ever Launchnix's own.

use std::process::Stdio;
use std::time::Duration;

use launchnix_tests::{Deployment, files_below, launchnix, run};

fn machine(ram: u32) -> String {
    format!(
        "{{ deployment = {{ name = \"a\"; cpus = 1; ram = {ram}; nixos = false; diskSize = 4096; }}; }}\n"
    )
}

#[test]
fn the_same_input_gives_the_same_bytes_anywhere() {
    let here = Deployment::example("fleet");
    here.compile();
    let first = files_below(&here.build());
    here.compile();
    assert_eq!(files_below(&here.build()), first, "compiled again");

    let elsewhere = Deployment::example("fleet");
    elsewhere.compile();
    let second = files_below(&elsewhere.build());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, content) in &first {
        assert_eq!(
            String::from_utf8_lossy(content),
            String::from_utf8_lossy(&second[name]),
            "{} depends on where the deployment is",
            name.display()
        );
    }
}

#[test]
fn nothing_in_it_depends_on_the_environment() {
    let deployment = Deployment::example("old");
    deployment.compile();
    let first = files_below(&deployment.build());
    let home = deployment.path().join("home");
    run(launchnix(&["compile", "--out", "build"])
        .current_dir(deployment.path())
        .env_clear()
        .env("HOME", home)
        .env("TZ", "Asia/Kathmandu")
        .env("LANG", "de_DE.UTF-8"))
    .expect_status(0);
    assert_eq!(files_below(&deployment.build()), first);
}

#[test]
fn the_file_may_be_named_or_not() {
    let deployment = Deployment::new(&machine(512));
    let path = deployment.path().to_string_lossy().into_owned();
    for arguments in [
        &["compile", "--out", "build"][..],
        &["compile", "deployment.nix", "--out", "build"],
        &["compile", ".", "--out", "build"],
        &["compile", &path, "--out", "build"],
    ] {
        let _ = std::fs::remove_dir_all(deployment.build());
        deployment.launchnix(arguments).expect_status(0);
        assert!(deployment.build().join("domains/a.xml").exists());
    }
}

#[test]
fn what_is_no_longer_declared_goes() {
    let deployment = Deployment::example("fleet");
    deployment.compile();
    deployment.write("deployment.nix", &machine(512));
    deployment.compile();
    let files = files_below(&deployment.build());
    assert!(files.keys().all(|file| !file.to_string_lossy().contains("web1")), "{:?}", files.keys());
    let beside: Vec<_> = std::fs::read_dir(deployment.path())
        .expect("it can be listed")
        .map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned())
        .filter(|name| !["build", "deployment.nix", "keys"].contains(&name.as_str()))
        .collect();
    assert!(beside.is_empty(), "left behind: {beside:?}");
}

#[test]
fn a_directory_of_someone_else_is_never_replaced() {
    let deployment = Deployment::new(&machine(512));
    deployment.write("build/thesis.tex", "years of work");
    let outcome = deployment.launchnix(&["compile", "--out", "build"]);
    assert!(matches!(outcome.status, Some(1..=3)), "{outcome}");
    let files = files_below(&deployment.build());
    assert_eq!(files.len(), 1, "{:?}", files.keys());

    // A manifest of something else is no mark of ours.
    deployment.write("build/manifest.json", "{ \"name\": \"web app\" }");
    let outcome = deployment.launchnix(&["compile", "--out", "build"]);
    assert!(matches!(outcome.status, Some(1..=3)), "{outcome}");
    assert_eq!(files_below(&deployment.build()).len(), 2);
}

#[test]
fn a_file_in_the_way_is_not_replaced() {
    let deployment = Deployment::new(&machine(512));
    deployment.write("build", "not a directory");
    let outcome = deployment.launchnix(&["compile", "--out", "build"]);
    assert!(matches!(outcome.status, Some(1..=3)), "{outcome}");
    assert_eq!(std::fs::read(deployment.build()).expect("it is still a file"), b"not a directory");
}

#[test]
fn an_empty_directory_may_be_filled() {
    let deployment = Deployment::new(&machine(512));
    std::fs::create_dir(deployment.build()).expect("it can be made");
    deployment.compile();
    assert!(deployment.build().join("manifest.json").exists());
}

#[test]
fn a_killed_compile_leaves_the_old_or_the_new_one_whole() {
    let deployment = Deployment::new(&machine(512));
    let texts = [machine(512), machine(1024)];
    let builds = texts.each_ref().map(|text| {
        deployment.write("deployment.nix", text);
        deployment.compile();
        files_below(&deployment.build())
    });
    for attempt in 0..24 {
        deployment.write("deployment.nix", &texts[attempt % 2]);
        let mut child = launchnix(&["compile", "--out", "build"])
            .current_dir(deployment.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(u64::try_from(attempt).expect("small") * 2));
        let _ = child.kill();
        child.wait().expect("it was started");
        let found = files_below(&deployment.build());
        assert!(builds.contains(&found), "attempt {attempt} left {:?}", found.keys());
    }
    // What a killed run left beside the directory does not stand in the way of the next.
    deployment.compile();
}

#[test]
fn an_edited_build_directory_is_refused() {
    let deployment = Deployment::new(&machine(512));
    deployment.compile();
    let domain = deployment.build().join("domains/a.xml");
    let original = std::fs::read_to_string(&domain).expect("it was written");
    let refused = |what: &str, file: &str| {
        for command in ["plan", "apply"] {
            let outcome = deployment.launchnix(&[command, "build", "--connect", "test:///default"]);
            assert!(matches!(outcome.status, Some(1 | 3)), "{what}, {command}: {outcome}");
            assert!(outcome.stderr.contains(file), "{what}, {command}: no {file} in {outcome}");
            assert!(
                outcome.stderr.contains("launchnix compile"),
                "{what}, {command}: no way out in {outcome}"
            );
        }
    };

    std::fs::write(&domain, original.replace("512", "513")).expect("it can be written");
    refused("an edited file", "domains/a.xml");
    std::fs::remove_file(&domain).expect("it can be removed");
    refused("a missing file", "domains/a.xml");
    std::fs::write(&domain, &original).expect("it can be written");

    let manifest = deployment.build().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("it was written");
    std::fs::write(&manifest, &text[..text.len() / 2]).expect("it can be written");
    refused("half a manifest", "manifest.json");
    std::fs::write(&manifest, text.replacen("\"format\": 1", "\"format\": 99", 1))
        .expect("it can be written");
    refused("a manifest of a newer release", "manifest.json");
    std::fs::write(&manifest, &text).expect("it can be written");
    deployment.launchnix(&["apply", "build", "--connect", "test:///default"]).expect_status(0);
}

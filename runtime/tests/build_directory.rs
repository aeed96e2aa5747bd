//! A build directory that is not what the compiler wrote is refused, by file, before libvirt is asked anything.

#![expect(clippy::disallowed_methods, reason = "a test edits files")]

mod fixture;

use std::fs;
use std::path::Path;

use fixture::Fleet;
use launchnix_runtime::build::Build;

/// What opening says after the change, with the directory's own path taken out.
fn refusal(change: impl FnOnce(&Path)) -> String {
    let directory = tempfile::tempdir().expect("writable");
    let build = directory.path().join("build");
    Fleet::new().write(&build);
    change(&build);
    let error = Build::open(&build).expect_err("it was changed");
    let text = format!("{error}\nhelp: {}", error.remedy().unwrap_or("none"));
    text.replace(&build.display().to_string(), "build")
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("readable");
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replacen(from, to, 1)).expect("writable");
}

#[test]
fn an_edited_file() {
    insta::assert_snapshot!(refusal(|build| edit(&build.join("domains/web.xml"), "1024", "4096")), @"
    `build/domains/web.xml` was edited after it was compiled
    help: change the deployment file instead (`extraConfig` takes any XML), then compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn a_missing_file() {
    insta::assert_snapshot!(refusal(|build| fs::remove_file(build.join("networks/lan.xml")).expect("there")), @"
    `build/networks/lan.xml` is missing from the build directory
    help: compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn an_extra_file() {
    insta::assert_snapshot!(refusal(|build| fs::write(build.join("domains/db.xml"), "<domain/>").expect("writable")), @"
    `build/domains/db.xml` is in the build directory, but its manifest does not list it
    help: move it elsewhere, or compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn a_format_of_the_future() {
    insta::assert_snapshot!(refusal(|build| edit(&build.join("manifest.json"), "\"format\": 1", "\"format\": 2")), @"
    `build/manifest.json` has format 2, made by a newer Launchnix; this one reads format 1
    help: compile the deployment again: `launchnix compile FILE --out build`, with the same release that applies it
    ");
}

#[test]
fn a_manifest_that_is_no_json() {
    insta::assert_snapshot!(refusal(|build| fs::write(build.join("manifest.json"), "{").expect("writable")), @"
    `build/manifest.json` is not a manifest of Launchnix: EOF while parsing an object at line 1 column 1
    help: compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn a_manifest_with_an_unknown_field() {
    insta::assert_snapshot!(refusal(|build| edit(&build.join("manifest.json"), "\"fleet\"", "\"fleeet\"")), @"
    `build/manifest.json` is not a manifest of Launchnix: unknown field `fleeet`, expected one of `format`, `fleet`, `description`, `connection`, `deployment`, `sources`, `files`, `pools`, `networks`, `volumes`, `machines` at line 3 column 10
    help: compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn a_manifest_that_points_outside() {
    let refused =
        refusal(|build| edit(&build.join("manifest.json"), "\"networks/lan.xml\":", "\"../lan.xml\":"));
    insta::assert_snapshot!(refused, @"
    `build/manifest.json` is not a manifest of Launchnix: it lists `../lan.xml`, which is outside the build directory
    help: compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn a_volume_in_an_unlisted_pool() {
    let refused =
        refusal(|build| edit(&build.join("manifest.json"), "\"pool\": \"fast\"", "\"pool\": \"slow\""));
    insta::assert_snapshot!(refused, @"
    `build/manifest.json` is not a manifest of Launchnix: volume `web-boot.qcow2` is in pool `slow`, which it does not list
    help: compile the deployment again: `launchnix compile FILE --out build`
    ");
}

#[test]
fn no_build_directory() {
    insta::assert_snapshot!(refusal(|build| fs::remove_dir_all(build).expect("there")), @"
    `build` is not a build directory: it has no `manifest.json`
    help: make one with `launchnix compile FILE --out DIRECTORY` and name that directory
    ");
}

//! `--fix` and `--diff`.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use crate::{FIXABLE, FIXED, GOOD, Project};

#[test]
fn safe_fixes_are_written_and_told() {
    let project = Project::new(FIXABLE);
    let (stdout, stderr) = project.check(&["--fix"], 0);
    assert_eq!(stdout, "");
    assert_eq!(stderr, "fixed 2 mistakes in deployment.nix\ndeployment.nix: 1 machine, no mistakes\n");
    assert_eq!(project.read("deployment.nix"), FIXED);
    let (_, stderr) = project.check(&["--fix"], 0);
    assert_eq!(stderr, "deployment.nix: 1 machine, no mistakes\n");
}

#[test]
fn what_is_not_sure_is_left_and_reported() {
    let project = Project::new(&FIXABLE.replace("\"web\"", "\"my web\""));
    let (stdout, stderr) = project.check(&["--fix", "--format", "json"], 1);
    assert_eq!(stdout.lines().count(), 1, "{stdout}");
    assert!(stdout.contains("LNX0404"), "{stdout}");
    assert_eq!(stderr, "fixed 2 mistakes in deployment.nix\n");
    assert_eq!(project.read("deployment.nix"), FIXED.replace("\"web\"", "\"my web\""));
}

#[test]
fn a_diff_changes_nothing() {
    let project = Project::new(FIXABLE);
    project.write("lib/db.nix", "{\r\n  cpus = \"4\";\r\n}");
    project.write(
        "fleet.nix",
        "{ machines.db.deployment = { ram = 512; nixos = false; } // import ./lib/db.nix; }\n",
    );
    let before = std::fs::metadata(project.path("deployment.nix")).expect("it is there");
    let (stdout, stderr) = project.check(&["--fix", "--diff"], 1);
    let (old, new) = (FIXABLE.trim_end(), FIXED.trim_end());
    assert_eq!(stdout, format!("--- a/deployment.nix\n+++ b/deployment.nix\n@@ -1 +1 @@\n-{old}\n+{new}\n"));
    assert_eq!(stderr, "deployment.nix: 2 fixes to apply; nothing would remain\n");
    let after = std::fs::metadata(project.path("deployment.nix")).expect("it is there");
    assert_eq!((before.ino(), before.mtime_nsec()), (after.ino(), after.mtime_nsec()));

    let (stdout, _) = project.check(&["--fix", "--diff", "fleet.nix"], 1);
    assert!(stdout.contains("--- a/lib/db.nix\n"), "{stdout}");
    assert!(stdout.contains("-  cpus = \"4\";\r\n+  cpus = 4;\r\n"), "{stdout:?}");
    project.check(&["--fix", "fleet.nix"], 0);
    assert_eq!(project.read("lib/db.nix"), "{\r\n  cpus = 4;\r\n}", "line endings and the end stay");

    project.write("deployment.nix", GOOD);
    let (stdout, stderr) = project.check(&["--fix", "--diff"], 0);
    assert_eq!(
        (stdout.as_str(), stderr.as_str()),
        ("", "deployment.nix: nothing can be fixed; nothing would remain\n")
    );
}

#[test]
fn a_diff_is_what_patch_applies() {
    let project = Project::new(&FIXABLE.replace("; ", ";\n  "));
    let (diff, _) = project.check(&["--fix", "--diff"], 1);
    project.write("fix.patch", diff);
    let patch = std::process::Command::new("patch")
        .args(["-p1", "-s", "-i", "fix.patch"])
        .current_dir(project.path(""))
        .status();
    // Where there is no `patch`, there is nothing to compare with.
    if let Ok(status) = patch {
        assert!(status.success());
        assert_eq!(project.read("deployment.nix"), FIXED.replace("; ", ";\n  "));
    }
}

#[test]
fn a_byte_order_mark_hides_nothing_and_goes() {
    let project = Project::new(&format!("\u{feff}{FIXABLE}"));
    let (stdout, _) = project.check(&["--format", "json"], 1);
    assert_eq!(stdout.lines().count(), 3, "{stdout}");
    assert!(!stdout.contains('\u{feff}'), "it does not reach the terminal: {stdout:?}");
    project.check(&["--fix"], 0);
    assert_eq!(project.read("deployment.nix"), FIXED);
}

#[test]
fn links_and_modes_stay() {
    let project = Project::new(GOOD);
    project.write("real/web.nix", FIXABLE);
    let real = project.path("real/web.nix");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o604)).expect("it is ours");
    symlink("real/web.nix", project.path("link.nix")).expect("a link");
    project.check(&["--fix", "link.nix"], 0);
    assert!(std::fs::symlink_metadata(project.path("link.nix")).expect("it is there").is_symlink());
    assert_eq!(project.read("real/web.nix"), FIXED);
    assert_eq!(std::fs::metadata(&real).expect("it is there").mode() & 0o777, 0o604);
}

#[test]
fn what_a_lookup_path_holds_is_not_ours_to_change() {
    let project = Project::new("{ deployment = import <sizes>; }\n");
    project.write("sizes.nix", "{ name = \"a\"; cpus = \"2\"; ram = 512; nixos = false; }\n");
    let before = project.read("sizes.nix");
    project.check(&["--fix", "-I", "sizes=sizes.nix"], 1);
    assert_eq!(project.read("sizes.nix"), before);
}

#[test]
fn a_file_that_cannot_be_written_is_the_outside_worlds_fault() {
    let project = Project::new(FIXABLE);
    let directory = project.path("");
    std::fs::set_permissions(&directory, std::fs::Permissions::from_mode(0o555)).expect("it is ours");
    // Root may write everywhere.
    let may_write = tempfile::tempfile_in(&directory).is_ok();
    let output = project.command(&["--fix"]).output().expect("the program was built");
    std::fs::set_permissions(&directory, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    if !may_write {
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(project.read("deployment.nix"), FIXABLE);
    }
}

#[test]
fn a_file_that_is_protected_is_left_and_so_are_the_others() {
    let project = Project::new("{ deployment = import ./web.nix // { ram = \"512\"; }; }\n");
    let web = "{ name = \"web\"; cpus = \"2\"; nixos = false; }\n";
    project.write("web.nix", web);
    let protected = project.path("web.nix");
    std::fs::set_permissions(&protected, std::fs::Permissions::from_mode(0o444)).expect("it is ours");
    // Root may write everywhere.
    if std::fs::File::options().append(true).open(&protected).is_err() {
        let before = project.read("deployment.nix");
        let (_, stderr) = project.check(&["--fix"], 3);
        assert!(stderr.starts_with("error: `web.nix` could not be fixed: "), "{stderr}");
        assert_eq!((project.read("deployment.nix"), project.read("web.nix").as_str()), (before, web));
    }
}

#[test]
fn flags_that_exclude_each_other() {
    let project = Project::new(FIXABLE);
    for arguments in
        [&["--diff"][..], &["--fix", "--diff", "--watch"], &["--fix", "--diff", "--format", "json"]]
    {
        let (stdout, stderr) = project.check(arguments, 2);
        assert!(stdout.is_empty() && stderr.contains("diff"), "{arguments:?}: {stderr}");
    }
    assert_eq!(project.read("deployment.nix"), FIXABLE);
}

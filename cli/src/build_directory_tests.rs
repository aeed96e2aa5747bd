//! What is written, and above all what is not.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

fn files(pairs: &[(&str, &str)]) -> Files {
    let mut files: Files =
        pairs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let listed: serde_json::Map<_, _> = files.keys().map(|name| (name.clone(), "hash".into())).collect();
    let manifest = serde_json::json!({ "format": 1, "fleet": "test", "files": listed });
    files.insert(MANIFEST.to_owned(), manifest.to_string().into_bytes());
    files
}

/// The names in a directory, hidden ones too.
fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn written_then_unchanged_then_replaced() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("a/b/build");
    let first = files(&[("domains/web.xml", "<domain/>"), ("domains/db.xml", "<domain/>")]);
    assert_eq!(write(&target, &first).unwrap(), Written::Replaced { added: 3, changed: 0, removed: 0 });
    fs::set_permissions(&target, fs::Permissions::from_mode(0o750)).unwrap();
    let modified = fs::metadata(&target).unwrap().modified().unwrap();
    assert_eq!(write(&target, &first).unwrap(), Written::Unchanged);
    assert_eq!(fs::metadata(&target).unwrap().modified().unwrap(), modified);

    let second = files(&[("domains/web.xml", "<domain type='kvm'/>"), ("networks/lan.xml", "<network/>")]);
    assert_eq!(write(&target, &second).unwrap(), Written::Replaced { added: 1, changed: 2, removed: 1 });
    assert_eq!(names(&target.join("domains")), ["web.xml"]);
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o750);
    assert_eq!(names(target.parent().unwrap()), ["build"], "nothing is left behind");
}

#[test]
fn an_edited_build_directory_is_written_again() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("build");
    let wanted = files(&[("domains/web.xml", "<domain/>")]);
    write(&target, &wanted).unwrap();
    fs::write(target.join("domains/web.xml"), "edited").unwrap();
    assert_eq!(write(&target, &wanted).unwrap(), Written::Replaced { added: 0, changed: 1, removed: 0 });
    fs::remove_file(target.join("domains/web.xml")).unwrap();
    assert_eq!(write(&target, &wanted).unwrap(), Written::Replaced { added: 1, changed: 0, removed: 0 });
}

#[test]
fn what_is_not_ours_is_never_replaced() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    fs::create_dir(root.join("foreign")).unwrap();
    fs::write(root.join("foreign/letter.txt"), "dear").unwrap();
    fs::create_dir(root.join("other-manifest")).unwrap();
    fs::write(root.join("other-manifest/manifest.json"), r#"{"name": "a web page"}"#).unwrap();
    fs::write(root.join("file"), "").unwrap();
    fs::create_dir(root.join("elsewhere")).unwrap();
    symlink("elsewhere", root.join("link")).unwrap();
    let wanted = files(&[("domains/web.xml", "<domain/>")]);
    write(&root.join("stray"), &wanted).unwrap();
    fs::write(root.join("stray/domains/notes.txt"), "mine").unwrap();
    write(&root.join("stray-link"), &wanted).unwrap();
    symlink("x", root.join("stray-link/link")).unwrap();

    let before = names(root);
    for (name, expected) in [
        ("foreign", "`foreign` is a directory that Launchnix did not make: it has no `manifest.json`"),
        ("other-manifest", "it has a `manifest.json`, but not one of Launchnix's"),
        ("file", "`file` is a file, not a directory"),
        ("link", "`link` is a symbolic link, not a directory"),
        ("stray", "has a file that Launchnix did not make: `domains/notes.txt`"),
        ("stray-link", "did not make: `link (not a regular file)`"),
    ] {
        let error = write(&root.join(name), &wanted).unwrap_err();
        let message = error.to_string().replace(&format!("{}/", root.display()), "");
        assert!(message.contains(expected), "{message}");
        assert!(error.help().is_some_and(|help| !help.is_empty()));
    }
    for name in [".", "..", "/", "", "x/..", "foreign/.."] {
        assert!(matches!(write(Path::new(name), &wanted), Err(Failure::OutNotADirectoryName(_))), "{name}");
    }
    assert_eq!(names(root), before);
    assert_eq!(names(&root.join("foreign")), ["letter.txt"]);
}

#[test]
fn an_empty_directory_is_as_good_as_none() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("build");
    fs::create_dir(&target).unwrap();
    assert!(matches!(write(&target, &files(&[])).unwrap(), Written::Replaced { added: 1, .. }));
}

#[test]
fn leftovers_of_killed_runs_are_removed_or_taken_back() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("build");
    let wanted = files(&[("domains/web.xml", "<domain/>")]);
    write(&target, &wanted).unwrap();
    // Killed while writing.
    fs::create_dir(root.path().join(".build.launchnix-new")).unwrap();
    fs::write(root.path().join(".build.launchnix-new/half"), "").unwrap();
    assert_eq!(write(&target, &wanted).unwrap(), Written::Unchanged);
    assert_eq!(names(root.path()), ["build"]);
    // Killed between the two renames of a file system that cannot exchange.
    fs::rename(&target, root.path().join(".build.launchnix-old")).unwrap();
    assert_eq!(write(&target, &wanted).unwrap(), Written::Unchanged);
    assert_eq!(names(root.path()), ["build"]);
}

#[test]
fn names_that_leave_the_directory_are_refused() {
    let root = tempfile::tempdir().unwrap();
    for name in ["../x", "/etc/x", "a/../../x", ""] {
        let files = Files::from([(name.to_owned(), Vec::new())]);
        assert!(matches!(write(&root.path().join("build"), &files), Err(Failure::ArtifactName(_))), "{name}");
    }
    assert!(names(root.path()).is_empty());
}

#[test]
fn writers_at_the_same_time_take_turns() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("build");
    std::thread::scope(|scope| {
        for number in 0..8 {
            let target = &target;
            scope.spawn(move || {
                for round in 0..5 {
                    let text = format!("{number} {round}");
                    write(target, &files(&[("a", &text), ("b", &text)])).unwrap();
                }
            });
        }
    });
    assert_eq!(fs::read(target.join("a")).unwrap(), fs::read(target.join("b")).unwrap());
    assert_eq!(names(root.path()), ["build"]);
}

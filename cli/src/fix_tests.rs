//! What fixing does to files.

use std::os::unix::fs::symlink;

use launchnix_diagnostics::{Applicability, Code, Fix, SourceMap, Span};

use super::*;
use crate::disk_sources::DiskSources;

fn request(file: &Path, search_path: &[&Path]) -> Request {
    let arguments = crate::arguments::DeploymentArguments {
        file: None,
        arg: Vec::new(),
        argstr: Vec::new(),
        include: Vec::new(),
        offline: true,
        show_trace: false,
    };
    let display = file.file_name().unwrap().to_string_lossy().into_owned();
    let deployment = deployment_file::DeploymentFile { path: file.to_owned(), display };
    let mut request = deployment_file::request(&deployment, &arguments, file.parent().unwrap());
    request.search_path = search_path.iter().map(|path| ("l".to_owned(), (*path).to_owned())).collect();
    request
}

/// All files may be changed, and are named as from the directory of one.
fn beside(file: &Path) -> Scope<'_> {
    Scope { current: file.parent().unwrap(), only_deployment: false }
}

fn fixed(file: &Path, search_path: &[&Path]) -> Fixed {
    let request = request(file, search_path);
    let checked = launchnix_compiler::check(&DiskSources, &request);
    fix(checked, &request, beside(file), &DiskSources, None)
}

const MACHINE: &str =
    "{\r\n  deployment = { name = \"web\"; cpus = \"2\"; ram = \"4 GiB\"; nixos = false; };\r\n}";

#[test]
fn what_is_not_fixed_stays_byte_for_byte() {
    let directory = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(directory.path()).unwrap();
    fs::create_dir(root.join("elsewhere")).unwrap();
    let real = root.join("elsewhere/real.nix");
    fs::write(&real, MACHINE).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let link = root.join("deployment.nix");
    symlink("elsewhere/real.nix", &link).unwrap();

    let fixed = fixed(&link, &[]);
    assert_eq!((fixed.applied, fixed.checked.diagnostics.as_slice()), (2, &[][..]));
    for (path, file) in &fixed.files {
        file.write(path).unwrap();
    }
    let expected = MACHINE.replace("\"2\"", "2").replace("\"4 GiB\"", "4096");
    assert_eq!(fs::read_to_string(&real).unwrap(), expected);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(root.join("elsewhere")).unwrap().count(), 1, "no file is left over");
}

#[test]
fn files_of_a_lookup_path_are_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(directory.path()).unwrap();
    fs::create_dir(root.join("lib")).unwrap();
    fs::create_dir(root.join("own")).unwrap();
    let machine = "{ name = \"web\"; cpus = \"2\"; ram = 512; nixos = false; }\n";
    fs::write(root.join("lib/machine.nix"), machine).unwrap();
    fs::write(root.join("own/machine.nix"), machine).unwrap();
    let file = root.join("own/deployment.nix");
    fs::write(&file, "{ deployment = import <l/machine.nix>; }\n").unwrap();
    let lookup = fixed(&file, &[&root.join("lib")]);
    assert_eq!((lookup.applied, lookup.checked.diagnostics.len()), (0, 1));
    fs::write(&file, "{ deployment = import ./machine.nix; }\n").unwrap();
    assert_eq!(fixed(&file, &[&root.join("lib")]).applied, 1);
    assert_eq!(fixed(&file, &[&root]).applied, 0, "the file lies below a lookup path");
    symlink("../lib/machine.nix", root.join("own/linked.nix")).unwrap();
    fs::write(&file, "{ deployment = import ./linked.nix; }\n").unwrap();
    assert_eq!(fixed(&file, &[&root.join("lib")]).applied, 0, "what a link leads to counts");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let directory = tempfile::tempdir().unwrap();
    let file = fs::canonicalize(directory.path()).unwrap().join("deployment.nix");
    fs::write(&file, MACHINE).unwrap();
    let fixed = fixed(&file, &[]);
    fs::write(&file, "{ }").unwrap();
    let written = fixed.files[&file].write(&file);
    assert!(matches!(written, Err(Failure::FixChanged { .. })));
    assert_eq!(fs::read_to_string(&file).unwrap(), "{ }");
}

#[test]
fn edits_that_touch_are_left_for_the_next_round_and_further_ones_belong_together() {
    let directory = tempfile::tempdir().unwrap();
    let file = fs::canonicalize(directory.path()).unwrap().join("deployment.nix");
    fs::write(&file, "0123456789\r\n").unwrap();
    let request = request(&file, &[]);
    let mut checked = launchnix_compiler::check(&DiskSources, &request);
    checked.sources = SourceMap::new();
    let source = checked.sources.add("deployment.nix", "0123456789\r\n");
    let safe = |start, end, replacement: &str| {
        let span = Span::new(source, start, end);
        let fix = Fix { span, replacement: replacement.to_owned(), applicability: Applicability::Safe };
        Diagnostic::new(Code::WrongType, span, "wrong").with_fix(fix)
    };
    checked.diagnostics = vec![
        safe(1, 3, "a\nb"),
        safe(1, 3, "a\nb"),
        safe(3, 3, "touches"),
        safe(5, 6, "c").with_further_edit(Span::new(source, 2, 2), "overlaps"),
        safe(7, 8, "").with_further_edit(Span::new(source, 9, 10), "d"),
        safe(11, 99, "past the end"),
    ];
    let all: Vec<_> = checked.diagnostics.iter().collect();
    let round = Round::of(&all, &checked, &request, beside(&file));
    let (_, _, text) = round.apply(&checked).remove(0);
    assert_eq!((round.applied, text.as_str()), (3, "0a\r\nb34568d\r\n"));
}

#[test]
fn a_fix_that_does_harm_does_not_keep_others_from_being_made() {
    let directory = tempfile::tempdir().unwrap();
    let file = fs::canonicalize(directory.path()).unwrap().join("deployment.nix");
    fs::write(&file, MACHINE).unwrap();
    let request = request(&file, &[]);
    let mut checked = launchnix_compiler::check(&DiskSources, &request);
    let span = checked.diagnostics[0].primary.map(|span| Span::new(span.source, 0, 1));
    let harm = Fix { span: span.unwrap(), replacement: "{{".into(), applicability: Applicability::Safe };
    checked.diagnostics.push(Diagnostic::new(Code::WrongType, span, "wrong").with_fix(harm));
    let fixed = fix(checked, &request, beside(&file), &DiskSources, None);
    assert_eq!((fixed.applied, fixed.checked.diagnostics.as_slice()), (2, &[][..]));
}

#[test]
fn a_file_whose_name_is_not_text_is_fixed() {
    use std::os::unix::ffi::OsStrExt;
    let directory = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(directory.path()).unwrap();
    let file = root.join(std::ffi::OsStr::from_bytes(b"a\xff.nix"));
    fs::write(&file, MACHINE).unwrap();
    assert_eq!(fixed(&file, &[]).applied, 2);
}

fn change(name: &str, before: &str, after: &str) -> FixedFile {
    FixedFile {
        name: name.to_owned(),
        below: below(name, Path::new("/srv/web")),
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

#[test]
fn a_diff_is_what_patch_takes() {
    let file = change("./deployment.nix", "{\n  a = \"1\";\n}", "{\n  a = 1;\n}");
    assert_eq!(
        file.diff(),
        "--- a/deployment.nix\n+++ b/deployment.nix\n@@ -1,3 +1,3 @@\n {\n-  a = \"1\";\n+  a = 1;\n }\n\\ No newline at end of file\n"
    );
    let file = change("a.nix", "a\rb\r\nc\n", "a\rb\r\nd\n");
    assert_eq!(file.diff(), "--- a/a.nix\n+++ b/a.nix\n@@ -1,2 +1,2 @@\n a\rb\r\n-c\n+d\n");
    let names = |name: &str| change(name, "1\n", "2\n").diff().lines().next().map(str::to_owned);
    assert_eq!(names("/srv/web/a b.nix").as_deref(), Some("--- a/a b.nix\t"));
    assert_eq!(names("../web/lib/../a.nix").as_deref(), Some("--- a/a.nix"));
    assert_eq!(names("../lib/a.nix").as_deref(), Some("--- a/srv/lib/a.nix"));
    assert_eq!(names("é\n\"\u{9b}.nix").as_deref(), Some(r#"--- "a/\303\251\012\"\302\233.nix""#));
}

#[test]
fn a_diff_on_a_screen_holds_nothing_that_a_terminal_obeys() {
    let file = change("a.nix", "{\r\n\ta = \"\u{1b}[31m\u{9b}\"; # 日\r\n}", "{\r\n\ta = 1; # 日\r\n}");
    assert_eq!(
        file.diff_on_screen(false, Charset::Unicode),
        "--- a/a.nix\n+++ b/a.nix\n@@ -1,3 +1,3 @@\n {\n-   a = \"\\u{1b}[31m\\u{9b}\"; # 日\n+   a = 1; # 日\n }\n\\ No newline at end of file\n"
    );
    let colored = file.diff_on_screen(true, Charset::Ascii);
    assert!(colored.contains("\u{1b}[32m+   a = 1; # \\u{65e5}\u{1b}[0m\n"), "{colored:?}");
    assert!(colored.starts_with("\u{1b}[1m--- a/a.nix\u{1b}[0m\n"), "{colored:?}");
}

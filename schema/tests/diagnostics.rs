//! Every mistake has its diagnostic, at its place, once: the sections of `fixtures/*.nix`.
//!
//! A section starts with `--- name ---`. The comments that start with `# error[` or `# warning[` are what is
//! expected: `# error[LNX0301] 2:10-2:13: message`. `UPDATE_FIXTURES=1` rewrites them, for review.
#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

mod tree;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{Diagnostic, MemorySources, SourceMap};
use launchnix_schema::{Context, Deployment, decode};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f a@b\n";

fn sources() -> MemorySources {
    MemorySources::new()
        .with("/project/key.pub", KEY)
        .with("/project/images/debian.qcow2", "")
        .with("/project/notes.txt", "remember the milk")
        .with("/project/guest.nix", "{ }")
        .with("/home/me/.ssh/id", "-----BEGIN OPENSSH PRIVATE KEY-----\n")
        .with("/home/me/.ssh/id.pub", KEY)
}

/// Decodes a text; the diagnostics come in the order of their places.
fn run(text: &str) -> (SourceMap, Option<Deployment>, Vec<Diagnostic>) {
    let mut map = SourceMap::new();
    let source = map.add("deployment.nix", text);
    let root = tree::parse(text, source);
    let files = sources();
    let context = Context {
        sources: &files,
        base_directory: PathBuf::from("/project"),
        home: Some(PathBuf::from("/home/me")),
        ends_early: false,
    };
    let mut diagnostics = Vec::new();
    let deployment = decode(&root, &context, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary);
    (map, deployment, diagnostics)
}

/// The annotations of a section's diagnostics.
fn annotations(text: &str) -> String {
    let (map, _, diagnostics) = run(text);
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let place = |span: launchnix_diagnostics::Span| {
            let file = map.get(span.source);
            let (start, end) = (file.line_column(span.start), file.line_column(span.end));
            format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
        };
        let severity = if diagnostic.is_error() { "error" } else { "warning" };
        let primary = diagnostic.primary.map(place).unwrap_or_default();
        let _ = writeln!(lines, "# {severity}[{}] {primary}: {}", diagnostic.code, diagnostic.message);
        if !diagnostic.primary_label.is_empty() {
            let _ = writeln!(lines, "#   here: {}", diagnostic.primary_label);
        }
        for label in &diagnostic.labels {
            let _ = writeln!(lines, "#   {}: {}", place(label.span), label.message);
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(lines, "#   help: {}", help.replace('\n', "\n#         "));
        }
        if let Some(fix) = &diagnostic.fix {
            let at = place(fix.span);
            let _ = writeln!(lines, "#   fix ({:?}): {at} -> {}", fix.applicability, fix.replacement);
        }
    }
    lines
}

fn sections(content: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in content.lines() {
        if let Some(name) = line.strip_prefix("--- ").and_then(|rest| rest.strip_suffix(" ---")) {
            found.push((name.to_owned(), String::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    found
}

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let update = std::env::var("UPDATE_FIXTURES").is_ok();
    let mut failures = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("the fixtures are there")
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let mut rewritten = String::new();
        for (name, body) in sections(&std::fs::read_to_string(&file).expect("a fixture is text")) {
            let split = body.find("\n# ").map_or(body.len(), |at| at + 1);
            let (source, expected) = body.split_at(split);
            let source = source.trim_end();
            let found = annotations(source);
            let _ = write!(rewritten, "--- {name} ---\n{source}\n{found}\n");
            if expected.trim() != found.trim() {
                failures.push(format!("{}: {name}\nexpected\n{expected}\nfound\n{found}", file.display()));
            }
            count += 1;
        }
        if update {
            std::fs::write(&file, rewritten).expect("the fixture can be rewritten");
        }
    }
    assert!(count > 20, "the sections are found");
    assert!(update || failures.is_empty(), "{}", failures.join("\n"));
}

/// A safe fix removes its diagnostic and brings no other.
#[test]
fn safe_fixes_mend() {
    for (text, fixed) in [
        (r#"{ deployment = { name = "a"; nixos = false; cpus = "8"; ram = 1024; }; }"#, "cpus = 8;"),
        (r#"{ deployment = { name = "a"; nixos = false; cpus = 8; ram = "4 GiB"; }; }"#, "ram = 4096;"),
        (r#"{ deployment = { name = "a"; nixos = false; CPUs = 8; ram = 1024; }; }"#, "cpus = 8;"),
        (r#"{ deployment = { name = "a"; nixos = "no"; cpus = 8; ram = 1024; }; }"#, "nixos = false;"),
    ] {
        let (_, _, diagnostics) = run(text);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
        let fix = diagnostics[0].fix.as_ref().expect("there is a fix");
        assert_eq!(fix.applicability, launchnix_diagnostics::Applicability::Safe);
        let mended = format!(
            "{}{}{}",
            &text[..fix.span.start as usize],
            fix.replacement,
            &text[fix.span.end as usize..]
        );
        assert!(mended.contains(fixed), "{mended}");
        let (_, deployment, diagnostics) = run(&mended);
        assert_eq!(diagnostics, Vec::new());
        assert_eq!(deployment.expect("it is a deployment").machines.len(), 1);
    }
}

#[test]
fn a_fleet_is_decoded_with_its_defaults() {
    let (_, deployment, diagnostics) = run(r#"{
        name = "blog";
        defaults = { deployment = { ram = 1024; sshPubKeyPath = "key.pub"; initialDisks.boot.size = 9000; }; };
        machines.web = { deployment = { cpus = 2; initialDisks.boot.bus = "sata"; ram = 2048; }; machine = FUNCTION; };
        machines.db = { deployment.cpus = 4; machine = ./guest.nix; };
    }"#);
    assert_eq!(diagnostics, Vec::new());
    let deployment = deployment.unwrap();
    assert_eq!(deployment.fleet.as_str(), "blog");
    let db = &deployment.machines["db"];
    assert_eq!((db.options.cpus.count.value.0, db.options.ram.value.0), (4, 1024));
    assert!(db.nixos.value);
    assert_eq!(db.public_keys.len(), 1);
    let boot = &deployment.machines["web"].options.initial_disks.get("boot").expect("the disk was declared");
    assert_eq!(boot.size.as_ref().unwrap().value.0, 9000);
    assert_eq!(boot.bus.value.as_str(), "sata");
}

#[test]
fn a_mistake_in_one_machine_hides_no_other() {
    let (_, deployment, diagnostics) = run(r"{
        machines.a = { deployment = { cpus = 0; ram = 512; nixos = false; }; };
        machines.b = { deployment = { cpus = 1; ram = 512; nixos = false; }; };
    }");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(deployment.unwrap().machines.keys().collect::<Vec<_>>(), ["b"]);
}

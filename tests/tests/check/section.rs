//! A section: files, and what is expected of them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use launchnix_compiler::{Checked, Request, check};
use launchnix_diagnostics::{MemorySources, Span};

/// The deployment file of every section.
const DEPLOYMENT: &str = "deployment.nix";
const DIRECTORY: &str = "/fleet";
const HOME: &str = "/home/me";

const PUBLIC_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB me@example\n";
const PRIVATE_KEY: &str =
    "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n";

/// What no diagnostic may ever contain.
pub const SECRETS: &[&str] = &["BEGIN OPENSSH", "c2VjcmV0"];

/// Files that are there in every section, besides its own.
const WORLD: &[(&str, &str)] = &[
    ("/fleet/key.pub", PUBLIC_KEY),
    ("/fleet/private-key", PRIVATE_KEY),
    ("/fleet/notes.txt", "buy milk\n"),
    ("/fleet/key.bin", "\u{0}\u{1}\u{fffd}key"),
    ("/fleet/guest.nix", "{ pkgs, ... }: { }\n"),
    // A library, whose insides are nobody's business.
    (
        "/nix/store/00000000000000000000000000000000-lib/default.nix",
        "rec { toSet = names: f: listed (map (name: { inherit name; value = f name; }) names);\n\
         listed = pairs: builtins.listToAttrs pairs; }\n",
    ),
    ("/fleet/images/debian-12.qcow2", "QFI\u{fb}"),
    ("/fleet/images/alpine.iso", ""),
    ("/home/me/.ssh/id_ed25519", PRIVATE_KEY),
    ("/home/me/.ssh/id_ed25519.pub", PUBLIC_KEY),
];

/// A whole deployment with the diagnostics that it must have.
#[derive(Clone, Debug)]
pub struct Section {
    pub name: String,
    /// Names as written, with their text; the first one is the deployment file.
    files: Vec<(String, String)>,
    /// The annotations as written.
    pub expected: String,
}

/// The sections of a file.
pub fn parse(text: &str) -> Result<Vec<Section>, String> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        let between = |mark: &str| line.strip_prefix(mark)?.trim_start().strip_suffix(mark).map(str::trim);
        if let Some(name) = between("---") {
            let files = vec![(DEPLOYMENT.to_owned(), String::new())];
            sections.push(Section { name: name.to_owned(), files, expected: String::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            return Err(format!("a section begins with `--- name ---`, not with {line:?}"));
        };
        let annotated = !section.expected.is_empty();
        if annotated || ["# error[", "# warning[", "# fine"].iter().any(|mark| line.starts_with(mark)) {
            if !line.is_empty() && !line.starts_with('#') {
                return Err(format!("{}: annotations end a section, and then comes {line:?}", section.name));
            }
            section.expected.push_str(line);
            section.expected.push('\n');
        } else if let Some(path) = between("===").filter(|path| !path.contains('=')) {
            section.files.push((path.to_owned(), String::new()));
        } else if let Some((_, content)) = section.files.last_mut() {
            content.push_str(line);
            content.push('\n');
        }
    }
    Ok(sections)
}

impl Section {
    /// Checks the deployment as `check` does, and as `compile` does: both find the same.
    pub fn check(&self) -> Checked {
        let mut sources = MemorySources::new();
        for (path, content) in WORLD {
            sources.insert(*path, *content);
        }
        sources.insert_dangling("/fleet/broken.pub", "elsewhere/key.pub");
        for (name, content) in &self.files {
            sources.insert(path_of(name), content.as_str());
        }
        let request = Request {
            file: path_of(DEPLOYMENT),
            display: DEPLOYMENT.to_owned(),
            arguments: Vec::new(),
            search_path: Vec::new(),
            home: Some(HOME.into()),
            interrupt: None,
            show_trace: false,
            fetch: None,
            only_mistakes: false,
        };
        let checked = check(&sources, &request);
        let found = check(&sources, &Request { only_mistakes: true, ..request }).diagnostics;
        assert_eq!(found, checked.diagnostics, "{}: only its mistakes, and with all places", self.name);
        checked
    }

    /// Changes the file that diagnostics call `name`.
    pub fn replace(&mut self, name: &str, span: Span, replacement: &str) {
        let file = self.files.iter_mut().find(|(file, _)| path_of(file) == path_of(name));
        let (_, text) = file.unwrap_or_else(|| panic!("{}: a fix for {name}", self.name));
        text.replace_range(span.start as usize..span.end as usize, replacement);
    }
}

fn path_of(name: &str) -> PathBuf {
    Path::new(DIRECTORY).join(name)
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n--- {} ---", self.name)?;
        for (index, (name, content)) in self.files.iter().enumerate() {
            if index > 0 {
                writeln!(f, "=== {name} ===")?;
            }
            f.write_str(content)?;
        }
        f.write_str(&self.expected)
    }
}

#[test]
fn sections_are_read_and_written_alike() {
    let text = "\n--- a ---\n{ }\n=== b.nix ===\n1\n# error[X] 1:1-1:2: no\n\n--- c ---\n2\n# fine\n";
    let sections = parse(text.trim_start()).expect("it is valid");
    assert_eq!(sections.len(), 2);
    assert_eq!(sections[0].files[1], ("b.nix".to_owned(), "1\n".to_owned()));
    assert!(parse("stray").is_err());
    assert!(parse("--- a ---\n1\n# fine\n2\n").is_err());
    let written: BTreeMap<_, _> =
        sections.iter().map(|section| (section.name.clone(), section.to_string())).collect();
    assert_eq!(written["c"], "\n--- c ---\n2\n# fine\n");
}

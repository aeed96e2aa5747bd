//! Deployments on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Outcome, launchnix, run};

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository")
}

/// A place in a source text that a test marked with `«` and `»`: lines and columns from 1, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Line and column of the first character.
    pub start: (u64, u64),
    /// Line and column after the last one.
    pub end: (u64, u64),
}

impl Mark {
    /// Takes the marks out of a text.
    #[track_caller]
    pub fn take(marked: &str) -> (String, Vec<Self>) {
        let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
        let (mut line, mut column) = (1, 1);
        for character in marked.chars() {
            match character {
                '«' => open.push((line, column)),
                '»' => {
                    let start = open.pop().expect("« comes before »");
                    marks.push(Self { start, end: (line, column) });
                }
                '\n' => {
                    text.push('\n');
                    (line, column) = (line + 1, 1);
                }
                other => {
                    text.push(other);
                    column += 1;
                }
            }
        }
        assert!(open.is_empty(), "each « has its »");
        marks.sort_unstable();
        (text, marks)
    }

    /// The place that a `range` of `check --format json` names.
    #[track_caller]
    pub fn of(range: &Value) -> Self {
        let place = |end: &str| {
            let number = |name: &str| {
                range[end][name].as_u64().unwrap_or_else(|| panic!("{end}.{name} is a number in {range}"))
            };
            (number("line"), number("column"))
        };
        Self { start: place("start"), end: place("end") }
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { start, end } = self;
        write!(f, "{}:{}-{}:{}", start.0, start.1, end.0, end.1)
    }
}

/// A `deployment.nix` in a directory of its own, and what the commands make of it.
#[derive(Debug)]
pub struct Deployment {
    directory: TempDir,
}

impl Deployment {
    /// A deployment file with this text.
    pub fn new(text: &str) -> Self {
        let deployment = Self { directory: TempDir::new().expect("a temporary directory can be made") };
        deployment.write("deployment.nix", text);
        deployment
    }

    /// A copy of an example with its keys.
    pub fn example(name: &str) -> Self {
        let examples = repository().join("examples");
        let files = files_below(&examples.join(name));
        let text = |content: &[u8]| String::from_utf8_lossy(content).replace("../keys", "./keys");
        let deployment = Self::new(&text(&files[Path::new("deployment.nix")]));
        for (file, content) in &files {
            deployment.write(&file.to_string_lossy(), &text(content));
        }
        let key =
            std::fs::read_to_string(examples.join("keys/id_ed25519.pub")).expect("the examples' key exists");
        deployment.write("keys/id_ed25519.pub", &key);
        deployment
    }

    /// The directory that holds the file.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The build directory, which need not exist yet.
    pub fn build(&self) -> PathBuf {
        self.path().join("build")
    }

    /// Writes another file beside it, or the file anew.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a directory"))
            .expect("a directory can be made");
        std::fs::write(path, text).expect("a file can be written");
    }

    /// Runs `launchnix` in the directory.
    #[track_caller]
    pub fn launchnix(&self, arguments: &[&str]) -> Outcome {
        run(launchnix(arguments).current_dir(self.path()))
    }

    /// Runs `launchnix compile` into [`Self::build`] and expects it to succeed.
    #[track_caller]
    pub fn compile(&self) -> Outcome {
        self.launchnix(&["compile", "--out", "build"]).expect_status(0)
    }

    /// The manifest of the build directory.
    pub fn manifest(&self) -> Value {
        let text =
            std::fs::read_to_string(self.build().join("manifest.json")).expect("compile wrote a manifest");
        serde_json::from_str(&text).expect("the manifest is JSON")
    }

    /// Validates every XML file of the build directory against libvirt's own schemas.
    #[track_caller]
    pub fn validate(&self) {
        for (kind, schema) in [
            ("domains", "domain"),
            ("networks", "network"),
            ("pools", "storagepool"),
            ("volumes", "storagevol"),
        ] {
            let files: Vec<_> = files_below(&self.build().join(kind)).into_keys().collect();
            if files.is_empty() {
                continue;
            }
            run(Command::new("xmllint")
                .args(["--noout", "--relaxng"])
                .arg(schemas().join(format!("{schema}.rng")))
                .args(&files)
                .current_dir(self.build().join(kind)))
            .expect_status(0);
        }
    }
}

fn schemas() -> PathBuf {
    std::env::var_os("LAUNCHNIX_SCHEMAS").map_or_else(|| "/usr/share/libvirt/schemas".into(), PathBuf::from)
}

/// Every file below a directory, by its path relative to it, with its content; nothing where there is no directory.
pub fn files_below(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut pending) = (BTreeMap::new(), vec![directory.to_path_buf()]);
    while let Some(next) = pending.pop() {
        let Ok(entries) = std::fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.expect("a directory can be listed").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let relative = path.strip_prefix(directory).expect("it is below the directory").to_path_buf();
                files.insert(relative, std::fs::read(&path).expect("a file can be read"));
            }
        }
    }
    files
}

//! The user's own modules of a guest.
//!
//! Modules are read as the module system reads them: files are imported, functions called with the guest's own
//! `config` and `pkgs` (lazily: names of options seldom need them). What cannot be read is kept with the reason.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};
use launchnix_evaluator::{Attrs, Error, ErrorKind, Evaluator, Value};

use super::definitions::Definition;

/// How deep modules import modules.
const MAX_DEPTH: usize = 40;

/// Something about how modules are built that keeps them from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// A file that is not there.
    MissingFile(String),
    /// `imports` is something else than a list, or this is what a module is said to be.
    ImportsNoList(String),
    /// Something else than a module: what it is.
    OtherValue(String),
    /// A path is wanted, and a string names a file.
    StringForPath(String),
}

/// Such a problem, and the definition that has it.
pub(super) struct Problem<'a> {
    pub(super) kind: ProblemKind,
    /// Which module it is: where its root is in the deployment, and its number among the imports on the way.
    pub(super) module: String,
    /// The file that it is, for one that has its own.
    pub(super) file: Option<PathBuf>,
    pub(super) at: Definition<'a>,
}

/// The user's modules of one guest.
pub(super) struct Modules<'e, 'a> {
    pub(super) evaluator: &'e Evaluator<'a>,
    /// Calls a module or submodule that is a function.
    pub(super) call: Value<'a>,
    nixpkgs: PathBuf,
    /// The files that there are.
    sources: &'e dyn Sources,
    /// Each module as a set.
    pub(super) sets: Vec<&'a Attrs<'a>>,
    /// Each module that is a function.
    pub(super) functions: Vec<Value<'a>>,
    /// What keeps others from being read, in the order in which it is found.
    pub(super) problems: Vec<Problem<'a>>,
    /// Modules that cannot be evaluated, and why.
    pub(super) failed: Vec<(String, Error)>,
    /// The file of which the value is being read.
    file: Option<PathBuf>,
    /// The files that modules were read from.
    pub(super) files: BTreeSet<PathBuf>,
}

impl<'e, 'a> Modules<'e, 'a> {
    /// Reads modules and what they import, apart from what is nixpkgs' own.
    pub(super) fn read(
        evaluator: &'e Evaluator<'a>,
        roots: &[(String, Value<'a>)],
        call: Value<'a>,
        nixpkgs: &Path,
        sources: &'e dyn Sources,
    ) -> Self {
        let mut modules = Self {
            evaluator,
            call,
            nixpkgs: nixpkgs.to_owned(),
            sources,
            sets: Vec::new(),
            functions: Vec::new(),
            problems: Vec::new(),
            failed: Vec::new(),
            file: None,
            files: BTreeSet::new(),
        };
        for (place, root) in roots {
            modules.load(place, Definition { key: None, value: *root }, 0);
        }
        modules
    }

    fn load(&mut self, place: &str, module: Definition<'a>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let value = match self.evaluator.force(module.value) {
            Ok(value) => value,
            Err(error) => {
                self.failed.push((place.to_owned(), error));
                return;
            }
        };
        match value {
            Value::Path(path) => self.load_file(place, path.text, module, depth),
            Value::String(string) if string.text.starts_with(b"/") => {
                self.load_file(place, string.text, module, depth);
            }
            Value::String(string) => {
                self.problem(place, ProblemKind::StringForPath(string.lossy().into_owned()), module);
            }
            Value::Attrs(attrs) if attrs.get(self.evaluator.intern("outPath")).is_some() => {
                // A tree that was fetched, or a package.
                if self.get(attrs, "type").is_some() {
                    self.problem(place, ProblemKind::OtherValue("a package".to_owned()), module);
                }
            }
            Value::Attrs(attrs) => {
                if let Some(tag) = self.tag(attrs)
                    && !["module", "if", "override", "merge"].contains(&tag.as_str())
                {
                    self.problem(
                        place,
                        ProblemKind::OtherValue(format!("a set of the kind `{tag}`")),
                        module,
                    );
                    return;
                }
                self.sets.push(attrs);
                self.load_imports(place, attrs, depth);
            }
            function if function.is_function() => {
                self.functions.push(module.value);
                match self.evaluator.call(self.call, function) {
                    Ok(result) => self.load(place, Definition { key: module.key, value: result }, depth + 1),
                    Err(error) => self.failed.push((place.to_owned(), error)),
                }
            }
            other => self.problem(place, ProblemKind::OtherValue(other.describe().to_string()), module),
        }
    }

    fn load_imports(&mut self, place: &str, attrs: &'a Attrs<'a>, depth: usize) {
        for (name, between) in [("imports", ""), ("require", "require/")] {
            let Some(attr) = attrs.get(self.evaluator.intern(name)) else { continue };
            let imports = Definition { key: self.evaluator.key_span(attr.position), value: attr.value };
            match self.evaluator.force(attr.value) {
                Ok(Value::List(list)) => {
                    for (number, &item) in list.items.iter().enumerate() {
                        let place = format!("{place}/{between}{number}");
                        // What is wrong with an entry is where it is written.
                        let outer = self.file.take();
                        self.load(&place, Definition { key: None, value: item }, depth + 1);
                        self.file = outer;
                    }
                }
                Ok(other) => {
                    let kind = ProblemKind::ImportsNoList(other.describe().to_string());
                    self.problem(place, kind, imports);
                }
                Err(error) => self.failed.push((place.to_owned(), error)),
            }
        }
    }

    fn load_file(&mut self, place: &str, path: &[u8], module: Definition<'a>, depth: usize) {
        let path = Path::new(OsStr::from_bytes(path));
        if path.starts_with(&self.nixpkgs) {
            return;
        }
        match self.evaluator.file(path) {
            Ok(value) => {
                self.files.insert(path.to_owned());
                let outer = self.file.replace(path.to_owned());
                self.load(place, Definition { key: module.key, value }, depth + 1);
                self.file = outer;
            }
            Err(error) => match self.missing(path).filter(|_| error.kind == ErrorKind::File) {
                Some(missing) => {
                    self.problem(place, ProblemKind::MissingFile(missing.display().to_string()), module);
                }
                None => {
                    self.files.insert(path.to_owned());
                    self.failed.push((place.to_owned(), error));
                }
            },
        }
    }

    /// What the modules that are functions ask for.
    pub(super) fn arguments(&self) -> BTreeSet<String> {
        let e = self.evaluator;
        let Ok(arguments) = e.expression("builtins.functionArgs", "«arguments»", Path::new("/")) else {
            return BTreeSet::new();
        };
        let of =
            |function: &Value<'a>| e.expect_attrs(e.call(arguments, e.force(*function).ok()?).ok()?).ok();
        let names = self.functions.iter().filter_map(of).flat_map(|formals| e.sorted(formals));
        names.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// The file that would have to be there for this one to be read.
    fn missing(&self, path: &Path) -> Option<PathBuf> {
        let file = match self.sources.kind(path) {
            Ok(FileKind::Directory) => path.join("default.nix"),
            _ => path.to_owned(),
        };
        (!self.sources.exists(&file)).then_some(file)
    }

    fn problem(&mut self, place: &str, kind: ProblemKind, at: Definition<'a>) {
        let file = self.file.clone();
        self.problems.push(Problem { kind, module: place.to_owned(), file, at });
    }
}

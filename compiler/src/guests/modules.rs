//! The user's own modules of a guest.
//!
//! Modules are read as the module system reads them: files are imported, functions called with the guest's own
//! `config` and `pkgs` (lazily: names of options seldom need them). What cannot be read is kept with the reason.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use launchnix_diagnostics::{FileKind, Sources};
use launchnix_evaluator::{Attr, Attrs, Error, ErrorKind, Evaluator, Value};

use super::definitions::{Definition, STRUCTURE};

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
    /// Something else than the set that is wanted: what it is, and what the set is of.
    NoSet(String, &'static str),
    /// A function that takes some arguments and no others.
    Closed,
    /// A function that gives a module once it is called, and the arguments that it has to be given; without names for one
    /// that takes anything.
    Uncalled(Vec<String>),
    /// An attribute that cannot stand beside `config`.
    Stray(String),
    /// An attribute that is nearly named like a part of a module: which part is meant.
    Misnamed(String, &'static str),
    /// What stands where an option of its own is declared, and is no declaration.
    NoDeclaration(Vec<String>),
    /// What stands where the type of an option of its own belongs: which option, and what that is.
    NoType(Vec<String>, String),
    /// A module that is imported by what it imports, as these files show.
    Circle(Vec<PathBuf>),
}

impl ProblemKind {
    /// Whether a function stands where a module belongs.
    fn is_function(&self) -> bool {
        match self {
            Self::Uncalled(_) => true,
            Self::OtherValue(what) => what.contains("built-in function"),
            _ => false,
        }
    }
}

/// Such a problem, and the definition that has it.
pub(super) struct Problem<'a> {
    pub(super) kind: ProblemKind,
    /// Which module it is: where its root is in the deployment, and its number among the imports on the way.
    pub(super) module: String,
    /// The file that it is, for one that has its own.
    pub(super) file: Option<PathBuf>,
    pub(super) at: Definition<'a>,
    /// How many entries behind this one in a list are what it should be called with.
    pub(super) arguments: usize,
}

/// A file that modules are read from.
#[derive(Clone)]
struct Opened<'a> {
    path: PathBuf,
    /// What names it.
    by: Definition<'a>,
}

/// The user's modules of one guest.
pub(super) struct Modules<'e, 'a> {
    pub(super) evaluator: &'e Evaluator<'a>,
    /// Calls a module or submodule that is a function. What such functions give is delayed, in a list, so that it is known
    /// where it was written.
    call: Value<'a>,
    /// The same with nothing that other modules define.
    call_apart: Value<'a>,
    /// Imports a file in the same way.
    import: Option<Value<'a>>,
    nixpkgs: PathBuf,
    /// The options that there are, where that can be told.
    pub(super) options: Option<&'a Attrs<'a>>,
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
    /// Types of options of their own that cannot be evaluated, and why.
    pub(super) failed_types: Vec<(Vec<String>, Error)>,
    /// Entries of imports that are no modules, but what the function before them should be called with.
    pub(super) arguments: Vec<String>,
    /// The file of which the value is being read.
    file: Option<Opened<'a>>,
    /// The files that are being read, each imported by the one before it.
    open: Vec<PathBuf>,
    /// The files that modules were read from.
    pub(super) files: BTreeSet<PathBuf>,
    /// Whether what is being read is what a file holds or a function gives.
    is_given: bool,
}

impl<'e, 'a> Modules<'e, 'a> {
    /// Reads modules and what they import, apart from what is nixpkgs' own.
    pub(super) fn read(
        evaluator: &'e Evaluator<'a>,
        roots: &[(String, Value<'a>)],
        [call, call_apart]: [Value<'a>; 2],
        nixpkgs: &Path,
        options: Option<&'a Attrs<'a>>,
        sources: &'e dyn Sources,
    ) -> Self {
        let mut modules = Self {
            evaluator,
            call,
            call_apart,
            import: evaluator.expression("path: [ (import path) ]", "«import»", Path::new("/")).ok(),
            nixpkgs: nixpkgs.to_owned(),
            options,
            sources,
            sets: Vec::new(),
            functions: Vec::new(),
            problems: Vec::new(),
            failed: Vec::new(),
            failed_types: Vec::new(),
            arguments: Vec::new(),
            file: None,
            open: Vec::new(),
            files: BTreeSet::new(),
            is_given: false,
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
            Value::String(string) if !self.is_given => {
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
                self.strays(place, attrs);
                self.no_sets(place, attrs);
                self.no_types(place, attrs);
                self.load_imports(place, attrs, depth);
            }
            function if function.is_function() => self.load_function(place, function, module, depth),
            other => self.problem(place, ProblemKind::OtherValue(other.describe().to_string()), module),
        }
    }

    fn load_function(&mut self, place: &str, function: Value<'a>, module: Definition<'a>, depth: usize) {
        let what = function.describe();
        if what.contains("built-in") {
            self.problem(place, ProblemKind::OtherValue(what.into_owned()), module);
            return;
        }
        self.functions.push(module.value);
        let called = |call| {
            let given = self.given(call, function)?;
            Ok((given, self.evaluator.force(given)?))
        };
        match called(self.call).or_else(|error| called(self.call_apart).map_err(|_| error)) {
            // The module system calls a module once.
            Ok((_, result)) if result.is_function() => {
                let by = self.file.take().map_or(module, |file| file.by);
                self.problem(place, ProblemKind::Uncalled(self.needed(function)), by);
            }
            Ok((value, _)) => {
                if self.evaluator.closed_arguments(function).is_some() {
                    self.problem(place, ProblemKind::Closed, module);
                }
                self.load_given(place, Definition { key: module.key, value }, depth);
            }
            Err(error) => self.failed.push((place.to_owned(), error)),
        }
    }

    /// What a file holds or a function gives.
    fn load_given(&mut self, place: &str, module: Definition<'a>, depth: usize) {
        let outer = std::mem::replace(&mut self.is_given, true);
        self.load(place, module, depth + 1);
        self.is_given = outer;
    }

    /// What one of the functions that delay gives for this.
    pub(super) fn given(&self, function: Value<'a>, argument: Value<'a>) -> Result<Value<'a>, Error> {
        let given = self.evaluator.call(function, argument)?;
        Ok(self.evaluator.expect_list(given)?.first().copied().unwrap_or(Value::Null))
    }

    /// What a function gives that stands for a submodule.
    pub(super) fn submodule(&self, function: Value<'a>) -> Option<Value<'a>> {
        self.evaluator.force(self.given(self.call, function).ok()?).ok()
    }

    /// The arguments without which a function cannot be called.
    fn needed(&self, function: Value<'a>) -> Vec<String> {
        let needed = self.formals(function).into_iter().filter(|(_, has_default)| !has_default);
        needed.map(|(name, _)| name).collect()
    }

    /// The arguments of a function, and whether each has a default.
    pub(super) fn formals(&self, function: Value<'a>) -> Vec<(String, bool)> {
        let e = self.evaluator;
        let ask = || {
            let arguments = e.expression("builtins.functionArgs", "«arguments»", Path::new("/")).ok()?;
            e.expect_attrs(e.call(arguments, e.force(function).ok()?).ok()?).ok()
        };
        let formals = ask().map(|formals| e.sorted(formals)).unwrap_or_default();
        let formal = |(name, attr): (&[u8], Attr<'a>)| {
            let has_default = e.expect_bool(attr.value).unwrap_or(true);
            (String::from_utf8_lossy(name).into_owned(), has_default)
        };
        formals.into_iter().map(formal).collect()
    }

    /// What stands beside `config` or `options` and does not belong there.
    fn strays(&mut self, place: &str, attrs: &'a Attrs<'a>) {
        if self.get(attrs, "config").is_none() && self.get(attrs, "options").is_none() {
            for (name, meant, attr) in self.misnamed(attrs) {
                let at = Definition { key: self.evaluator.key_span(attr.position), value: attr.value };
                self.problem(place, ProblemKind::Misnamed(name, meant), at);
            }
            return;
        }
        for (name, attr) in self.evaluator.sorted(attrs) {
            let name = String::from_utf8_lossy(name);
            if !STRUCTURE.contains(&&*name) && name != "_type" {
                let key = self.evaluator.key_span(attr.position);
                let at = Definition { key, value: attr.value };
                self.problem(place, ProblemKind::Stray(name.into_owned()), at);
            }
        }
    }

    /// What stands where a module defines or declares options, and is no set of such.
    fn no_sets(&mut self, place: &str, attrs: &'a Attrs<'a>) {
        let options = self.get(attrs, "options").filter(|_| self.tag(attrs).is_none());
        if let Some(value) = options
            && let Ok(found) = self.evaluator.force(value)
            && !matches!(found, Value::Attrs(_))
        {
            let kind = ProblemKind::NoSet(found.describe().into_owned(), "declarations of options");
            self.problem(place, kind, Definition { key: None, value });
        }
        let defined = self.get(attrs, "config").or_else(|| self.tag(attrs).map(|_| Value::Attrs(attrs)));
        for value in defined.map(|value| self.uncalled_parts(value)).unwrap_or_default() {
            if let Ok(found) = self.evaluator.force(value)
                && !matches!(found, Value::Attrs(_))
            {
                let kind = ProblemKind::NoSet(found.describe().into_owned(), "NixOS options");
                self.problem(place, kind, Definition { key: None, value });
            }
        }
    }

    /// Options of its own that are something else than a declaration, or have something else than a type.
    fn no_types(&mut self, place: &str, attrs: &'a Attrs<'a>) {
        let misnamed = self.misnamed(attrs).into_iter().filter(|(_, meant, _)| *meant == "options");
        let options: Vec<_> =
            self.get(attrs, "options").into_iter().chain(misnamed.map(|(.., attr)| attr.value)).collect();
        for options in options {
            self.no_types_in(place, Definition { key: None, value: options }, &mut Vec::new());
        }
    }

    fn no_types_in(&mut self, place: &str, options: Definition<'a>, path: &mut Vec<String>) {
        if path.len() >= MAX_DEPTH {
            return;
        }
        let attrs = match self.evaluator.force(options.value) {
            Ok(Value::Attrs(attrs)) => attrs,
            Ok(_) if !path.is_empty() => {
                self.problem(place, ProblemKind::NoDeclaration(path.clone()), options);
                return;
            }
            _ => return,
        };
        // Old types do not say that they are such.
        let is_type = || self.get(attrs, "check").is_some() && self.get(attrs, "merge").is_some();
        match self.tag(attrs).as_deref() {
            Some("option") => {}
            Some(_) => {
                self.problem(place, ProblemKind::NoDeclaration(path.clone()), options);
                return;
            }
            None if is_type() && !path.is_empty() => {
                self.problem(place, ProblemKind::NoDeclaration(path.clone()), options);
                return;
            }
            None => {
                for (name, attr) in self.evaluator.sorted(attrs) {
                    path.push(String::from_utf8_lossy(name).into_owned());
                    let key = self.evaluator.key_span(attr.position);
                    self.no_types_in(place, Definition { key, value: attr.value }, path);
                    path.pop();
                }
                return;
            }
        }
        let Some(kind) = attrs.get(self.evaluator.intern("type")) else { return };
        let what = match self.evaluator.force(kind.value) {
            Ok(Value::Attrs(kind)) => {
                // A type that holds others is described with them.
                let described = self.get(kind, "description").map(|text| self.evaluator.force(text));
                if let Some(Err(error)) = described {
                    self.failed_types.push((path.clone(), error));
                }
                return;
            }
            Ok(other) => other.describe().into_owned(),
            Err(error) => {
                self.failed_types.push((path.clone(), error));
                return;
            }
        };
        let at = Definition { key: self.evaluator.key_span(kind.position), value: kind.value };
        self.problem(place, ProblemKind::NoType(path.clone(), what), at);
    }

    fn load_imports(&mut self, place: &str, attrs: &'a Attrs<'a>, depth: usize) {
        let misnamed = self.misnamed(attrs).into_iter().filter(|(_, meant, _)| *meant == "imports");
        let misnamed = misnamed.map(|(name, ..)| (format!("{name}/"), name));
        let known = [(String::new(), "imports".to_owned()), ("require/".to_owned(), "require".to_owned())];
        for (between, name) in known.into_iter().chain(misnamed).collect::<Vec<_>>() {
            let Some(attr) = attrs.get(self.evaluator.intern(&name)) else { continue };
            let imports = Definition { key: self.evaluator.key_span(attr.position), value: attr.value };
            match self.evaluator.force(attr.value) {
                Ok(Value::List(list)) => self.load_entries(&format!("{place}/{between}"), list.items, depth),
                Ok(other) => {
                    let kind = ProblemKind::ImportsNoList(other.describe().to_string());
                    self.problem(place, kind, imports);
                }
                Err(error) => self.failed.push((format!("{place}/{name}"), error)),
            }
        }
    }

    fn load_entries(&mut self, place: &str, entries: &[Value<'a>], depth: usize) {
        let mut number = 0;
        while number < entries.len() {
            let known = self.problems.len();
            // What is wrong with an entry is where it is written.
            let outer = (self.file.take(), std::mem::replace(&mut self.is_given, false));
            let module = Definition { key: None, value: entries[number] };
            self.load(&format!("{place}{number}"), module, depth + 1);
            (self.file, self.is_given) = outer;
            let arguments = match self.problems.get(known) {
                Some(problem) if problem.kind.is_function() => self.module_arguments(&entries[number..]),
                _ => 0,
            };
            if arguments > 0 {
                self.problems[known].arguments = arguments;
                self.arguments.extend((1..=arguments).map(|behind| format!("{place}{}", number + behind)));
            }
            number += 1 + arguments;
        }
    }

    fn load_file(&mut self, place: &str, path: &[u8], module: Definition<'a>, depth: usize) {
        let path = Path::new(OsStr::from_bytes(path));
        if path.starts_with(&self.nixpkgs) {
            if let Some(missing) = self.missing(path) {
                self.problem(place, ProblemKind::MissingFile(missing.display().to_string()), module);
            }
            return;
        }
        match self.evaluator.file(path) {
            Ok(value) => {
                self.files.insert(path.to_owned());
                if let Some(start) = self.open.iter().position(|open| open == path) {
                    self.problem(place, ProblemKind::Circle(self.open[start..].to_vec()), module);
                    return;
                }
                self.open.push(path.to_owned());
                let outer = self.file.replace(Opened { path: path.to_owned(), by: module });
                let delayed = self.import.and_then(|import| self.given(import, module.value).ok());
                let value = delayed.unwrap_or(value);
                self.load_given(place, Definition { key: module.key, value }, depth);
                self.file = outer;
                self.open.pop();
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
        let functions = self.functions.iter();
        functions.flat_map(|&function| self.formals(function)).map(|(name, _)| name).collect()
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
        let file = self.file.as_ref().map(|file| file.path.clone());
        self.problems.push(Problem { kind, module: place.to_owned(), file, at, arguments: 0 });
    }
}

//! The language and its built-in functions, one file for each behaviour: `tests/language/<theme>/<behaviour>.nix`
//! beside what `nix-instantiate --eval --strict` prints for it (`.out`) or the innermost message of its error
//! (`.err`).
//!
//! Every expectation was made by Nix, and is compared with Nix again where `nix-instantiate` is on `PATH` or named by
//! `LAUNCHNIX_ORACLE`. To add a case, write its `.nix`, then
//! `LAUNCHNIX_ORACLE=… LAUNCHNIX_ORACLE_WRITE=1 cargo test -p launchnix-evaluator --test language` with Nix 2.34. The
//! same with an older Nix writes the list of cases in which that one differs.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases and finds Nix")]
#![expect(clippy::print_stderr, reason = "a test says what it left out")]

mod oracle;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use launchnix_evaluator::{Settings, evaluate};
use oracle::{Nix, Outcome};

/// The theme whose cases are called with [`oracle::ARGUMENT`], as `--argstr` does it.
const CALLED: &str = "called/";

/// Cases that show which values are delayed: what is not evaluated yet is printed as such in messages, and a function
/// is only equal to itself where it was not selected anew, and a list is only shown as repeated where it is the same. Delaying exactly what Nix delays costs time, so that it is
/// done only where it is asked for.
const SHOW_LAZINESS: [&str; 5] = [
    "equality/builtins-selected-anew",
    "equality/functions-in-sets",
    "errors/indented-strings-in-message",
    "errors/thunks-in-message",
    "lists/repeated-by-where-they-are",
];

/// Where the cases are, as far as an evaluation can see. In expectations this stands for their real directory.
const MOUNTED: &str = "/language";

/// One case: its name, which is its path without extension, and what is expected of it.
struct Case {
    name: String,
    expected: Option<Outcome>,
}

impl Case {
    fn path(&self, extension: &str) -> PathBuf {
        directory().join(format!("{}.{extension}", self.name))
    }
}

fn directory() -> PathBuf {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/language");
    directory.canonicalize().expect("the cases are in the workspace")
}

fn cases() -> Vec<Case> {
    let mut names = Vec::new();
    let themes = std::fs::read_dir(directory()).expect("the cases can be listed");
    for theme in themes.map(|entry| entry.expect("the cases can be listed").path()) {
        // What `fixtures` holds is read by the cases.
        if !theme.is_dir() || theme.ends_with("fixtures") {
            continue;
        }
        for file in std::fs::read_dir(&theme).expect("the cases can be listed") {
            let file = file.expect("the cases can be listed").path();
            if file.extension().is_some_and(|extension| extension == "nix") {
                let name = file.with_extension("");
                let name = name.strip_prefix(directory()).expect("listed from there");
                names.push(name.to_string_lossy().into_owned());
            }
        }
    }
    names.sort_unstable();
    let cases = names.into_iter().map(|name| {
        let mut case = Case { name, expected: None };
        let read = |extension| std::fs::read_to_string(case.path(extension)).ok();
        case.expected = read("out").map(Outcome::Value).or_else(|| read("err").map(Outcome::Error));
        case
    });
    cases.collect()
}

/// Runs something for each case, on all processors; what it finds wrong comes in the order of the cases.
fn for_each<T: Send>(cases: &[Case], check: impl Fn(&Case) -> Option<T> + Sync) -> Vec<T> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(index) else { break };
                    if let Some(wrong) = check(case) {
                        found.lock().expect("no thread panicked").push((index, wrong));
                    }
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no thread panicked");
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, wrong)| wrong).collect()
}

/// How values may be kept. None of it may show.
#[derive(Clone, Copy, Debug)]
enum Mode {
    Usual,
    Tracing,
    ExactLaziness,
}

fn ours(case: &Case, mode: Mode) -> Outcome {
    let sources = mounted::Mounted { at: MOUNTED, directory: directory() };
    let mut settings = Settings::new(&sources);
    settings.home = Some(PathBuf::from(oracle::HOME));
    settings.search_path = vec![("fixtures".to_owned(), format!("{MOUNTED}/fixtures"))];
    settings.tracing = matches!(mode, Mode::Tracing);
    settings.exact_laziness = matches!(mode, Mode::ExactLaziness);
    let file = PathBuf::from(format!("{MOUNTED}/{}.nix", case.name));
    let ended = evaluate(&settings, |evaluator| {
        let value = evaluator.file(&file).and_then(|value| {
            if !case.name.starts_with(CALLED) {
                return Ok(value);
            }
            let (name, argument) = oracle::ARGUMENT;
            evaluator.auto_call(value, &[(evaluator.intern(name), evaluator.string(argument))])
        });
        match value.and_then(|value| evaluator.force_deep(value).map(|_| evaluator.print(value))) {
            Ok(printed) => Outcome::Value(format!("{}\n", String::from_utf8_lossy(&printed))),
            Err(error) => Outcome::Error(format!("{}\n", oracle::without_place(&error.message))),
        }
    });
    ended.expect("the evaluating thread starts")
}

fn report(name: &str, expected: &Outcome, found: &Outcome) -> String {
    format!("{name}\n  expected {expected}\n  found    {found}")
}

#[test]
fn every_case_gives_what_nix_gave() {
    let cases = cases();
    assert!(cases.len() > 900, "the cases are there");
    let wrong = for_each(&cases, |case| {
        let Some(expected) = &case.expected else {
            return Some(format!("{}: nothing is expected", case.name));
        };
        let found = ours(case, Mode::ExactLaziness);
        (found != *expected).then(|| report(&case.name, expected, &found))
    });
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn how_values_are_kept_does_not_show() {
    let cases = cases();
    let wrong = for_each(&cases, |case| {
        let expected = case.expected.as_ref()?;
        if SHOW_LAZINESS.contains(&case.name.as_str()) {
            return None;
        }
        [Mode::Usual, Mode::Tracing].into_iter().find_map(|mode| {
            let found = ours(case, mode);
            (found != *expected).then(|| report(&format!("{}, {mode:?}", case.name), expected, &found))
        })
    });
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Where the cases are listed in which an older Nix differs.
fn older() -> PathBuf {
    directory().join("older-nix.txt")
}

#[test]
fn nix_gives_what_is_expected() {
    let Some(nix) = Nix::find() else {
        return eprintln!("left out: there is no nix-instantiate on PATH, and LAUNCHNIX_ORACLE names none");
    };
    let cases = cases();
    let write = std::env::var("LAUNCHNIX_ORACLE_WRITE").is_ok();
    let outcome = |case: &Case| {
        let outcome =
            nix.file(&case.path("nix"), &directory().join("fixtures"), case.name.starts_with(CALLED));
        outcome.map_text(|text| text.replace(&*directory().to_string_lossy(), MOUNTED))
    };
    if nix.is_current() {
        let wrong = for_each(&cases, |case| {
            let found = outcome(case);
            if write {
                expect(case, &found);
                return None;
            }
            let expected = case.expected.as_ref()?;
            (found != *expected).then(|| report(&case.name, expected, &found))
        });
        assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
        return;
    }
    // Older versions word errors in another way, so that only failing itself is compared.
    let differs = |case: &Case| match (case.expected.as_ref()?, outcome(case)) {
        (Outcome::Error(_), Outcome::Error(_)) => None,
        (expected, found) => {
            (found != *expected).then(|| (case.name.clone(), report(&case.name, expected, &found)))
        }
    };
    let differing = for_each(&cases, differs);
    if write {
        let mut list = "# Cases in which Nix 2.8, which Debian 12 has, differs from Nix 2.34.\n".to_owned();
        for (name, _) in &differing {
            writeln!(list, "{name}").expect("a string takes everything");
        }
        std::fs::write(older(), list).expect("the list can be written");
        return;
    }
    let known = std::fs::read_to_string(older()).expect("the list of known differences is there");
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.starts_with('#')).collect();
    let wrong: Vec<_> = differing.iter().filter(|(name, _)| !known.contains(name.as_str())).collect();
    let shown: Vec<&str> = wrong.iter().map(|(_, report)| report.as_str()).collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), shown.join("\n"));
}

/// Makes an outcome what is expected of a case.
fn expect(case: &Case, outcome: &Outcome) {
    for extension in ["out", "err"] {
        let _ = std::fs::remove_file(case.path(extension));
    }
    let (extension, text) = match outcome {
        Outcome::Value(text) => ("out", text),
        Outcome::Error(text) => ("err", text),
    };
    std::fs::write(case.path(extension), text).expect("the expectation can be written");
}

mod mounted {
    //! A directory that is seen in another place.

    use std::io;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};

    use launchnix_diagnostics::{FileKind, Sources};

    /// The files of a directory, and nothing else, below another path.
    pub(crate) struct Mounted {
        pub(crate) at: &'static str,
        pub(crate) directory: PathBuf,
    }

    impl Mounted {
        fn real(&self, path: &Path) -> io::Result<PathBuf> {
            match path.strip_prefix(self.at) {
                Ok(rest) => Ok(self.directory.join(rest)),
                Err(_) => Err(io::ErrorKind::NotFound.into()),
            }
        }
    }

    fn kind(file_type: std::fs::FileType) -> FileKind {
        if file_type.is_file() {
            FileKind::Regular
        } else if file_type.is_dir() {
            FileKind::Directory
        } else if file_type.is_symlink() {
            FileKind::Symlink
        } else {
            FileKind::Unknown
        }
    }

    impl Sources for Mounted {
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            std::fs::read(self.real(path)?)
        }

        fn kind(&self, path: &Path) -> io::Result<FileKind> {
            Ok(kind(std::fs::symlink_metadata(self.real(path)?)?.file_type()))
        }

        fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
            let entries = std::fs::read_dir(self.real(path)?)?.map(|entry| {
                let entry = entry?;
                Ok((entry.file_name().into_encoded_bytes(), kind(entry.file_type()?)))
            });
            entries.collect()
        }

        fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
            std::fs::read_link(self.real(path)?)
        }

        fn is_executable(&self, path: &Path) -> io::Result<bool> {
            Ok(std::fs::metadata(self.real(path)?)?.permissions().mode() & 0o100 != 0)
        }
    }
}

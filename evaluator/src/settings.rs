//! What an evaluation may do and see.

use std::collections::BTreeSet;
use std::path::PathBuf;

use launchnix_diagnostics::{SourceId, Sources};

use crate::syntax::Parsed;

use crate::eval::Realisation;
use crate::fetch::Fetcher;

/// Bounds of an evaluation. Reaching one is an error, never a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Evaluation steps; a NixOS system takes some hundred million.
    pub steps: u64,
    /// Nested calls, as Nix's `max-call-depth`.
    pub call_depth: u32,
    /// Bytes of memory for values.
    pub memory: usize,
    /// Bytes of stack for the evaluating thread; only what is used is taken.
    pub stack: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Deeper than Nix gets on its stack, and used up in less than a second. Debug builds take several times more.
        let stack = if cfg!(debug_assertions) { 1 << 30 } else { 256 << 20 };
        Self { steps: 20_000_000_000, call_depth: 10_000, memory: 16 << 30, stack }
    }
}

/// Builds an output; the error says why it could not be.
pub type Realise<'s> = dyn Fn(&Realisation) -> Result<(), String> + Sync + 's;

/// Sees each text that is parsed: its number and name in the source map, and its syntax tree.
pub type Observe<'s> = dyn Fn(SourceId, &str, &Parsed<'_>) + Sync + 's;

/// What an evaluation sees of the world.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, set by name")]
pub struct Settings<'s> {
    /// Where files come from.
    pub sources: &'s (dyn Sources + Sync),
    /// Bounds.
    pub limits: Limits,
    /// `NIX_PATH`: prefixes (possibly empty) and paths, in order, as they were written.
    pub search_path: Vec<(String, String)>,
    /// Where relative entries of a lookup path and relative repositories start.
    pub directory: PathBuf,
    /// Environment variables that `builtins.getEnv` sees.
    pub environment: &'s (dyn Fn(&str) -> Option<String> + Sync),
    /// `builtins.currentSystem`.
    pub current_system: String,
    /// `builtins.currentTime`, in seconds since 1970.
    pub current_time: i64,
    /// The home directory, for `~/…`.
    pub home: Option<PathBuf>,
    /// Asked now and then; `true` ends the evaluation.
    pub interrupt: Option<&'s (dyn Fn() -> bool + Sync)>,
    /// Sees each text that is parsed, before it is evaluated.
    pub observe: Option<&'s Observe<'s>>,
    /// Takes what `builtins.trace` and `builtins.warn` print.
    pub message: &'s (dyn Fn(&str) + Sync),
    /// Whether every value keeps where it was written, for diagnostics. Costs time and memory.
    pub tracing: bool,
    /// Builds what only a build makes, as for the import of a derivation; without it, that is an error.
    pub realise: Option<&'s Realise<'s>>,
    /// Who fetches what is needed for its content; without it, that is an error.
    pub fetcher: Option<Fetcher<'s>>,
    /// Whether exactly that is delayed which Nix delays. Only printing a value that is not wholly evaluated shows the
    /// difference, and it costs time.
    pub exact_laziness: bool,
    /// Whether it is a failure of kind [`ErrorKind::Inexact`](crate::ErrorKind) where not exactly that is delayed which
    /// Nix delays, and that shows during evaluation: where `builtins.trace` shows a set or a list, and where a built-in
    /// function is compared inside of one, since Nix takes `builtins.f` for another function each time it is written.
    pub refuse_inexact: bool,
    /// Whether laziness is exact where the first text that is parsed is a set or a list that is written out: printing
    /// that shows what is delayed, and evaluating it once more would mean parsing it once more.
    /// [`Evaluator::is_exact`](crate::Evaluator::is_exact) says what came of it.
    pub exact_if_written: bool,
    /// Whether evaluation goes on around mistakes: around what is not valid Nix, and around elements of a list that is
    /// made a set. What is wrong is then in [`Evaluator::syntax_errors`](crate::Evaluator::syntax_errors) and
    /// [`Evaluator::left_out`](crate::Evaluator::left_out), and a value that cannot be known for it ends in an error of
    /// the kind [`Reported`](crate::ErrorKind::Reported).
    pub recover: bool,
    /// As [`recover`](Self::recover), around what is not valid Nix alone.
    pub recover_syntax: bool,
    /// Words that stand for each other, for who asks what was meant with a name: a word, and the usual one.
    pub synonyms: &'s [(&'s str, &'s str)],
    /// Whether diagnostics show every step on the way to a failure, instead of the few that say most.
    pub full_trace: bool,
    /// Whether impure built-in functions are left out, as in Nix's `pure-eval`.
    pub pure: bool,
    /// Whether only what the search path names may be seen, as in Nix's `restrict-eval`.
    pub restricted: bool,
    /// What may be fetched then: URIs, or how they begin.
    pub allowed_uris: Vec<String>,
    /// Nix's experimental features that are on.
    pub features: Features,
    /// Whether `builtins.traceVerbose` prints: Nix's `trace-verbose`.
    pub trace_verbose: bool,
    /// Whether `builtins.warn` ends the evaluation: Nix's `abort-on-warn`.
    pub abort_on_warn: bool,
    /// Whether a working tree with changes is taken: Nix's `allow-dirty`.
    pub allow_dirty: bool,
    /// Whether it is said that a working tree has changes: Nix's `warn-dirty`.
    pub warn_dirty: bool,
    /// What is said of literals that Nix discourages.
    pub lints: Lints,
    /// The directory that the store would be in.
    pub store_directory: String,
}

/// Experimental features of Nix, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features(BTreeSet<String>);

/// Those that are on unless somebody says which shall be: what deployments pin their inputs with, what their packages may
/// be made with, and pipes.
const USUAL: [&str; 5] = ["pipe-operators", "fetch-tree", "flakes", "ca-derivations", "impure-derivations"];

impl Default for Features {
    fn default() -> Self {
        Self::new(USUAL.map(str::to_owned))
    }
}

impl Features {
    /// The features of these names, and no others.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().collect())
    }

    /// Adds a feature.
    pub fn add(&mut self, name: String) {
        self.0.insert(name);
    }

    /// Whether a feature is on.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The error is Nix's.
    pub(crate) fn require(&self, name: &str) -> Result<(), String> {
        if self.has(name) { Ok(()) } else { Err(disabled(name, "")) }
    }

    /// As [`require`](Self::require), with what it is needed for.
    pub(crate) fn require_for(&self, name: &str, what: impl FnOnce() -> String) -> Result<(), String> {
        if self.has(name) { Ok(()) } else { Err(disabled(name, &format!(" ({})", what()))) }
    }
}

fn disabled(feature: &str, why: &str) -> String {
    format!(
        "experimental Nix feature '{feature}' is disabled{why}; add '--extra-experimental-features {feature}' to \
         enable it"
    )
}

/// Literals that Nix discourages, by the settings `lint-…-literals`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lints {
    /// `lint-url-literals`: `https://example.org` without quotes.
    pub urls: Lint,
    /// `lint-short-path-literals`: `a/b`, which is `./a/b`.
    pub short_paths: Lint,
    /// `lint-absolute-path-literals`: `/etc/hosts` and `~/notes`.
    pub absolute_paths: Lint,
}

/// What is done about a literal that is discouraged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lint {
    /// Nothing.
    #[default]
    Ignore,
    /// [`Settings::message`] is told.
    Warn,
    /// It is an error.
    Fatal,
}

impl Lint {
    /// As Nix's settings have it.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "ignore" => Some(Self::Ignore),
            "warn" => Some(Self::Warn),
            "fatal" => Some(Self::Fatal),
            _ => None,
        }
    }
}

impl<'s> Settings<'s> {
    /// Usual settings: no search path, no environment, `x86_64-linux`.
    pub fn new(sources: &'s (dyn Sources + Sync)) -> Self {
        Self {
            sources,
            limits: Limits::default(),
            search_path: Vec::new(),
            directory: PathBuf::from("/"),
            environment: &|_| None,
            current_system: "x86_64-linux".to_owned(),
            current_time: 0,
            home: None,
            interrupt: None,
            observe: None,
            message: &|_| (),
            tracing: false,
            realise: None,
            fetcher: None,
            exact_laziness: false,
            refuse_inexact: false,
            exact_if_written: false,
            recover: false,
            recover_syntax: false,
            synonyms: &[],
            full_trace: false,
            pure: false,
            restricted: false,
            allowed_uris: Vec::new(),
            features: Features::default(),
            trace_verbose: false,
            abort_on_warn: false,
            allow_dirty: true,
            warn_dirty: true,
            lints: Lints::default(),
            store_directory: "/nix/store".to_owned(),
        }
    }
}

//! What the fuzzers run: one function for each parser of Launchnix, and for the evaluator and the checker as a whole.
//!
//! A target takes any bytes. It panics where something is wrong: where what it runs panics, and where what that gives
//! contradicts itself. The same targets run in two ways:
//!
//! - `cargo +nightly fuzz run TARGET fuzz/corpus/TARGET fuzz/seeds/TARGET` from the workspace's root: libFuzzer, which
//!   looks for inputs that reach new code;
//! - `cargo test -p launchnix-fuzz-targets`: some seconds of each on stable Rust, with inputs that [`Mutator`] makes of
//!   the seeds; `LAUNCHNIX_FUZZ_SECONDS` and `LAUNCHNIX_SEED` let it run for longer and on others.

mod data;
mod deployment;
mod language;
mod mutate;
mod server;

pub use mutate::Mutator;

/// Something to run on any bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which is that of the directory of its seeds.
    pub name: &'static str,
    /// Runs it.
    pub run: fn(&[u8]),
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "parse", run: language::parse },
    Target { name: "evaluate", run: language::evaluate },
    Target { name: "regex", run: data::regex },
    Target { name: "json", run: data::json },
    Target { name: "toml", run: data::toml },
    Target { name: "version", run: data::version },
    Target { name: "hash", run: data::hash },
    Target { name: "derivation", run: data::derivation },
    Target { name: "xml", run: deployment::xml },
    Target { name: "check", run: deployment::check },
    Target { name: "manifest", run: deployment::manifest },
    Target { name: "server", run: server::messages },
];

/// Runs the target of a name.
///
/// # Panics
///
/// Where there is none, and where the target found something wrong.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("the name of a target").run)(input);
}

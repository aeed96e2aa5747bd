//! Every target for some seconds, on its seeds and on inputs made of them.
//!
//! `LAUNCHNIX_FUZZ_SECONDS` says for how long, `LAUNCHNIX_SEED` where to begin, `LAUNCHNIX_FUZZ_INPUT` runs one file.
//! An input that something is wrong with is left in the temporary directory of the build; its name is in the message.

#![expect(clippy::print_stdout, reason = "a test says how much it tried")]
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads its seeds, the clock and what it is told to try"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use launchnix_fuzz_targets::{Mutator, TARGETS, Target};

/// How long one input may take: far more than any does, as several tests share a machine, and debug builds are slow.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much memory all of it may take.
const MEMORY_KIB: u64 = 3 << 20;

fn number(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds").join(name);
    let files = std::fs::read_dir(&directory).expect("every target has seeds");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("seeds can be listed").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a seed can be read")).collect()
}

/// Runs a target; the error is what is wrong.
fn fuzz(target: Target) -> Result<(), String> {
    let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}", target.name));
    let (sender, progress) = channel();
    let run = move |input: &[u8], left: &Path| {
        // A stack that overflows ends the process; then this file says on what.
        std::fs::write(left, input).expect("the input can be kept");
        let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
        ended.is_ok() && sender.send(()).is_ok()
    };
    let file = left.clone();
    let thread = std::thread::spawn(move || {
        if let Ok(input) = std::env::var("LAUNCHNIX_FUZZ_INPUT") {
            return run(&std::fs::read(input).expect("the input can be read"), &file);
        }
        let seeds = seeds(target.name);
        let mut mutator = Mutator::new(number("LAUNCHNIX_SEED", 1));
        if !seeds.iter().all(|seed| run(seed, &file)) {
            return false;
        }
        let end = Instant::now() + Duration::from_secs(number("LAUNCHNIX_FUZZ_SECONDS", 3));
        while Instant::now() < end {
            if !run(&mutator.input(&seeds), &file) {
                return false;
            }
        }
        true
    });
    let wrong = |what: &str| Err(format!("{}: {what} on {}", target.name, left.display()));
    let mut runs = 0;
    loop {
        match progress.recv_timeout(PATIENCE) {
            Ok(()) => runs += 1,
            Err(RecvTimeoutError::Timeout) => return wrong("took too long"),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if thread.join().ok() != Some(true) {
        return wrong("failed");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let peak: u64 = peak.and_then(|peak| peak.parse().ok()).unwrap_or(0);
    if peak > MEMORY_KIB {
        return Err(format!("{}: {peak} KiB of memory were in use", target.name));
    }
    std::fs::remove_file(&left).expect("the input can be forgotten");
    assert!(runs > 0, "there are seeds");
    println!("{}: {runs} inputs, {peak} KiB", target.name);
    Ok(())
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                let target = TARGETS.iter().find(|target| target.name == stringify!($name));
                fuzz(*target.expect("the name of a target")).unwrap_or_else(|wrong| panic!("{wrong}"));
            }
        )*

        #[test]
        fn every_target_runs() {
            let run = [$(stringify!($name)),*];
            assert!(TARGETS.iter().all(|target| run.contains(&target.name)));
            // libFuzzer has a program for each.
            for name in run {
                let program = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fuzz_targets/{name}.rs"));
                assert!(program.is_file(), "{name} has a program");
            }
        }
    };
}

targets! { parse evaluate regex json toml version hash derivation xml check manifest server }

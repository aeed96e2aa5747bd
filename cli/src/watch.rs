//! `launchnix check --watch`: waiting for a change of any file that a check has read.
//!
//! What decides is what the files are now beside what they were when they were read. The system's notices only say
//! when to look: they may be missing (network file systems, too many watches) and come for files that nobody asked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::Failure;
use crate::terminal;
use crate::watched::Watched;

/// How often to look without a notice.
const INTERVAL: Duration = Duration::from_millis(500);
/// How long files must be at rest before they are read: an editor may write a file in several steps.
const REST: Duration = Duration::from_millis(60);
/// The longest time to wait for files to come to rest.
const RESTLESS: Duration = Duration::from_secs(2);
/// More directories than this are looked at in intervals only.
const MAX_DIRECTORIES: usize = 1000;

/// Waits for changes and for the user's Ctrl-C.
pub(crate) struct Watch {
    wakes: Receiver<()>,
    wake: Sender<()>,
    stopped: Arc<AtomicBool>,
}

impl Watch {
    /// From here on Ctrl-C is noted instead of ending the program.
    pub(crate) fn new() -> Result<Self, Failure> {
        let (wake, wakes) = mpsc::channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(Failure::Watch)?;
        let (noted, waking) = (Arc::clone(&stopped), wake.clone());
        std::thread::spawn(move || {
            for _ in signals.forever() {
                noted.store(true, Ordering::SeqCst);
                // Nobody waits any more where this fails.
                let _ = waking.send(());
            }
        });
        Ok(Self { wakes, wake, stopped })
    }

    /// Whether the user has had enough, to be asked during a check.
    pub(crate) fn interrupt(&self) -> launchnix_compiler::Interrupt {
        let stopped = Arc::clone(&self.stopped);
        Arc::new(move || stopped.load(Ordering::SeqCst))
    }

    /// Whether the user has had enough, or went away.
    pub(crate) fn is_over(&self) -> bool {
        self.stopped.load(Ordering::SeqCst) || terminal::reader_is_gone()
    }

    /// Waits until a file has changed and all are at rest; gives its path, or none where it is over.
    pub(crate) fn wait(&self, watched: &Watched) -> Option<PathBuf> {
        // Kept for as long as it is waited.
        let _watcher = self.watcher(&watched.paths());
        while !self.is_over() {
            if let Some(path) = watched.changed() {
                self.rest(watched);
                return (!self.is_over()).then_some(path);
            }
            match self.wakes.recv_timeout(INTERVAL) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => while self.wakes.try_recv().is_ok() {},
                Err(RecvTimeoutError::Disconnected) => unreachable!("we hold a sender ourselves"),
            }
        }
        None
    }

    fn rest(&self, watched: &Watched) {
        let begun = Instant::now();
        let mut before = watched.now();
        while begun.elapsed() < RESTLESS && !self.is_over() {
            std::thread::sleep(REST);
            let now = watched.now();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Asks for notices on the directories of all paths; without them intervals must do.
    fn watcher(&self, paths: &[PathBuf]) -> Option<RecommendedWatcher> {
        let wake = self.wake.clone();
        let mut watcher = notify::recommended_watcher(move |_| {
            let _ = wake.send(());
        })
        .ok()?;
        let directories: BTreeSet<&Path> = paths.iter().filter_map(|path| existing(path.parent()?)).collect();
        for directory in directories.into_iter().take(MAX_DIRECTORIES) {
            // Where one cannot be watched, intervals do for what is in it.
            let _ = watcher.watch(directory, RecursiveMode::NonRecursive);
        }
        Some(watcher)
    }
}

/// The directory, or the nearest above it that is there: what is missing may come with its directories.
fn existing(directory: &Path) -> Option<&Path> {
    directory.ancestors().find(|directory| directory.is_dir())
}

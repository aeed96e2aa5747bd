//! Checking, on a thread of its own, so that the server always answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use launchnix_compiler::{Checked, Request};
use launchnix_diagnostics::{FileKind, Sources};

use crate::buffers::{Overlay, real_path};
use crate::roots::Kind;

/// What checks a file: the compiler, or what a test puts in its place.
pub(crate) type Check = fn(&(dyn Sources + Sync), &Request) -> Checked;

/// One file to check.
pub(crate) struct Job {
    pub(crate) root: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) files: Overlay,
    pub(crate) disk: Arc<dyn Sources + Send + Sync>,
    pub(crate) search_path: Vec<(String, PathBuf)>,
    pub(crate) home: Option<PathBuf>,
    /// The versions of the buffers that are checked.
    pub(crate) versions: BTreeMap<PathBuf, i32>,
    /// Set where the result is not wanted any more.
    pub(crate) cancelled: Arc<AtomicBool>,
}

/// What came of a job.
pub(crate) struct Finished {
    pub(crate) root: PathBuf,
    pub(crate) versions: BTreeMap<PathBuf, i32>,
    pub(crate) cancelled: Arc<AtomicBool>,
    /// Every path that was looked at, whether something is there or not.
    pub(crate) inputs: BTreeSet<PathBuf>,
    /// The panic's message where the check did not end properly.
    pub(crate) checked: Result<Checked, String>,
}

/// Starts the thread; it ends with the sender of jobs.
pub(crate) fn start(check: Check) -> (Sender<Job>, Receiver<Finished>) {
    let (jobs, to_do) = bounded::<Job>(1);
    let (done, results) = unbounded();
    thread::spawn(move || {
        for job in to_do {
            if done.send(run(check, job)).is_err() {
                return;
            }
        }
    });
    (jobs, results)
}

fn run(check: Check, job: Job) -> Finished {
    let recorded = Recorded { files: job.files, disk: job.disk, inputs: Mutex::default() };
    let cancelled = Arc::clone(&job.cancelled);
    // Of a file that nobody takes for a deployment only the syntax counts: it is parsed, and its evaluation is stopped
    // before it begins.
    let is_over = move || job.kind == Kind::Standalone || cancelled.load(Ordering::Relaxed);
    let request = Request {
        display: job.root.to_string_lossy().into_owned(),
        file: job.root.clone(),
        arguments: Vec::new(),
        search_path: job.search_path,
        home: job.home,
        interrupt: Some(Arc::new(is_over)),
        show_trace: false,
        fetch: None,
        only_mistakes: true,
    };
    let checked = catch_unwind(AssertUnwindSafe(|| check(&recorded, &request))).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(ToString::to_string);
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
    });
    let inputs = recorded.inputs.into_inner().unwrap_or_else(PoisonError::into_inner);
    Finished { root: job.root, versions: job.versions, cancelled: job.cancelled, inputs, checked }
}

/// Sources that remember what was asked for.
struct Recorded {
    files: Overlay,
    disk: Arc<dyn Sources + Send + Sync>,
    inputs: Mutex<BTreeSet<PathBuf>>,
}

impl Recorded {
    fn note(&self, path: &Path) {
        let mut inputs = self.inputs.lock().unwrap_or_else(PoisonError::into_inner);
        if inputs.insert(path.to_owned()) {
            inputs.insert(real_path(&*self.disk, path));
        }
    }
}

impl Sources for Recorded {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.note(path);
        self.files.read(path)
    }

    fn read_start(&self, path: &Path, length: usize) -> io::Result<Vec<u8>> {
        self.note(path);
        self.files.read_start(path, length)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        self.note(path);
        self.files.kind(path)
    }

    fn read_dir(&self, path: &Path) -> io::Result<Vec<(Vec<u8>, FileKind)>> {
        self.note(path);
        self.files.read_dir(path)
    }

    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        self.files.read_link(path)
    }

    fn is_executable(&self, path: &Path) -> io::Result<bool> {
        self.files.is_executable(path)
    }
}

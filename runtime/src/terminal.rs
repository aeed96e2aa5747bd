//! Printing: lines on standard output, errors on standard error, bars only where a person looks.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use launchnix_runtime::apply::Listener;
use launchnix_runtime::error::Error;
use serde::Serialize;

/// Where a run reports to.
pub(crate) struct Terminal {
    /// With JSON on standard output, lines for people go to standard error.
    json: bool,
    bars: MultiProgress,
    shown: Mutex<BTreeMap<String, ProgressBar>>,
    interactive: bool,
}

impl Terminal {
    pub(crate) fn new(json: bool) -> Self {
        let interactive = std::io::stderr().is_terminal();
        Self { json, bars: MultiProgress::new(), shown: Mutex::default(), interactive }
    }

    /// Prints a text as it is. A reader who has gone away is no reason to stop.
    pub(crate) fn print(&self, text: &str) {
        self.bars.suspend(|| {
            let _ = write!(std::io::stdout().lock(), "{text}");
        });
    }

    /// Prints a JSON document.
    pub(crate) fn json(&self, value: &impl Serialize) {
        let text = serde_json::to_string_pretty(value).expect("reports have only string keys");
        self.print(&format!("{text}\n"));
    }

    pub(crate) fn note(&self, note: &str) {
        self.line(&format!("note: {note}"));
    }

    pub(crate) fn error(&self, error: &Error) {
        self.complain(&format!("error: {error}"), error.remedy());
    }

    pub(crate) fn failure(&self, subject: &str, error: &Error) {
        let message = error.message();
        // Most messages name their subject already.
        let text =
            if message.contains(subject) { message.to_owned() } else { format!("{subject}: {message}") };
        self.complain(&format!("error: {text}"), error.remedy());
    }

    /// Takes the bars away.
    pub(crate) fn clear(&self) {
        for (_, bar) in std::mem::take(&mut *self.shown.lock().expect("no thread panics with the lock")) {
            bar.finish_and_clear();
        }
    }

    fn complain(&self, message: &str, help: Option<&str>) {
        self.bars.suspend(|| {
            let mut stream = std::io::stderr().lock();
            let _ = writeln!(stream, "{message}");
            if let Some(help) = help {
                let _ = writeln!(stream, "  help: {help}");
            }
        });
    }

    fn line(&self, text: &str) {
        self.bars.suspend(|| {
            if self.json {
                let _ = writeln!(std::io::stderr().lock(), "{text}");
            } else {
                let _ = writeln!(std::io::stdout().lock(), "{text}");
            }
        });
    }

    fn remove_bar(&self, subject: &str) {
        if let Some(bar) = self.shown.lock().expect("no thread panics with the lock").remove(subject) {
            bar.finish_and_clear();
        }
    }
}

impl Listener for Terminal {
    fn done(&self, subject: &str, what: &str) {
        self.remove_bar(subject);
        self.line(&format!("{subject}: {what}"));
    }

    fn warn(&self, subject: &str, what: &str) {
        self.remove_bar(subject);
        self.line(&format!("{subject}: warning: {what}"));
    }

    fn progress(&self, subject: &str, what: &str, done: u64, total: Option<u64>) {
        if !self.interactive {
            return;
        }
        let mut shown = self.shown.lock().expect("no thread panics with the lock");
        let bar = shown.entry(subject.to_owned()).or_insert_with(|| {
            let bar = self.bars.add(match total {
                Some(total) => ProgressBar::new(total),
                None => ProgressBar::new_spinner(),
            });
            let template = match total {
                Some(_) => "{prefix}: {msg} {bar:30} {bytes}/{total_bytes}",
                None => "{prefix}: {msg} {elapsed}",
            };
            bar.set_style(ProgressStyle::with_template(template).expect("the template is fixed and valid"));
            bar.set_prefix(subject.to_owned());
            bar
        });
        bar.set_message(what.to_owned());
        if total.is_some() {
            bar.set_position(done);
        } else {
            bar.tick();
        }
    }
}

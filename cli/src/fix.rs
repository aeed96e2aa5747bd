//! `launchnix check --fix`: applying the fixes that are sure to be what is meant.
//!
//! Fixes are applied in memory, and the outcome is checked again, until nothing more can be fixed: one fix may bring
//! the next to light. Only then files are written, each whole or not at all.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use launchnix_compiler::{Checked, Request};
use launchnix_diagnostics::{Diagnostic, Edit, SourceId, Sources};
use similar::TextDiff;

use crate::failure::Failure;
use crate::overlay::Overlay;

/// Fixes that call for each other without an end must not go on for ever. Each round applies all that do not touch.
const MAX_ROUNDS: usize = 20;

/// What fixing comes to.
pub(crate) struct Fixed {
    /// The check of what the files hold after it.
    pub(crate) checked: Checked,
    /// How many diagnostics had their fix applied.
    pub(crate) applied: usize,
    /// Every file that changes, by its path.
    pub(crate) files: BTreeMap<PathBuf, FixedFile>,
}

/// A file that changes.
pub(crate) struct FixedFile {
    /// As the user names it.
    pub(crate) name: String,
    before: String,
    after: String,
}

/// Applies all safe fixes in memory. `checked` is what a check of `request` has found already.
pub(crate) fn fix(
    checked: Checked,
    request: &Request,
    current: &Path,
    sources: &(dyn Sources + Sync),
) -> Fixed {
    let mut overlay = Overlay::new(sources);
    let mut fixed = Fixed { checked, applied: 0, files: BTreeMap::new() };
    for _ in 0..MAX_ROUNDS {
        let round = Round::of(&fixed.checked, request, current);
        if round.applied == 0 {
            break;
        }
        let changed: Vec<_> = round.apply(&fixed.checked);
        for (path, _, after) in &changed {
            overlay.change(path.clone(), after.clone().into_bytes());
        }
        let again = launchnix_compiler::check(&overlay, request);
        // A fix that leaves something unreadable is a bug of ours, and must not become the user's.
        if unreadable(&again) > unreadable(&fixed.checked) {
            break;
        }
        for (path, source, after) in changed {
            let file = fixed.checked.sources.get(source);
            let entry = fixed.files.entry(path).or_insert_with(|| FixedFile {
                name: file.name().to_owned(),
                before: file.text().to_owned(),
                after: String::new(),
            });
            entry.after = after;
        }
        fixed.applied += round.applied;
        fixed.checked = again;
    }
    fixed.files.retain(|_, file| file.before != file.after);
    fixed
}

/// How many diagnostics are about syntax.
fn unreadable(checked: &Checked) -> usize {
    checked.diagnostics.iter().filter(|diagnostic| diagnostic.code.as_str().starts_with("LNX01")).count()
}

/// The fixes that can be applied together.
struct Round {
    /// In the order of their places, none touching another.
    edits: BTreeMap<SourceId, Vec<Edit>>,
    paths: BTreeMap<SourceId, PathBuf>,
    applied: usize,
}

impl Round {
    fn of(checked: &Checked, request: &Request, current: &Path) -> Self {
        let mut round = Self { edits: BTreeMap::new(), paths: BTreeMap::new(), applied: 0 };
        for diagnostic in checked.diagnostics.iter().filter(|diagnostic| diagnostic.has_safe_fix()) {
            round.add(diagnostic, checked, request, current);
        }
        round
    }

    /// Takes all edits of a fix, or none.
    fn add(&mut self, diagnostic: &Diagnostic, checked: &Checked, request: &Request, current: &Path) {
        let edits = diagnostic.edits();
        for edit in &edits {
            let source = edit.span.source;
            if let Entry::Vacant(entry) = self.paths.entry(source) {
                let Some(path) = editable(source, checked, request, current) else { return };
                entry.insert(path);
            }
            let text = checked.sources.get(source).text();
            if text.get(edit.span.start as usize..edit.span.end as usize).is_none() {
                return;
            }
        }
        let taken = |edit: &Edit| self.edits.get(&edit.span.source).map_or(&[][..], Vec::as_slice);
        // Two diagnostics may want the same change, which is then made once.
        if edits.iter().all(|edit| taken(edit).contains(edit)) {
            self.applied += 1;
            return;
        }
        let touches = |edit: &Edit| {
            let span = edit.span;
            taken(edit).iter().any(|other| span.start <= other.span.end && other.span.start <= span.end)
        };
        if edits.iter().any(touches) {
            return;
        }
        for edit in edits {
            self.edits.entry(edit.span.source).or_default().push(edit);
        }
        self.applied += 1;
    }

    /// The files with these edits made.
    fn apply(&self, checked: &Checked) -> Vec<(PathBuf, SourceId, String)> {
        let each = self.edits.iter().map(|(&source, edits)| {
            let text = checked.sources.get(source).text();
            let mut edits: Vec<_> = edits.iter().collect();
            edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
            let is_crlf = text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
            let mut after = String::with_capacity(text.len());
            let mut at = 0;
            for edit in edits {
                after.push_str(&text[at..edit.span.start as usize]);
                if is_crlf {
                    after.push_str(&edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n"));
                } else {
                    after.push_str(&edit.replacement);
                }
                at = edit.span.end as usize;
            }
            after.push_str(&text[at..]);
            (self.paths[&source].clone(), source, after)
        });
        each.collect()
    }
}

/// The path of a source that is the deployment's own: read by it, and neither in a store nor below a lookup path.
fn editable(source: SourceId, checked: &Checked, request: &Request, current: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(current.join(checked.sources.get(source).name())).ok()?;
    // Links are followed on both sides: what matters is which file is written in the end.
    let is_real = |path: &Path| fs::canonicalize(path).is_ok_and(|other| other == real);
    let input = checked.inputs.iter().find(|input| is_real(&input.path))?;
    let is_below = |directory: &Path| fs::canonicalize(directory).is_ok_and(|other| real.starts_with(other));
    let in_lookup_path = request.search_path.iter().any(|(_, entry)| is_below(entry));
    let is_deployment = is_real(&request.file);
    let in_store = real.starts_with("/nix/store");
    (!in_store && (is_deployment || !in_lookup_path)).then(|| input.path.clone())
}

impl FixedFile {
    /// What changes, as `diff -u` shows it.
    pub(crate) fn diff(&self, color: bool) -> String {
        let diff = TextDiff::from_lines(self.before.as_str(), self.after.as_str());
        let name = |side: &str| {
            // As git has it, a name that needs it is quoted.
            let path = format!("{side}/{}", self.name.trim_start_matches("./").trim_start_matches('/'));
            if path.chars().any(char::is_control) { format!("{path:?}") } else { path }
        };
        let text = diff.unified_diff().header(&name("a"), &name("b")).to_string();
        if !color {
            return text;
        }
        let colored = text.lines().map(|line| {
            let color = match line.as_bytes().first() {
                _ if line.starts_with("---") || line.starts_with("+++") => "1",
                Some(b'-') => "31",
                Some(b'+') => "32",
                Some(b'@') => "36",
                _ => return format!("{line}\n"),
            };
            format!("\u{1b}[{color}m{line}\u{1b}[0m\n")
        });
        colored.collect()
    }

    /// Replaces the file on disk by one with the new content, in one step. The mode and the owner stay; a symbolic link
    /// stays one, and what it points to is replaced.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let failed = |error| Failure::Fix { name: self.name.clone(), error };
        let real = fs::canonicalize(path).map_err(failed)?;
        if fs::read(&real).map_err(failed)? != self.before.as_bytes() {
            return Err(Failure::FixChanged { name: self.name.clone() });
        }
        let metadata = fs::metadata(&real).map_err(failed)?;
        let directory = real.parent().unwrap_or(Path::new("/"));
        let mut file =
            tempfile::Builder::new().prefix(".launchnix-fix-").tempfile_in(directory).map_err(failed)?;
        file.write_all(self.after.as_bytes()).map_err(failed)?;
        let (user, group) = (metadata.uid(), metadata.gid());
        // Whoever may write a file that is another's need not be able to give files away.
        let _ = rustix::fs::fchown(
            file.as_file(),
            Some(rustix::fs::Uid::from_raw(user)),
            Some(rustix::fs::Gid::from_raw(group)),
        );
        let mode = fs::Permissions::from_mode(metadata.mode() & 0o7777);
        file.as_file().set_permissions(mode).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&real).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

#[cfg(test)]
#[path = "fix_tests.rs"]
mod tests;

//! `launchnix check --fix`: applying the fixes that are sure to be what is meant.
//!
//! Fixes are applied in memory, and the outcome is checked again, until nothing more can be fixed: one fix may bring
//! the next to light. Only then files are written, each whole or not at all.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use launchnix_compiler::guests::Guest;
use launchnix_compiler::{Checked, Request};
use launchnix_diagnostics::{Diagnostic, Edit, SourceId, Sources};
use similar::TextDiff;

use crate::deployment_file;
use crate::failure::Failure;
use crate::overlay::Overlay;
use crate::render::{self, Charset};

/// Fixes that call for each other without an end must not go on for ever. Each round applies all that do not touch.
const MAX_ROUNDS: usize = 20;

/// Where fixes do harm together, so many are tried one after the other.
const MAX_TRIED: usize = 200;

/// How often guests are evaluated anew with what was fixed in them.
const MAX_GUEST_ROUNDS: usize = 4;

/// Evaluates the guests of files, and adds what is wrong with them.
pub(crate) type Evaluate<'e> = &'e dyn Fn(&(dyn Sources + Sync), &mut Checked) -> Vec<Guest>;

/// Which files may be changed.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s> {
    /// What names of files are relative to.
    pub(crate) current: &'s Path,
    /// Whether it is the deployment file alone, as where that is standard input.
    pub(crate) only_deployment: bool,
}

/// What fixing comes to.
pub(crate) struct Fixed {
    /// The check of what the files hold after it.
    pub(crate) checked: Checked,
    /// The guests that were evaluated, if they are to be.
    pub(crate) guests: Option<Vec<Guest>>,
    /// How many diagnostics had their fix applied.
    pub(crate) applied: usize,
    /// Every file that changes, by its path.
    pub(crate) files: BTreeMap<PathBuf, FixedFile>,
}

/// A file that changes.
#[derive(Clone)]
pub(crate) struct FixedFile {
    /// As the user names it.
    pub(crate) name: String,
    /// As a diff names it: below the current directory or the root, for `patch` follows no `..`.
    below: String,
    before: String,
    after: String,
}

/// Applies all safe fixes in memory. `checked` is what a check of `request` has found already; `evaluate` adds what is
/// wrong with guests.
pub(crate) fn fix(
    checked: Checked,
    request: &Request,
    scope: Scope<'_>,
    sources: &(dyn Sources + Sync),
    evaluate: Option<Evaluate<'_>>,
) -> Fixed {
    let mut overlay = Overlay::new(sources);
    let mut fixed = Fixed { checked, guests: None, applied: 0, files: BTreeMap::new() };
    fix_all(&mut fixed, request, scope, &mut overlay);
    if let Some(evaluate) = evaluate {
        fix_guests(&mut fixed, request, scope, &mut overlay, evaluate);
    }
    fixed.files.retain(|_, file| file.before != file.after);
    fixed
}

/// Applies what a check finds to fix, until nothing is left.
fn fix_all(fixed: &mut Fixed, request: &Request, scope: Scope<'_>, overlay: &mut Overlay<'_>) {
    for _ in 0..MAX_ROUNDS {
        if !fix_some(fixed, request, scope, overlay) {
            break;
        }
    }
}

/// Evaluates guests, applies what there is to fix in them, and does so again. What makes more of a guest no valid Nix is
/// not kept.
fn fix_guests(
    fixed: &mut Fixed,
    request: &Request,
    scope: Scope<'_>,
    overlay: &mut Overlay<'_>,
    evaluate: Evaluate<'_>,
) {
    fixed.guests = Some(evaluate(overlay, &mut fixed.checked));
    for _ in 0..MAX_GUEST_ROUNDS {
        let (checked, files, applied) = (fixed.checked.clone(), fixed.files.clone(), fixed.applied);
        if !fix_some(fixed, request, scope, overlay) {
            break;
        }
        fix_all(fixed, request, scope, overlay);
        let guests = evaluate(overlay, &mut fixed.checked);
        if count(&fixed.checked, "LNX01") > count(&checked, "LNX01") {
            (fixed.checked, fixed.files, fixed.applied) = (checked, files, applied);
            break;
        }
        fixed.guests = Some(guests);
    }
}

/// Applies what was found last. Says whether anything was.
fn fix_some(fixed: &mut Fixed, request: &Request, scope: Scope<'_>, overlay: &mut Overlay<'_>) -> bool {
    let fixable: Vec<_> = fixed.checked.diagnostics.iter().filter(|one| one.has_safe_fix()).collect();
    let attempt = |diagnostics: &[&Diagnostic], overlay: &mut Overlay<'_>| {
        attempt(diagnostics, &fixed.checked, request, scope, overlay)
    };
    let mut outcome = attempt(&fixable, overlay);
    if outcome.is_none() && fixable.len() > 1 {
        // Some of them are at fault, and must not stand in the way of the others.
        let mut harmless = Vec::new();
        for one in fixable.iter().copied().take(MAX_TRIED) {
            harmless.push(one);
            match attempt(&harmless, overlay) {
                Some(found) => outcome = Some(found),
                None => drop(harmless.pop()),
            }
        }
    }
    let Some(Attempt { applied, changed, checked: again }) = outcome else { return false };
    for (path, source, after) in changed {
        overlay.change(path.clone(), after.clone().into_bytes());
        let file = fixed.checked.sources.get(source);
        let entry = fixed.files.entry(path).or_insert_with(|| FixedFile {
            name: file.name().to_owned(),
            below: below(file.name(), scope.current),
            before: file.text().to_owned(),
            after: String::new(),
        });
        entry.after = after;
    }
    fixed.applied += applied;
    fixed.checked = again;
    true
}

fn below(name: &str, current: &Path) -> String {
    let path = deployment_file::normal(&current.join(name));
    let below = path.strip_prefix(current).or_else(|_| path.strip_prefix("/")).unwrap_or(&path);
    below.display().to_string()
}

/// What comes of some fixes.
struct Attempt {
    applied: usize,
    changed: Vec<(PathBuf, SourceId, String)>,
    checked: Checked,
}

/// Applies fixes and checks what comes of them, and leaves the files as they were. None where nothing changes, or where
/// something could not be read or evaluated any more: such a fix is a bug of ours, and must not become the user's.
fn attempt(
    diagnostics: &[&Diagnostic],
    before: &Checked,
    request: &Request,
    scope: Scope<'_>,
    overlay: &mut Overlay<'_>,
) -> Option<Attempt> {
    let round = Round::of(diagnostics, before, request, scope);
    let changed = round.apply(before);
    if changed.is_empty() {
        return None;
    }
    for (path, _, after) in &changed {
        overlay.change(path.clone(), after.clone().into_bytes());
    }
    let checked = launchnix_compiler::check(overlay, request);
    for (path, source, _) in &changed {
        overlay.change(path.clone(), before.sources.get(*source).text().to_owned().into_bytes());
    }
    // What could not be evaluated before says nothing of the fix that brings it to light.
    let mends_evaluation = diagnostics.iter().any(|one| one.code.as_str() < "LNX0300");
    let is_worse = count(&checked, "LNX01") > count(before, "LNX01")
        || !mends_evaluation && count(&checked, "LNX02") > count(before, "LNX02");
    (!is_worse).then_some(Attempt { applied: round.applied, changed, checked })
}

/// How many diagnostics are of a family.
fn count(checked: &Checked, family: &str) -> usize {
    checked.diagnostics.iter().filter(|diagnostic| diagnostic.code.as_str().starts_with(family)).count()
}

/// The fixes that can be applied together.
struct Round {
    /// In the order of their places, none touching another.
    edits: BTreeMap<SourceId, Vec<Edit>>,
    paths: BTreeMap<SourceId, PathBuf>,
    applied: usize,
}

impl Round {
    fn of(diagnostics: &[&Diagnostic], checked: &Checked, request: &Request, scope: Scope<'_>) -> Self {
        let mut round = Self { edits: BTreeMap::new(), paths: BTreeMap::new(), applied: 0 };
        for diagnostic in diagnostics {
            round.add(diagnostic, checked, request, scope);
        }
        round
    }

    /// Takes all edits of a fix, or none.
    fn add(&mut self, diagnostic: &Diagnostic, checked: &Checked, request: &Request, scope: Scope<'_>) {
        let edits = diagnostic.edits();
        for edit in &edits {
            let source = edit.span.source;
            if let Entry::Vacant(entry) = self.paths.entry(source) {
                let Some(path) = editable(source, checked, request, scope) else { return };
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
fn editable(source: SourceId, checked: &Checked, request: &Request, scope: Scope<'_>) -> Option<PathBuf> {
    let name = checked.sources.get(source).name();
    if scope.only_deployment {
        return (name == request.display).then(|| request.file.clone());
    }
    // A name is text, which the path that it stands for need not be.
    let named = if name == request.display { request.file.clone() } else { scope.current.join(name) };
    let real = fs::canonicalize(named).ok()?;
    // Links are followed on both sides: what matters is which file is written in the end.
    let is_real = |path: &Path| fs::canonicalize(path).is_ok_and(|other| other == real);
    let mut inputs = checked.inputs.iter().map(|input| &input.path).chain(&checked.guest_files);
    let input = inputs.find(|input| is_real(input))?;
    let is_below = |directory: &Path| fs::canonicalize(directory).is_ok_and(|other| real.starts_with(other));
    let in_lookup_path = request.search_path.iter().any(|(_, entry)| is_below(entry));
    let is_deployment = is_real(&request.file);
    let in_store = real.starts_with("/nix/store");
    (!in_store && (is_deployment || !in_lookup_path)).then(|| input.clone())
}

impl FixedFile {
    /// The text with all fixes made.
    pub(crate) fn after(&self) -> &str {
        &self.after
    }

    /// What changes, as `diff -u` shows it and `patch` takes it.
    pub(crate) fn diff(&self) -> String {
        // Only `\n` ends a line: `patch` knows no other.
        let before: Vec<_> = self.before.split_inclusive('\n').collect();
        let after: Vec<_> = self.after.split_inclusive('\n').collect();
        let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
        diff.unified_diff().header(&self.diff_name("a"), &self.diff_name("b")).to_string()
    }

    /// The same for a screen, where it may be coloured, and nothing of the files may reach the terminal as it is.
    pub(crate) fn diff_on_screen(&self, color: bool, charset: Charset) -> String {
        let mut shown = String::new();
        for line in self.diff().split_terminator('\n') {
            let safe = render::safe_source(line.strip_suffix('\r').unwrap_or(line), charset);
            let code = match line.as_bytes().first() {
                _ if !color => None,
                _ if line.starts_with("--- ") || line.starts_with("+++ ") => Some("1"),
                Some(b'-') => Some("31"),
                Some(b'+') => Some("32"),
                Some(b'@') => Some("36"),
                _ => None,
            };
            match code {
                Some(code) => shown.extend(["\u{1b}[", code, "m", &safe, "\u{1b}[0m\n"]),
                None => shown.extend([&safe, "\n"]),
            }
        }
        shown
    }

    /// The file's name on one side of a diff, as git writes it: quoted as in C where it would not be one line, and
    /// followed by a tab where it has a space, for `patch` looks for a date behind that.
    fn diff_name(&self, side: &str) -> String {
        let path = format!("{side}/{}", self.below);
        if !path.contains(|character: char| character.is_control() || matches!(character, '"' | '\\')) {
            return if path.contains(' ') { path + "\t" } else { path };
        }
        let mut quoted = String::from("\"");
        for byte in path.bytes() {
            match byte {
                b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
                b' '..=b'~' => quoted.push(char::from(byte)),
                // Writing to a string does not fail.
                _ => drop(write!(quoted, "\\{byte:03o}")),
            }
        }
        quoted + "\""
    }

    /// Whether the file itself may be written. Replacing it would take no more than a directory that may be.
    pub(crate) fn expect_writable(&self, path: &Path) -> Result<(), Failure> {
        rustix::fs::access(path, rustix::fs::Access::WRITE_OK)
            .map_err(|error| Failure::Fix { name: self.name.clone(), error: error.into() })
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

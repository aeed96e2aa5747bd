//! Warnings that no option's declaration gives: on how a file is written, and on what a deployment leaves to chance.
//!
//! Only files of the user are looked at, not what a lookup path or a store brings. Each is [`read`] once, when it is
//! evaluated: `scopes` reads its names, `names` has the lints on them, `allow` the comments that silence warnings.
//! `machines` has the lints on the deployment.

mod allow;
mod machines;
mod mentioned;
mod names;
mod scopes;
pub(crate) mod shared;

use std::collections::HashSet;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, Span};
use launchnix_evaluator::syntax::Parsed;
use launchnix_schema::Deployment;

pub(crate) use machines::{domain_lints, foreign_address};

use allow::Allow;
use names::File;

/// What there is to say of how a file is written.
pub(crate) struct Read {
    source: SourceId,
    allows: Vec<Allow>,
    /// Mistakes in comments that silence.
    mistakes: Vec<Diagnostic>,
    lints: Vec<Diagnostic>,
    boot_disks: Vec<BootDisk>,
}

/// A string that sends GRUB to `/dev/vda`.
struct BootDisk {
    span: Span,
    /// Where the bindings around it begin.
    around: Vec<u32>,
}

/// Reads a file.
pub(crate) fn read(source: SourceId, parsed: &Parsed<'_>) -> Read {
    let text = parsed.text();
    let (allows, mistakes) = allow::allows(source, text, parsed);
    let mut read = Read { source, allows, mistakes, lints: Vec::new(), boot_disks: Vec::new() };
    // Names that could not be read would seem unused.
    if !parsed.is_valid() {
        return read;
    }
    let scopes = scopes::scopes(parsed.root());
    let file = File { source, text, scopes: &scopes };
    read.lints = names::lints(&file);
    read.lints.extend(names::unpinned_nixpkgs(&file));
    let boot_disks = scopes.grub_devices.into_iter();
    read.boot_disks = boot_disks
        .map(|device| BootDisk { span: Span::new(source, device.start, device.end), around: device.around })
        .collect();
    read
}

/// Adds the lints on the user's files, and takes out what their comments silence.
pub(crate) fn apply(files: Vec<Read>, deployment: Option<&Deployment>, diagnostics: &mut Vec<Diagnostic>) {
    let unread: HashSet<SourceId> = diagnostics
        .iter()
        .filter(|diagnostic| hides_names(diagnostic.code))
        .filter_map(|diagnostic| Some(diagnostic.primary?.source))
        .collect();
    let (mut allows, mut boot_disks) = (Vec::new(), Vec::new());
    for read in files {
        allows.extend(read.allows);
        diagnostics.extend(read.mistakes);
        if !unread.contains(&read.source) {
            diagnostics.extend(read.lints);
            boot_disks.extend(read.boot_disks);
        }
    }
    diagnostics.extend(
        deployment.map(|deployment| machines::grub_devices(deployment, &boot_disks)).unwrap_or_default(),
    );
    if !allows.is_empty() {
        allow::silence(&mut allows, diagnostics);
        // A machine with a mistake may lack the warning that is silenced.
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let mut useless = allow::useless(&allows);
            allow::silence(&mut allows, &mut useless);
            diagnostics.extend(useless);
        }
    }
}

fn hides_names(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::DuplicateAttribute | Code::UndefinedVariable | Code::SyntaxLimit)
}

//! Warnings that no option's declaration gives: on how a file is written, and on what a deployment leaves to chance.
//!
//! Only files of the user are looked at, not what a lookup path or a store brings. Each is [`read`] once, when it is
//! evaluated: `scopes` reads its names, `names` has the lints on them, `allow` the comments that silence warnings.
//! `machines`, `boot_disks` and `ssh_keys` have the lints on the deployment; `modules` reads what
//! NixOS modules say.

mod allow;
mod boot_disks;
mod machines;
mod mentioned;
mod modules;
mod names;
mod scopes;
pub(crate) mod shared;
mod ssh_keys;

use std::collections::HashSet;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap};
use launchnix_evaluator::syntax::{Parsed, parse_plainly};
use launchnix_schema::Deployment;

pub(crate) use machines::{domain_lints, foreign_address};

pub(crate) use allow::{Allow, of_xml as allows_of_xml};
pub(crate) use modules::Files;
use modules::Modules;
use names::File;

/// What there is to say of how a file is written.
pub(crate) struct Read {
    source: SourceId,
    allows: Vec<Allow>,
    /// Mistakes in comments that silence.
    mistakes: Vec<Diagnostic>,
    lints: Vec<Diagnostic>,
    modules: Modules,
}

impl Read {
    /// The file.
    pub(crate) fn source(&self) -> SourceId {
        self.source
    }
}

/// Reads a file.
pub(crate) fn read(source: SourceId, parsed: &Parsed<'_>) -> Read {
    let text = parsed.text();
    let (allows, mistakes) = allow::allows(source, text, parsed);
    let mut read = Read { source, allows, mistakes, lints: Vec::new(), modules: Modules::default() };
    // Names that could not be read would seem unused.
    if !parsed.is_valid() {
        return read;
    }
    let scopes = scopes::scopes(parsed.root());
    let file = File { source, text, scopes: &scopes };
    read.lints = names::lints(&file);
    read.lints.extend(names::unpinned_nixpkgs(&file));
    read.modules = Modules::of(&scopes);
    read
}

/// Adds the lints on the user's files, and takes out what their comments silence. Returns whether there was one on what
/// the deployment says.
pub(crate) fn apply(
    read: Vec<Read>,
    in_xml: Vec<Allow>,
    deployment: Option<&Deployment>,
    files: &Files<'_>,
    map: &mut SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let unread: HashSet<SourceId> = diagnostics
        .iter()
        .filter(|diagnostic| hides_names(diagnostic.code))
        .filter_map(|diagnostic| Some(diagnostic.primary?.source))
        .collect();
    let (mut allows, mut modules) = (in_xml, Vec::new());
    for read in read {
        allows.extend(read.allows);
        diagnostics.extend(read.mistakes);
        if !unread.contains(&read.source) {
            diagnostics.extend(read.lints);
            modules.push((read.source, read.modules));
        }
    }
    ssh_keys::silence(deployment, &modules, files, diagnostics);
    let moved = deployment.map(|deployment| boot_disks::moved(deployment, &modules, files, map));
    let of_deployment = moved.unwrap_or_default();
    let has_of_deployment = !of_deployment.is_empty();
    diagnostics.extend(of_deployment);
    if !allows.is_empty() {
        allow::silence(&mut allows, diagnostics);
        // A machine with a mistake may lack the warning that is silenced.
        if !diagnostics.iter().any(Diagnostic::is_error) {
            let mut useless = allow::useless(&allows);
            allow::silence(&mut allows, &mut useless);
            diagnostics.extend(useless);
        }
    }
    has_of_deployment
}

/// Takes out the warnings of guests that comments in the user's files silence.
pub(crate) fn silence_guests(sources: &SourceMap, diagnostics: &mut Vec<Diagnostic>) {
    let warnings = diagnostics.iter().filter(|one| !one.is_error());
    let files: HashSet<SourceId> = warnings.filter_map(|one| Some(one.primary?.source)).collect();
    let mut allows = Vec::new();
    for source in files {
        let text = sources.get(source).text();
        allows.extend(allow::allows(source, text, &parse_plainly(text)).0);
    }
    allow::silence(&mut allows, diagnostics);
}

fn hides_names(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::DuplicateAttribute | Code::UndefinedVariable | Code::SyntaxLimit)
}

//! Warnings that no option's declaration gives: on how a file is written, and on what a deployment leaves to chance.
//!
//! Only files of the user are looked at, not what a lookup path or a store brings. Each is [`read`] once, when it is
//! evaluated: `scopes` reads its names, `names` has the lints on them, `allow` the comments that silence warnings.
//! `machines`, `boot_disks` and `brought` have the lints on the deployment; `modules` reads what
//! NixOS modules say.

mod allow;
mod boot_disks;
mod brought;
mod doubt;
mod machines;
mod mentioned;
mod modules;
mod names;
mod scopes;
pub(crate) mod shared;

use std::collections::HashSet;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap};
use launchnix_evaluator::syntax::{Parsed, parse_plainly};
use launchnix_schema::Deployment;

pub(crate) use machines::{domain_lints, foreign_address};

pub(crate) use allow::{Allow, of_xml as allows_of_xml};
use doubt::{Doubts, Lint};
pub(crate) use modules::Files;
use modules::Modules;
use names::File;

/// What there is to say of how a file is written.
pub(crate) struct Read {
    source: SourceId,
    allows: Vec<Allow>,
    /// Mistakes in comments that silence.
    mistakes: Vec<Diagnostic>,
    lints: Vec<Lint>,
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
    let scopes = scopes::scopes(parsed.root());
    let file = File { source, text, scopes: &scopes };
    let mut lints = names::lints(&file);
    lints.extend(names::unpinned_nixpkgs(&file));
    if !parsed.is_valid() {
        // What could not be read is better left as it is.
        for lint in &mut lints {
            lint.diagnostic.fix = None;
        }
    }
    Read { source, allows, mistakes, lints, modules: Modules::of(&scopes) }
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
    let (mut allows, mut modules, mut lints) = (in_xml, Vec::new(), Vec::new());
    for read in read {
        allows.extend(read.allows);
        lints.extend(read.mistakes);
        lints.extend(without_doubt(read.source, read.lints, diagnostics, map));
        modules.push((read.source, read.modules));
    }
    brought::silence(deployment, &modules, files, diagnostics);
    diagnostics.extend(lints);
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

/// The lints on a file that do not follow from the mistakes in it.
fn without_doubt(
    source: SourceId,
    mut lints: Vec<Lint>,
    mistakes: &[Diagnostic],
    map: &SourceMap,
) -> impl Iterator<Item = Diagnostic> {
    /// Whoever has so many mistakes in the names of a file has no eye for the rest.
    const ENOUGH: usize = 100;
    if !lints.is_empty() {
        let of_names = mistakes.iter().filter(|mistake| concerns_names(mistake.code));
        let is_here = |mistake: &&Diagnostic| mistake.primary.is_some_and(|place| place.source == source);
        let here: Vec<_> = of_names.filter(is_here).take(ENOUGH).collect();
        let is_hopeless = here.len() == ENOUGH;
        let doubts = Doubts::new(here, map.get(source).text());
        lints.retain(|lint| !is_hopeless && !doubts.concern(lint));
    }
    lints.into_iter().map(|lint| lint.diagnostic)
}

fn concerns_names(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::DuplicateAttribute | Code::UndefinedVariable | Code::SyntaxLimit)
}

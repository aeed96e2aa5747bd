//! Warnings that no option's declaration gives: on how a file is written, and on what a deployment leaves to chance.
//!
//! Only files of the user are looked at, not what a lookup path or a store brings. `tokens` and `scopes` read a file,
//! `names` has the lints on it, `machines` those on the deployment, and `allow` the comments that silence warnings.

mod allow;
mod machines;
mod names;
mod scopes;
mod tokens;

use std::collections::HashSet;

use launchnix_diagnostics::{Code, Diagnostic, SourceId, SourceMap};
use launchnix_schema::Deployment;

pub(crate) use machines::{domain_lints, foreign_address};

use names::File;

/// Adds the lints on the user's files, and takes out what their comments silence.
pub(crate) fn apply(
    sources: &SourceMap,
    is_users: impl Fn(&str) -> bool,
    deployment: Option<&Deployment>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Names that could not be read would seem unused.
    let unread: HashSet<SourceId> = diagnostics
        .iter()
        .filter(|diagnostic| hides_names(diagnostic.code))
        .filter_map(|diagnostic| Some(diagnostic.primary?.source))
        .collect();
    let (mut allows, mut boot_disks) = (Vec::new(), Vec::new());
    for (source, file) in sources.iter().filter(|(_, file)| !file.is_data() && is_users(file.name())) {
        let text = file.text();
        let tokens = tokens::tokens(text);
        let (found, mistakes) = allow::allows(source, text, &tokens);
        allows.extend(found);
        diagnostics.extend(mistakes);
        if unread.contains(&source) {
            continue;
        }
        if let Some(scopes) = scopes::scopes(text, &tokens.tokens) {
            let file = File { source, text, tokens: &tokens, scopes: &scopes };
            diagnostics.extend(names::lints(&file));
            diagnostics.extend(names::unpinned_nixpkgs(&file));
            boot_disks.extend(names::boot_disks(&file));
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

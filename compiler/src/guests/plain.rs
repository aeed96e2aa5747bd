//! What a plain check would say of a failure.

use launchnix_diagnostics::Diagnostic;
use launchnix_evaluator::Failure;

use super::evaluation::Scene;
use super::joined;
use super::report::Report;
use crate::findings::{
    explain_adjacent, explain_missing_file, keep_fix_of_programs, mend_interpolation, name_file,
};
use crate::meant;
use crate::paths::Base;

/// A failure as a plain check tells it, if its place is in a file of the user.
pub(super) fn plain(scene: &Scene<'_, '_>, report: &mut Report<'_>, failure: &Failure) -> Option<Diagnostic> {
    let e = scene.evaluator;
    let mut diagnostic = e.diagnose(Box::new(failure.clone())).into_iter().next()?;
    let map = e.source_map();
    if !scene.is_users(&map, diagnostic.primary?) {
        return None;
    }
    let request = scene.run.request;
    let directory = request.file.parent().unwrap_or(&request.file).to_owned();
    let base = Base { directory, home: request.home.clone() };
    explain_missing_file(&mut diagnostic, request);
    if !joined::explain(&mut diagnostic, &map) {
        explain_adjacent(&mut diagnostic, &map);
        mend_interpolation(&mut diagnostic, &map);
        meant::explain(&mut diagnostic, &map, scene.run.build);
    }
    name_file(&mut diagnostic, &map, request, &base);
    keep_fix_of_programs(&mut diagnostic, &map, request);
    diagnostic.labels.retain(|label| scene.is_users(&map, label.span));
    Some(report.moved(&map, diagnostic))
}

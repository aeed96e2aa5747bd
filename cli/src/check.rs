//! `launchnix check`.

use launchnix_compiler::Checked;
use launchnix_diagnostics::{Diagnostic, SourceMap};

use crate::arguments::{CheckArguments, DeploymentArguments, OutputArguments};
use crate::deployment_file;
use crate::disk_sources::DiskSources;
use crate::failure::{Failure, Outcome};
use crate::render::{self, Format, Look};
use crate::terminal;

/// Checks a deployment file and shows its mistakes.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let look = terminal::look(&arguments.output);
    let (outcome, checked) = check(&arguments.deployment, &arguments.output, &look)?;
    if let Some(checked) = checked
        && arguments.output.format != Format::Json
    {
        terminal::report(&conclusion(&checked, &look));
    }
    Ok(outcome)
}

/// A deployment that was checked, under the name that the user has for it.
pub(crate) struct CheckedFile {
    pub(crate) display: String,
    pub(crate) checked: Checked,
}

/// Checks and shows all diagnostics, but no conclusion. Without result where there is no file to check.
pub(crate) fn check(
    deployment: &DeploymentArguments,
    output: &OutputArguments,
    look: &Look,
) -> Result<(Outcome, Option<CheckedFile>), Failure> {
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    let file = match deployment_file::find(deployment.file.as_deref(), &current) {
        Ok(file) => file,
        Err(diagnostic) => {
            show(&[*diagnostic], &SourceMap::new(), output.format, look)?;
            return Ok((Outcome::Outside, None));
        }
    };
    let request = deployment_file::request(&file, deployment, &current);
    let checked = launchnix_compiler::check(&DiskSources, &request);
    show(&checked.diagnostics, &checked.sources, output.format, look)?;
    let has_errors = checked.diagnostics.iter().any(Diagnostic::is_error);
    let outcome = if has_errors { Outcome::Mistakes } else { Outcome::Fine };
    Ok((outcome, Some(CheckedFile { display: file.display, checked })))
}

/// Shows diagnostics: to people on standard error, to programs on standard output.
pub(crate) fn show(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    format: Format,
    look: &Look,
) -> Result<(), Failure> {
    for diagnostic in diagnostics {
        let text = render::render(diagnostic, sources, format, look);
        match format {
            Format::Json => terminal::print(&text)?,
            Format::Short => terminal::report(&text),
            Format::Full => terminal::report(&format!("{text}\n")),
        }
    }
    Ok(())
}

/// `2 errors, 1 warning`, or what was found to be fine.
fn conclusion(file: &CheckedFile, look: &Look) -> String {
    let name = render::safe_line(&file.display, look);
    let machines = file.checked.deployment.as_ref().map_or(0, |deployment| deployment.machines.len());
    let machines = if machines == 1 { "1 machine".to_owned() } else { format!("{machines} machines") };
    match render::summary(&file.checked.diagnostics) {
        Some(summary) if file.checked.diagnostics.iter().any(Diagnostic::is_error) => {
            format!("{name}: {summary}\n")
        }
        Some(summary) => format!("{name}: {machines}, {summary}\n"),
        None => format!("{name}: {machines}, no mistakes\n"),
    }
}

//! `launchnix compile`.

use launchnix_diagnostics::Diagnostic;

use crate::arguments::CompileArguments;
use crate::build_directory::{self, Written};
use crate::check;
use crate::deployment_file;
use crate::failure::{Failure, Outcome};
use crate::render;
use crate::terminal;

/// Checks a deployment file and writes its build directory; nothing is written where there are errors.
pub(crate) fn run(arguments: &CompileArguments) -> Result<Outcome, Failure> {
    let look = terminal::look(&arguments.output);
    let format = arguments.output.format;
    let conclude = |text: &str| {
        if !format.is_for_programs() {
            terminal::report(text);
        }
    };
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    let (outcome, file) = check::check(&arguments.deployment, &arguments.output, &look, &current)?;
    let Some(mut file) = file else { return Ok(outcome) };
    file.checked = file.checked.placed(&deployment_file::normal(&current.join(&arguments.out)));
    let name = render::safe_line(&file.display, &look);
    let mut diagnostics = file.checked.diagnostics.clone();
    let artifacts = match outcome {
        Outcome::Fine => {
            launchnix_compiler::compile(&file.checked).map_err(|found| diagnostics.extend(found)).ok()
        }
        _ => None,
    };
    // All at once: a document of SARIF holds a whole run.
    check::show_messages(&file.checked);
    check::show(&diagnostics, &file.checked.sources, format, &look, &current)?;
    let Some(artifacts) = artifacts else {
        let summary = render::summary(&diagnostics).unwrap_or_else(|| "not compiled".to_owned());
        conclude(&format!("{name}: {summary}; nothing was written\n"));
        return Ok(Outcome::Mistakes);
    };
    let written = build_directory::write(&arguments.out, &artifacts.files)?;
    let warnings = render::summary(&diagnostics).map(|summary| format!(", {summary}")).unwrap_or_default();
    let out = render::safe_line(&arguments.out.display().to_string(), &look);
    conclude(&format!("{name}: {}{warnings}\n", outcome_text(&out, &written, artifacts.files.len())));
    debug_assert!(!diagnostics.iter().any(Diagnostic::is_error), "errors were handled above");
    Ok(Outcome::Fine)
}

/// What became of the build directory.
fn outcome_text(out: &str, written: &Written, files: usize) -> String {
    match written {
        Written::Unchanged => format!("`{out}` is unchanged ({files} files)"),
        Written::Replaced { added, changed: 0, removed: 0 } if *added == files => {
            format!("wrote `{out}` ({files} files)")
        }
        Written::Replaced { added, changed, removed } => {
            let counts = [(added, "new"), (changed, "changed"), (removed, "removed")];
            let counts: Vec<_> = counts
                .iter()
                .filter(|(count, _)| **count > 0)
                .map(|(count, what)| format!("{count} {what}"))
                .collect();
            format!("wrote `{out}` ({files} files: {})", counts.join(", "))
        }
    }
}

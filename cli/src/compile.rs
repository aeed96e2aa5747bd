//! `launchnix compile`.

use launchnix_diagnostics::Diagnostic;

use crate::arguments::CompileArguments;
use crate::build_directory::{self, Written};
use crate::check;
use crate::deployment_file;
use crate::failure::{Failure, Outcome};
use crate::render::{self, Format};
use crate::terminal;

/// Checks a deployment file and writes its build directory; nothing is written where there are errors.
pub(crate) fn run(arguments: &CompileArguments) -> Result<Outcome, Failure> {
    let look = terminal::look(&arguments.output);
    let format = arguments.output.format;
    let conclude = |text: &str| {
        if format != Format::Json {
            terminal::report(text);
        }
    };
    let (outcome, file) = check::check(&arguments.deployment, &arguments.output, &look)?;
    let Some(mut file) = file else { return Ok(outcome) };
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    file.checked = file.checked.placed(&deployment_file::normal(&current.join(&arguments.out)));
    let name = render::safe_line(&file.display, &look);
    let mut diagnostics = file.checked.diagnostics.clone();
    let artifacts = if outcome == Outcome::Fine {
        launchnix_compiler::compile(&file.checked).map_err(|found| {
            let shown = check::show(&found, &file.checked.sources, format, &look);
            diagnostics.extend(found);
            shown
        })
    } else {
        Err(Ok(()))
    };
    let artifacts = match artifacts {
        Ok(artifacts) => artifacts,
        Err(shown) => {
            shown?;
            let summary = render::summary(&diagnostics).unwrap_or_else(|| "not compiled".to_owned());
            conclude(&format!("{name}: {summary}; nothing was written\n"));
            return Ok(Outcome::Mistakes);
        }
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

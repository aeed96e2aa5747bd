//! `launchnix check`.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use launchnix_compiler::Checked;
use launchnix_compiler::guests::Guest;
use launchnix_diagnostics::{Diagnostic, SourceMap, Sources};

use crate::arguments::{CheckArguments, DeploymentArguments, OutputArguments};
use crate::deployment_file;
use crate::disk_sources::DiskSources;
use crate::failure::{Failure, Outcome};
use crate::fix::{self, Fixed};
use crate::guests;
use crate::plain::plain;
use crate::render::{self, Format, Look};
use crate::standard_input::StandardInput;
use crate::terminal;
use crate::watch::Watch;
use crate::watched::Watched;

/// Checks a deployment file and shows its mistakes.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    if arguments.diff && arguments.output.format.is_for_programs() {
        return Err(Failure::DiffFormat);
    }
    let current = std::env::current_dir().map_err(Failure::CurrentDirectory)?;
    let look = terminal::look(&arguments.output);
    let run = Run { arguments, look: &look, current: &current, input: None, watch: None };
    if let Some(input) = StandardInput::read(arguments, &current)? {
        return once(Run { input: Some(&input), ..run }, &input);
    }
    if arguments.watch {
        return watch(run);
    }
    once(run, &DiskSources)
}

/// How to check.
#[derive(Clone, Copy)]
struct Run<'r> {
    arguments: &'r CheckArguments,
    look: &'r Look,
    current: &'r Path,
    /// Where the deployment came from, if not from a file.
    input: Option<&'r StandardInput>,
    watch: Option<(&'r Watch, &'r Watched)>,
}

/// Checks again and again, until the user ends it, which is no failure.
fn watch(run: Run<'_>) -> Result<Outcome, Failure> {
    let Run { arguments, look, current, .. } = run;
    let watch = Watch::new()?;
    let is_screen = terminal::is_interactive() && !arguments.output.format.is_for_programs();
    loop {
        if is_screen {
            terminal::replace_screen();
        }
        let watched = Watched::default();
        for candidate in candidates(arguments.deployment.file.as_deref(), current) {
            watched.note(&candidate);
        }
        if let Err(failure) = once(Run { watch: Some((&watch, &watched)), ..run }, &watched) {
            terminal::report_failure(&failure);
        }
        if watch.is_over() {
            return Ok(Outcome::Fine);
        }
        terminal::report("watching for changes; Ctrl-C ends\n");
        let Some(changed) = watch.wait(&watched) else { return Ok(Outcome::Fine) };
        if !is_screen {
            let name = changed.strip_prefix(current).unwrap_or(&changed).display().to_string();
            let name = if name.is_empty() { "this directory".to_owned() } else { name };
            terminal::report(&format!("\n--- {} changed ---\n\n", render::safe_line(&name, look)));
        }
    }
}

/// The files that decide which deployment is meant.
fn candidates(named: Option<&Path>, current: &Path) -> Vec<PathBuf> {
    let named = current.join(named.unwrap_or(Path::new(".")));
    vec![deployment_file::normal(&named.join("deployment.nix")), deployment_file::normal(&named)]
        .into_iter()
        .filter(|path| path != current && !path.is_dir())
        .collect()
}

fn once(run: Run<'_>, sources: &(dyn Sources + Sync)) -> Result<Outcome, Failure> {
    let Run { arguments, look, current, input, watch } = run;
    let output = &arguments.output;
    let file = match input {
        Some(input) => input.file.clone(),
        None => match find(&arguments.deployment, output, look, current)? {
            Ok(file) => file,
            Err(outcome) => return Ok(outcome),
        },
    };
    let mut request = deployment_file::request(&file, &arguments.deployment, current);
    let is_over = || watch.is_some_and(|(watch, _)| watch.is_over());
    request.interrupt = watch.map(|(watch, _)| watch.interrupt());
    request.only_mistakes = !arguments.guests;
    let checked = launchnix_compiler::check(sources, &request);
    if is_over() {
        return Ok(Outcome::Fine);
    }
    let mut file = CheckedFile { display: file.display, checked };
    let mut fixes = String::new();
    let mut evaluated = None;
    let with_guests = Cell::new(None);
    let evaluate = |sources: &(dyn Sources + Sync), checked: &mut Checked| {
        let guests = guests::evaluate(sources, &request, checked, output, look);
        with_guests.set(with_guests.get().or(Some(outcome_of_guests(checked))));
        guests
    };
    if arguments.fix {
        let before = outcome(&file.checked);
        let evaluate: Option<fix::Evaluate<'_>> = if arguments.guests { Some(&evaluate) } else { None };
        let scope = fix::Scope { current, only_deployment: input.is_some() };
        let fixed = fix::fix(file.checked, &request, scope, sources, evaluate);
        if arguments.diff {
            show_diff(&fixed, &file.display, output, look)?;
            return Ok(if before == Outcome::Fine { with_guests.get().unwrap_or(before) } else { before });
        }
        match input {
            Some(input) => print_fixed(input, &fixed)?,
            None => write_fixed(&fixed, watch.map(|(_, watched)| watched))?,
        }
        fixes = what_was_fixed(&fixed, look);
        file.checked = fixed.checked;
        evaluated = fixed.guests;
    } else if arguments.guests {
        evaluated = Some(evaluate(sources, &mut file.checked));
    }
    if is_over() {
        return Ok(Outcome::Fine);
    }
    show_messages(&file.checked);
    show(&file.checked.diagnostics, &file.checked.sources, output.format, look, current)?;
    terminal::report(&fixes);
    if !output.format.is_for_programs() {
        let systems = evaluated.as_deref().map(|evaluated| guests::systems(evaluated, look));
        terminal::report(&systems.unwrap_or_default());
        terminal::report(&conclusion(&file, evaluated.as_deref(), look));
    }
    let outcome = outcome_of_guests(&file.checked);
    if watch.is_none() {
        // The program ends here: to take a thousand machines apart would be for nothing.
        std::mem::forget(file);
    }
    Ok(outcome)
}

/// The same where guests were evaluated, for which there may have been nothing to do so with.
fn outcome_of_guests(checked: &Checked) -> Outcome {
    if guests::lacks_nixpkgs(checked) { Outcome::Outside } else { outcome(checked) }
}

fn outcome(checked: &Checked) -> Outcome {
    if checked.diagnostics.iter().any(Diagnostic::is_error) { Outcome::Mistakes } else { Outcome::Fine }
}

/// A deployment that was checked, under the name that the user has for it.
pub(crate) struct CheckedFile {
    pub(crate) display: String,
    pub(crate) checked: Checked,
}

/// Finds the deployment file; where there is none, that is shown.
fn find(
    deployment: &DeploymentArguments,
    output: &OutputArguments,
    look: &Look,
    current: &Path,
) -> Result<Result<deployment_file::DeploymentFile, Outcome>, Failure> {
    match deployment_file::find(deployment.file.as_deref(), current) {
        Ok(file) => Ok(Ok(file)),
        Err(diagnostic) => {
            let text =
                render::render_all(&[*diagnostic], &SourceMap::new(), output.format, look, current, true);
            write(&text, output.format)?;
            Ok(Err(Outcome::Outside))
        }
    }
}

/// Checks, and shows nothing. Without result where there is no file to check, which is shown.
pub(crate) fn check(
    deployment: &DeploymentArguments,
    output: &OutputArguments,
    look: &Look,
    current: &Path,
) -> Result<(Outcome, Option<CheckedFile>), Failure> {
    let file = match find(deployment, output, look, current)? {
        Ok(file) => file,
        Err(outcome) => return Ok((outcome, None)),
    };
    let request = deployment_file::request(&file, deployment, current);
    let checked = launchnix_compiler::check(&DiskSources, &request);
    Ok((outcome(&checked), Some(CheckedFile { display: file.display, checked })))
}

/// Shows on standard error what the deployment printed, without what a terminal would obey.
pub(crate) fn show_messages(checked: &Checked) {
    let charset = terminal::charset_of_locale();
    for message in &checked.messages {
        for line in plain(message).lines() {
            terminal::report(&format!("{}\n", render::safe_source(line, charset)));
        }
    }
}

/// Shows the diagnostics of a run: to people on standard error, to programs on standard output.
pub(crate) fn show(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    format: Format,
    look: &Look,
    current: &Path,
) -> Result<(), Failure> {
    write(&render::render_all(diagnostics, sources, format, look, current, false), format)
}

fn write(text: &str, format: Format) -> Result<(), Failure> {
    if format.is_for_programs() {
        return terminal::print(text);
    }
    terminal::report(text);
    Ok(())
}

/// Writes the files that were fixed, where all of them may be written.
fn write_fixed(fixed: &Fixed, watched: Option<&Watched>) -> Result<(), Failure> {
    for (path, file) in &fixed.files {
        file.expect_writable(path)?;
    }
    for (path, file) in &fixed.files {
        file.write(path)?;
        if let Some(watched) = watched {
            watched.wrote(path);
        }
    }
    Ok(())
}

/// What standard input held, on standard output, with the fixes made or as it came: an editor takes it for the new text.
fn print_fixed(input: &StandardInput, fixed: &Fixed) -> Result<(), Failure> {
    let after = fixed.files.get(&input.file.path).map(|file| file.after().as_bytes());
    terminal::print_bytes(after.unwrap_or(input.content()))
}

/// The changes on standard output, and on standard error what they come to.
fn show_diff(fixed: &Fixed, display: &str, output: &OutputArguments, look: &Look) -> Result<(), Failure> {
    let on_output = terminal::look_of_output(output);
    let diff = |file: &fix::FixedFile| {
        if on_output.color || terminal::output_is_screen() {
            file.diff_on_screen(on_output.color, on_output.charset)
        } else {
            file.diff()
        }
    };
    let diffs: String = fixed.files.values().map(diff).collect();
    terminal::print(&diffs)?;
    let name = render::safe_line(display, look);
    let would = match fixed.applied {
        0 => "nothing can be fixed".to_owned(),
        1 => "1 fix to apply".to_owned(),
        applied => format!("{applied} fixes to apply"),
    };
    let remains = match render::summary(&fixed.checked.diagnostics) {
        Some(summary) => format!("{summary} would remain"),
        None => "nothing would remain".to_owned(),
    };
    terminal::report(&format!("{name}: {would}; {remains}\n"));
    Ok(())
}

/// `deployment.nix: 2 mistakes fixed`.
fn what_was_fixed(fixed: &Fixed, look: &Look) -> String {
    if fixed.files.is_empty() {
        return String::new();
    }
    let names: Vec<_> = fixed.files.values().map(|file| render::safe_line(&file.name, look)).collect();
    let mistakes = render::counted(fixed.applied, "mistake").unwrap_or_default();
    format!("fixed {mistakes} in {}\n", names.join(", "))
}

/// `2 errors, 1 warning`, or what was found to be fine.
fn conclusion(file: &CheckedFile, evaluated: Option<&[Guest]>, look: &Look) -> String {
    let name = render::safe_line(&file.display, look);
    let machines = file.checked.deployment.as_ref().map_or(0, |deployment| deployment.machines.len());
    let machines = if machines == 1 { "1 machine".to_owned() } else { format!("{machines} machines") };
    let evaluated =
        evaluated.map(|evaluated| format!("; {}", guests::summary(evaluated))).unwrap_or_default();
    match render::summary(&file.checked.diagnostics) {
        Some(summary) if outcome(&file.checked) == Outcome::Mistakes => {
            format!("{name}: {summary}{evaluated}\n")
        }
        Some(summary) => format!("{name}: {machines}, {summary}{evaluated}\n"),
        None => format!("{name}: {machines}, no mistakes{evaluated}\n"),
    }
}

//! The `launchnix` program: arguments, rendering, exit statuses.
//!
//! The work is done by the libraries: `launchnix-compiler` checks and compiles, `launchnix-lsp` serves editors. The
//! verbs that talk to libvirt are those of `launchnix-runtime`, which this program finds and becomes ([`runtime`]).
//!
//! Start at [`arguments`] for what there is, at [`render`] for how a mistake is shown, and at [`build_directory`] for
//! the one thing that is written to disk.

#![allow(clippy::disallowed_methods, reason = "this program is where files and the environment are read")]

mod arguments;
mod build_directory;
mod check;
mod compile;
mod completions;
mod deployment_file;
mod disk_sources;
mod eval;
mod eval_arguments;
mod eval_store;
mod explain;
mod failure;
mod fetch;
mod fix;
mod guests;
mod huge_pages;
mod language_server;
mod lookup_path;
mod nix_conf;
mod nix_settings;
mod overlay;
mod plain;
mod populate;
mod render;
mod runtime;
mod schema;
mod small_blocks;
mod standard_input;
mod stock;
mod terminal;
mod watch;
mod watched;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::failure::{Failure, Outcome};

#[global_allocator]
static ALLOCATOR: huge_pages::HugePages = huge_pages::HugePages;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return not_run(&error),
    };
    std::panic::set_hook(Box::new(|panic| {
        let help = "this is a bug of Launchnix: please report it, with the deployment that caused it";
        terminal::report_error(&panic.to_string(), Some(help));
    }));
    launchnix_evaluator::watch_memory(populate::ahead);
    let outcome = run(&arguments.command).unwrap_or_else(|failure| {
        terminal::report_failure(&failure);
        failure.outcome()
    });
    ExitCode::from(outcome as u8)
}

/// Wrong usage, `--help` and `--version`, with the statuses 2 and 0.
fn not_run(error: &clap::Error) -> ExitCode {
    let is_usage = error.use_stderr();
    let has_control = |argument: OsString| argument.to_string_lossy().contains(char::is_control);
    if is_usage && std::env::args_os().any(has_control) {
        // What a shell's pattern found may be called anything, and clap shows it as it is.
        let text = render::safe_text(&error.render().to_string(), terminal::charset_of_locale());
        terminal::report(&format!("{text}\n"));
    } else {
        // Nobody is left to be told where this fails.
        let _ = error.print();
    }
    ExitCode::from(if is_usage { Outcome::Usage } else { Outcome::Fine } as u8)
}

fn run(command: &Command) -> Result<Outcome, Failure> {
    match command {
        Command::Check(arguments) => check::run(arguments),
        Command::Compile(arguments) => compile::run(arguments),
        Command::Explain(arguments) => explain::run(arguments.code.as_deref()),
        Command::Eval(words) => eval::run(&words.rest),
        Command::Lsp(_) => language_server::run(),
        Command::Schema => schema::run(),
        Command::Completions(arguments) => completions::run(arguments.shell),
        Command::Plan(rest) => Err(runtime::run("plan", &rest.rest)),
        Command::Apply(rest) => Err(runtime::run("apply", &rest.rest)),
        Command::Status(rest) => Err(runtime::run("status", &rest.rest)),
        Command::Destroy(rest) => Err(runtime::run("destroy", &rest.rest)),
    }
}

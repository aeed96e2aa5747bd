//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::render::Format;

/// Virtual machines on libvirt, declared in Nix
///
/// One Nix file says which machines there are. `check` finds its mistakes, `compile` turns it into a build
/// directory, `plan` shows what would change, `apply` makes it so.
#[derive(Debug, Parser)]
#[command(
    name = "launchnix",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Exit status: 0 fine (warnings allowed), 1 mistakes in the deployment, 2 wrong usage, \
                  3 the outside world (files, libvirt).\n\
                  `launchnix COMMAND --help` says more about a command."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What `launchnix help` can say of a verb whose options only the runtime knows.
const FOR_RUNTIME: &str =
    "This is the work of `launchnix-runtime`: `launchnix COMMAND --help` lists its options.";

const CHECK_EXAMPLES: &str = "\
Examples:
  launchnix check                          the `deployment.nix` of this directory
  launchnix check --watch web/             that of `web`, again on every change
  launchnix check --fix --diff             what the safe fixes would change
  launchnix check --guests -I nixpkgs=/srv/nixpkgs   what runs inside of the guests, too
  launchnix check --format sarif > mistakes.sarif
  git show :deployment.nix | launchnix check -     what is about to be committed
  launchnix check --argstr domain example.org fleet.nix

Diagnostics are on standard error; in the formats json, github and sarif on standard output.
`-` is standard input: with --fix, its text with the fixes made is on standard output.
Exit status: 0 fine (warnings allowed), 1 mistakes in the deployment, 2 wrong usage, 3 the outside world.";

const COMPILE_EXAMPLES: &str = "\
Examples:
  launchnix compile                        `deployment.nix` to `build/`
  launchnix compile fleet.nix --out /srv/fleet
  launchnix compile && launchnix plan build/ && launchnix apply build/

Nothing is written where there are mistakes. The same input gives the same bytes.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  launchnix explain LNX0301
  launchnix explain 301                    the same
  launchnix explain | grep XML             find a code
  launchnix explain initialDisks.boot.bus  an option
  launchnix explain options                all options";

const LSP_EXAMPLES: &str = "\
Examples:
  vim.lsp.enable(\"launchnix\")             Neovim: see editors/README.md

An editor starts this and speaks the Language Server Protocol with it.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  launchnix completions bash > ~/.local/share/bash-completion/completions/launchnix
  launchnix completions fish > ~/.config/fish/completions/launchnix.fish
  launchnix completions zsh > \"${fpath[1]}/_launchnix\"";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find every mistake in a deployment file
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Check, then write the build directory: domain XML, volumes, networks, morph network, manifest
    #[command(after_help = COMPILE_EXAMPLES)]
    Compile(CompileArguments),
    /// Show what `apply` would do, and which line of the deployment causes it; change nothing
    #[command(disable_help_flag = true, override_usage = "launchnix plan [OPTIONS] <BUILD>", after_help = FOR_RUNTIME)]
    Plan(RuntimeArguments),
    /// Make libvirt match a build directory
    #[command(disable_help_flag = true, override_usage = "launchnix apply [OPTIONS] <BUILD>", after_help = FOR_RUNTIME)]
    Apply(RuntimeArguments),
    /// Show the machines and whether they run
    #[command(disable_help_flag = true, override_usage = "launchnix status [OPTIONS] <BUILD>", after_help = FOR_RUNTIME)]
    Status(RuntimeArguments),
    /// Shut down and remove what a fleet made
    #[command(disable_help_flag = true, override_usage = "launchnix destroy [OPTIONS] <BUILD>", after_help = FOR_RUNTIME)]
    Destroy(RuntimeArguments),
    /// Explain a diagnostic's code or an option; without one, list all codes
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
    /// Evaluate Nix as `nix-instantiate --eval` does, with its flags
    #[command(disable_help_flag = true, override_usage = "launchnix eval [OPTIONS] [FILE]...")]
    Eval(RuntimeArguments),
    /// Run the language server on standard input and output
    #[command(after_help = LSP_EXAMPLES)]
    Lsp(LspArguments),
    /// Print the JSON Schema (2020-12) of deployments, for programs that write or read them as JSON
    Schema,
    /// Print a script that completes `launchnix` in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) deployment: DeploymentArguments,
    /// Apply the fixes that are sure to be what is meant, then check again
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: show the changes as a unified diff on standard output, and write nothing
    #[arg(long, requires = "fix", conflicts_with = "watch")]
    pub(crate) diff: bool,
    /// Evaluate the NixOS configuration of each guest as well, with the nixpkgs that is on disk
    #[arg(long)]
    pub(crate) guests: bool,
    /// Read the deployment from standard input, as `-` does, and take it for this file, which need not exist: its
    /// name is what diagnostics show, and its directory where imports are found
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Check again whenever a file changes that the check has read; Ctrl-C ends
    #[arg(long)]
    pub(crate) watch: bool,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

#[derive(Debug, Args)]
pub(crate) struct CompileArguments {
    #[command(flatten)]
    pub(crate) deployment: DeploymentArguments,
    /// Build directory to write; it is replaced as a whole, and only if Launchnix made it
    #[arg(long, short, value_name = "DIRECTORY", default_value = "build")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// Which file, and what is given to it.
#[derive(Debug, Args)]
pub(crate) struct DeploymentArguments {
    /// Deployment file, or a directory with a `deployment.nix` [default: ./deployment.nix]
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Pass a Nix expression to the deployment's function
    #[arg(long, num_args = 2, value_names = ["NAME", "EXPR"], action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(crate) arg: Vec<String>,
    /// Pass a string to the deployment's function
    #[arg(long, num_args = 2, value_names = ["NAME", "STRING"], action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(crate) argstr: Vec<String>,
    /// Where `<NAME>` is looked up, before `NIX_PATH`
    #[arg(short = 'I', long = "include", value_name = "[NAME=]PATH")]
    pub(crate) include: Vec<OsString>,
    /// Show every step on the way to a value that could not be computed
    #[arg(long)]
    pub(crate) show_trace: bool,
    /// Fetch nothing: what is needed of the network has to be in the cache
    #[arg(long)]
    pub(crate) offline: bool,
}

/// How diagnostics are shown.
#[derive(Debug, Args)]
pub(crate) struct OutputArguments {
    /// Shape of diagnostics
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Whether to colour
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Draw with ASCII characters only
    #[arg(long)]
    pub(crate) ascii: bool,
    /// Columns to draw in, 40 to 200 [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Whatever follows is for `launchnix-runtime`.
#[derive(Debug, Args)]
pub(crate) struct RuntimeArguments {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    pub(crate) rest: Vec<OsString>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A code, such as LNX0301, an option, such as cpus.pin, or `options` for a list of them
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell to complete in
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct LspArguments {
    /// Accepted because some editors always pass it; there is no other transport
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_runtime_gets_its_arguments_as_they_are() {
        let line = ["launchnix", "plan", "build/", "--connect", "test:///default", "--help", "--", "-x"];
        let arguments = Arguments::try_parse_from(line).expect("a valid line");
        let Command::Plan(RuntimeArguments { rest }) = arguments.command else { panic!("it is `plan`") };
        assert_eq!(rest, line[2..], "even what looks like ours");
    }
}

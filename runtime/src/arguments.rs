//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use launchnix_runtime::consent::Permission;

/// Makes libvirt agree with a build directory of `launchnix compile`.
#[derive(Debug, Parser)]
#[command(name = "launchnix-runtime", version)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Show what `apply` would do, per resource, and why; change nothing
    Plan {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        changing: Changing,
        #[command(flatten)]
        starting: Starting,
        /// Exit with status 2 where there is something to do
        #[arg(long)]
        detailed_exitcode: bool,
    },
    /// Make pools, networks, disks and machines as the deployment says, and start the machines
    Apply {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        changing: Changing,
        #[command(flatten)]
        starting: Starting,
        /// How many seconds to wait for the address of a guest that was started
        #[arg(long, value_name = "SECONDS", default_value_t = 300)]
        timeout: u64,
        /// Do not wait for addresses
        #[arg(long)]
        no_wait: bool,
        #[command(flatten)]
        stopping: Stopping,
    },
    /// Shut down and remove everything that the fleet made; each disk needs `--allow destroy:MACHINE/DISK`
    Destroy {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        changing: Changing,
        /// Keep all disks, and the pools that they are in
        #[arg(long)]
        keep_disks: bool,
        #[command(flatten)]
        stopping: Stopping,
    },
    /// Show the machines and whether they run
    Status {
        #[command(flatten)]
        common: Common,
    },
}

/// What every verb takes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The build directory that `launchnix compile` wrote
    #[arg(value_name = "BUILD")]
    pub build: PathBuf,
    /// Use this libvirt, whatever the deployment says
    ///
    /// Without it a machine's own `connection` counts, else the fleet's, else `qemu:///system`. `test:///default`
    /// pretends a hypervisor inside this process.
    #[arg(long, value_name = "URI")]
    pub connect: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What verbs take that change something.
#[derive(Args, Debug)]
pub(crate) struct Changing {
    /// Allow what would lose data: `destroy:MACHINE/DISK`, `destroy:MACHINE`, `poweroff:MACHINE`,
    /// `adopt:MACHINE/DISK`, `discard:MACHINE`
    #[arg(long, value_name = "PERMISSION")]
    pub allow: Vec<Permission>,
}

/// What verbs take that start machines.
#[derive(Args, Debug)]
pub(crate) struct Starting {
    /// Leave machines off that are off
    #[arg(long)]
    pub no_start: bool,
    /// Leave machines running that would have to restart; they change when they are next started
    #[arg(long)]
    pub no_restart: bool,
}

/// What verbs take that stop machines.
#[derive(Args, Debug)]
pub(crate) struct Stopping {
    /// How many seconds a guest has to shut down
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub shutdown_timeout: u64,
}

/// How to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
}

impl Verb {
    pub(crate) fn common(&self) -> &Common {
        match self {
            Self::Plan { common, .. }
            | Self::Apply { common, .. }
            | Self::Destroy { common, .. }
            | Self::Status { common } => common,
        }
    }

    pub(crate) fn allowed(&self) -> &[Permission] {
        match self {
            Self::Plan { changing, .. } | Self::Apply { changing, .. } | Self::Destroy { changing, .. } => {
                &changing.allow
            }
            Self::Status { .. } => &[],
        }
    }

    fn starting(&self) -> Option<&Starting> {
        match self {
            Self::Plan { starting, .. } | Self::Apply { starting, .. } => Some(starting),
            Self::Destroy { .. } | Self::Status { .. } => None,
        }
    }

    pub(crate) fn no_start(&self) -> bool {
        self.starting().is_some_and(|starting| starting.no_start)
    }

    pub(crate) fn no_restart(&self) -> bool {
        self.starting().is_some_and(|starting| starting.no_restart)
    }

    /// Seconds to wait for an address, and whether to wait at all.
    pub(crate) fn waiting(&self) -> (u64, bool) {
        match self {
            Self::Apply { timeout, no_wait, .. } => (*timeout, !no_wait),
            _ => (0, false),
        }
    }

    pub(crate) fn shutdown_timeout(&self) -> u64 {
        match self {
            Self::Apply { stopping, .. } | Self::Destroy { stopping, .. } => stopping.shutdown_timeout,
            _ => 0,
        }
    }
}

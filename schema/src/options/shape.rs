//! Options of a machine's processor, memory and trusted platform module.

use launchnix_diagnostics::Span;
use launchnix_schema_derive::{Choice, Options};

use crate::Spanned;
use crate::option::{Flaws, Placeholder};
use crate::values::{CpuCount, CpuModel, Mebibytes, Pinning};

/// The processor: `cpus`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "count", form = "an integer (the number of CPUs) or a set")]
pub struct Cpus {
    /// Number of virtual CPUs.
    #[option(
        example = "4", change = Restart, min = 1, max = 512,
        why = "a machine has a CPU, and guests with more than 512 need a topology that Launchnix does not write"
    )]
    pub count: Spanned<CpuCount>,
    /// Number of sockets that the guest sees.
    ///
    /// Sockets, cores and threads multiplied are the count. Where one of them is set the others follow: first the cores,
    /// then the sockets make up the number, and a core has one thread.
    #[option(
        example = "1", change = Restart, implied = "as many as the count asks for, of one core each",
        min = 1, max = 512, why = "sockets, cores and threads multiplied are the count, which is at most 512"
    )]
    pub sockets: Option<Spanned<CpuCount>>,
    /// Number of cores of each socket.
    #[option(
        example = "2", change = Restart, implied = "what the count asks for where `sockets` or `threads` is set",
        min = 1, max = 512, why = "sockets, cores and threads multiplied are the count, which is at most 512"
    )]
    pub cores: Option<Spanned<CpuCount>>,
    /// Number of threads of each core.
    #[option(
        example = "2", change = Restart, implied = "1", min = 1, max = 512,
        why = "sockets, cores and threads multiplied are the count, which is at most 512"
    )]
    pub threads: Option<Spanned<CpuCount>>,
    /// Which processor the guest sees.
    #[option(
        example = "\"host-passthrough\"", change = Restart,
        implied = "`\"custom\"` with `model`, else `\"host-model\"`; without KVM a plain processor that QEMU emulates well"
    )]
    pub mode: Option<Spanned<CpuMode>>,
    /// Model of the processor, as `virsh cpu-models x86_64` lists them.
    #[option(example = "\"Skylake-Server\"", change = Restart)]
    pub model: Option<Spanned<CpuModel>>,
    /// CPUs of the hypervisor that each virtual CPU may run on.
    ///
    /// A list has the sets of the virtual CPUs in their order, a set names them by their numbers from 0:
    /// `{ "0" = "2"; "1" = "3-4,7"; }`. A virtual CPU that is not named runs on any.
    #[option(example = "[ \"2-3\" ]", change = Restart)]
    pub pin: Option<Spanned<Pinning>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

impl Placeholder for Cpus {
    fn placeholder(key: Span) -> Self {
        Self {
            count: Spanned::new(CpuCount::placeholder(key), key),
            sockets: None,
            cores: None,
            threads: None,
            mode: None,
            model: None,
            pin: None,
            flaws: Flaws::default(),
        }
    }
}

/// How many sockets, cores and threads a guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topology {
    /// Sockets.
    pub sockets: u32,
    /// Cores of each socket.
    pub cores: u32,
    /// Threads of each core.
    pub threads: u32,
}

impl Topology {
    /// How many CPUs these are.
    pub fn count(self) -> u64 {
        u64::from(self.sockets) * u64::from(self.cores) * u64::from(self.threads)
    }
}

impl Cpus {
    /// The topology that was asked for, what was left open filled in; its product differs from the count where no
    /// number makes them agree.
    pub fn topology(&self) -> Option<Topology> {
        let value = |number: &Option<Spanned<CpuCount>>| number.as_ref().map(|number| number.value.0.max(1));
        let (sockets, cores, threads) = (value(&self.sockets), value(&self.cores), value(&self.threads));
        if sockets.is_none() && cores.is_none() && threads.is_none() {
            return None;
        }
        let rest = |taken: u32| (self.count.value.0 / taken.max(1)).max(1);
        let threads = threads.unwrap_or(1);
        let (sockets, cores) = match (sockets, cores) {
            (Some(sockets), Some(cores)) => (sockets, cores),
            (Some(sockets), None) => (sockets, rest(sockets.saturating_mul(threads))),
            (None, Some(cores)) => (rest(cores.saturating_mul(threads)), cores),
            (None, None) => (1, rest(threads)),
        };
        Some(Topology { sockets, cores, threads })
    }
}

/// Which processor a guest sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum CpuMode {
    /// the hypervisor's own, with all that it can do; the guest cannot move to another kind of processor
    #[choice("host-passthrough")]
    HostPassthrough,
    /// the model that is nearest to the hypervisor's own
    #[choice("host-model")]
    HostModel,
    /// everything that the hypervisor, or QEMU without KVM, can offer
    Maximum,
    /// the one that `model` names
    Custom,
}

/// Large pages behind a machine's memory: `hugepages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HugePages {
    /// None.
    Off,
    /// Of the hypervisor's usual size.
    Usual,
    /// Of this size.
    Size(Mebibytes),
}

/// A trusted platform module: `tpm`.
#[derive(Clone, Debug, PartialEq, Options)]
#[options(or = "enable", form = "`true`, `false` or a set")]
pub struct Tpm {
    /// Whether the machine has a TPM, which the hypervisor emulates with `swtpm`.
    #[option(example = "false", change = Restart, default = true)]
    pub enable: Spanned<bool>,
    /// Version of the specification that the TPM follows.
    #[option(example = "\"1.2\"", change = Restart, default = TpmVersion::Two)]
    pub version: Spanned<TpmVersion>,
    /// Interface that the guest finds the TPM at.
    #[option(example = "\"tis\"", change = Restart, implied = "`\"crb\"`; `\"tis\"` for version 1.2")]
    pub model: Option<Spanned<TpmModel>>,
    /// Options with mistakes; none in a decoded deployment.
    #[option(flaws)]
    pub flaws: Flaws,
}

/// Version of the TPM specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum TpmVersion {
    /// what systems of today expect
    #[choice("2.0")]
    Two,
    /// for old systems
    #[choice("1.2")]
    One,
}

/// Interface of a TPM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Choice)]
pub enum TpmModel {
    /// command response buffer, of version 2.0 only
    Crb,
    /// the older register interface
    Tis,
}

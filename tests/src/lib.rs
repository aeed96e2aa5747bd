//! What the end-to-end tests share: the programs under test, deployments on disk, and real services.
//!
//! Not part of the product. The tests are in `tests/tests/`: `command_line` drives the programs with nothing but
//! libvirt's in-process driver, `hypervisor` with a libvirtd and a guest of its own (as root), `layers` reads
//! `cargo metadata`. Start at [`Deployment`]; [`Hypervisor`] is the real daemon.
#![expect(
    clippy::disallowed_methods,
    reason = "tests are the outside world: they write files and read them back"
)]

mod deployment;
mod program;
mod service;

pub use deployment::{Deployment, Mark, files_below, repository};
pub use program::{Outcome, install, launchnix, run, run_with_input, runtime};
pub use service::{Guest, Hypervisor, wait_for};

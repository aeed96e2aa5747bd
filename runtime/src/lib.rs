//! Makes libvirt agree with a build directory.
//!
//! [`build::Build`] reads and verifies what `launchnix compile` wrote, [`host::Host`] looks at a libvirt,
//! [`plan::plan`] compares the two, and [`apply::apply`] carries the plan out. This crate knows nothing of Nix and
//! has no state of its own: what was applied is recorded in the domains' metadata ([`mark`]).
//!
//! Start reading at [`plan`]. `docs/apply.md` says what holds when a run is interrupted.
#![expect(
    clippy::disallowed_methods,
    reason = "this crate is the outside world's side: files, clock and environment are its business"
)]

pub mod adapt;
pub mod apply;
pub mod build;
pub mod compare;
pub mod consent;
pub mod error;
pub mod host;
pub mod lock;
pub mod mark;
pub mod plan;
pub mod render;
mod stream;
pub mod xml;

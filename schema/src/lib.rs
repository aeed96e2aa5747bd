//! The contracts of Launchnix: what a deployment file may say, and what a build directory contains.
//!
//! This crate knows neither Nix nor libvirt. [`decode`] turns any tree that implements [`Node`] into a typed
//! [`Deployment`] and diagnostics; a build directory is described by [`manifest::Manifest`].

mod check;
mod decode;
mod deployment;
pub mod identity;
mod json_schema;
pub mod manifest;
pub mod manual;
mod node;
mod option;
pub mod options;
mod spanned;
pub mod values;

pub use check::{Claimant, clash};
pub use decode::{Context, OF_GUEST, decode, is_of_nixos, with_ellipsis};
pub use deployment::{DEFAULT_DISK_SIZE, Deployment, Form, GuestConfig, GuestModule, LeftOut, Machine};
pub use json_schema::json_schema;
pub use node::{Fetch, Field, Node, Repeated, Segment, Shape, Text};
pub use option::{Bounds, Change, ChoiceInfo, Flaws, Kind, OptionInfo};
pub use spanned::Spanned;

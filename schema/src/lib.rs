//! The contracts of Launchnix: what a deployment file may say, and what a build directory contains.
//!
//! This crate knows neither Nix nor libvirt. [`decode`] turns any tree that implements [`Node`] into a typed
//! [`Deployment`] and diagnostics; a build directory is described by [`manifest::Manifest`].

mod deployment;
pub mod identity;
pub mod manifest;
mod node;
pub mod options;
mod spanned;
pub mod values;

pub use deployment::{Context, Deployment, Form, GuestConfig, GuestModule, Machine, decode};
pub use node::{Fetch, Field, Node, Segment, Shape, Text};
pub use spanned::Spanned;

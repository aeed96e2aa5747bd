//! The contracts of Launchnix: what a deployment file may say, and what a build directory contains.
//!
//! This crate knows neither Nix nor libvirt. A deployment is decoded from any tree that implements [`Node`];
//! a build directory is described by [`manifest::Manifest`].

pub mod manifest;
mod node;

pub use node::{Fetch, Field, Node, Segment, Shape, Text};

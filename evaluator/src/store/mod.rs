//! What Nix's store says of names and hashes, without a store: hashes and their encodings, NAR archives, store
//! paths, derivations.
//!
//! Everything here computes; nothing reads but through `Sources`, and nothing is written. The store directory is a
//! parameter, since every path depends on it.

pub mod aterm;
pub mod derivation;
mod encoding;
pub mod fetch;
pub mod hash;
pub mod instantiate;
pub mod memory;
pub mod nar;
pub mod path;

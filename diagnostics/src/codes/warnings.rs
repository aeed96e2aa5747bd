//! Warnings: what compiles, and may not be what is meant.

use super::codes;

codes! {
    /// An option has no effect here.
    NoEffect = "LNX0701" Warning "option without effect";
    /// A NixOS guest without an ssh key cannot be reached by morph.
    NoSshKey = "LNX0702" Warning "no ssh key";
}

//! Warnings: what compiles, and may not be what is meant.

use super::codes;

codes! {
    /// An option has no effect here.
    NoEffect = "LNX0701" Warning "option without effect";
    /// A NixOS guest without an ssh key cannot be reached by morph.
    NoSshKey = "LNX0702" Warning "no ssh key";
    /// An option goes by a name that it had before, or should not be set any more.
    ///
    /// It still works, and will not for ever. A new name is put in place by `launchnix check --fix`; for an option that
    /// goes without a successor, the message says what to do instead.
    ///
    /// Silence it with `# launchnix: allow(LNX0720)` until you have the time.
    DeprecatedOption = "LNX0720" Warning "deprecated option";
}

//! Warnings: what compiles, and may not be what is meant.

use super::codes;

codes! {
    /// An option is set where it changes nothing, as a rule since another option makes it moot: a `machine` for a
    /// guest that is not NixOS, for instance. The deployment compiles as if the option were not there.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Remove the option, or the one that takes its effect away. To keep it nonetheless, silence the warning with
    /// `# launchnix: allow(LNX0701)` on the line or the one above.
    NoEffect = "LNX0701" Warning "option without effect";
    /// A NixOS guest has no ssh key, so that neither morph nor `launchnix ssh` will be able to reach it once it
    /// runs.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = { name = "web"; cpus = 2; ram = 2048; };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// # key.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f you@example.org
    /// {
    ///   deployment = { name = "web"; cpus = 2; ram = 2048; sshPubKeyPath = ./key.pub; };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// `ssh-keygen -t ed25519 -f key` makes a key. Where the guest gets its keys in another way, silence the
    /// warning with `# launchnix: allow(LNX0702)` on the line or the one above.
    NoSshKey = "LNX0702" Warning "no ssh key";
    /// An option goes by a name that it had before, or should not be set any more.
    ///
    /// It still works, and will not for ever. A new name is put in place by `launchnix check --fix`; for an option that
    /// goes without a successor, the message says what to do instead.
    ///
    /// Silence it with `# launchnix: allow(LNX0720)` until you have the time.
    DeprecatedOption = "LNX0720" Warning "deprecated option";
}

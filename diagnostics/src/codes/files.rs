//! Files and the outside world.

use super::codes;

codes! {
    /// A file that the deployment names is not there. A path without quotes is relative to the file that it is
    /// written in, whatever directory you are in; `~/` is your home directory.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./keys/missing.pub;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// # key.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f you@example.org
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./key.pub;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    MissingFile = "LNX0901" Error "missing file";
    /// A file is there, but cannot be used: you may not read it, it is a directory or a device, or it is not text
    /// in UTF-8.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// # keys/web.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f you@example.org
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./keys;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// # keys/web.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f you@example.org
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./keys/web.pub;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    UnreadableFile = "LNX0902" Error "unreadable file";
    /// A key file does not hold the kind of key that its option needs. Most often the private key is given where
    /// the public one belongs, whose name ends in `.pub`. `sshPubKeyPath` is copied into the guest; the private key
    /// must never leave your machine, and Launchnix does not read it.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// # key: -----BEGIN OPENSSH PRIVATE KEY-----
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./key;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// # key.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f you@example.org
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048;
    ///     sshPubKeyPath = ./key.pub;
    ///   };
    ///   machine = { ... }: { };
    /// }
    /// ```
    ///
    /// A public key is one line: its type, the key in base 64, and a comment. `ssh-keygen -y -f key > key.pub`
    /// makes it again from the private one.
    BadKeyFile = "LNX0903" Error "not a key of that kind";
}

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
    /// `ssh-keygen -t ed25519 -f key` makes a key. A guest whose modules set `openssh.authorizedKeys` of an account has
    /// one already: the modules are looked into as they are written. Where it gets its keys in another way, silence the
    /// warning with `# launchnix: allow(LNX0702)` on the line or the one above.
    NoSshKey = "LNX0702" Warning "no ssh key";
    /// A name is bound by `let`, and nothing in the file uses it.
    ///
    /// Most often another name was meant where it should be used, or it was left behind. A binding that is used only by
    /// other bindings that are never used is one as well. A name that begins with `_` is never reported.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   size = 2048;
    ///   sise = 4096;
    /// in
    /// {
    ///   deployment = { name = "web"; cpus = 2; ram = size; nixos = false; };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   size = 4096;
    /// in
    /// {
    ///   deployment = { name = "web"; cpus = 2; ram = size; nixos = false; };
    /// }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0703)`.
    UnusedBinding = "LNX0703" Warning "unused binding";
    /// A function takes an argument by name (`{ cpus, ram }:`) and never uses it, so that what is given has no effect.
    ///
    /// Not reported are names that begin with `_`, what a NixOS module is given anyway (`{ config, pkgs, lib, ... }:`),
    /// and functions that use their whole argument (`{ … }@args:`).
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   small = { name, ram }: { inherit name; cpus = 1; ram = 512; nixos = false; };
    /// in
    /// { deployment = small { name = "web"; ram = 1024; }; }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   small = { name, ram }: { inherit name ram; cpus = 1; nixos = false; };
    /// in
    /// { deployment = small { name = "web"; ram = 1024; }; }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0704)`.
    UnusedFormal = "LNX0704" Warning "unused argument";
    /// A name means something else than it seems to inside of a `with`.
    ///
    /// A name that is bound by `let`, `rec` or a function wins over any `with`, even one that stands further inside; and
    /// of two `with` that have a name the inner one wins.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   sizes = { small = 512; large = 4096; };
    ///   small = 64;
    /// in
    /// with sizes;
    /// { deployment = { name = "web"; cpus = 2; ram = small; nixos = false; }; }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   sizes = { small = 512; large = 4096; };
    /// in
    /// { deployment = { name = "web"; cpus = 2; ram = sizes.small; nixos = false; }; }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0705)`.
    ShadowedWith = "LNX0705" Warning "name that `with` does not give";
    /// A set is marked `rec`, and none of its attributes uses another.
    ///
    /// `rec` makes every name inside of the set mean the set's own attributes, which sooner or later is not what was
    /// meant: it is best kept for sets that need it.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// { deployment = rec { name = "web"; cpus = 2; ram = 512; nixos = false; }; }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// { deployment = { name = "web"; cpus = 2; ram = 512; nixos = false; }; }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0706)`.
    NeedlessRec = "LNX0706" Warning "`rec` that is not needed";
    /// `<nixpkgs>` stands for whatever `NIX_PATH` or `-I` names: another version on another computer, and another one
    /// after a channel was updated. What a deployment makes should follow from the deployment.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   machines.web.deployment = {
    ///     cpus = 2; ram = 512; nixos = false;
    ///     description = "made for ${toString (builtins.tryEval <nixpkgs>).success}";
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   nixpkgs = builtins.fetchTarball {
    ///     url = "https://github.com/NixOS/nixpkgs/archive/057f9aecfb71c4437d2b27d3323df7f93c010b7e.tar.gz";
    ///     sha256 = "1ndiv385w1qyb3b18vw13991fzb9wg4cl21wglk89grsfsnra41k";
    ///   };
    ///   machines.web.deployment = { cpus = 2; ram = 512; nixos = false; };
    /// }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0707)`.
    UnpinnedNixpkgs = "LNX0707" Warning "nixpkgs is not pinned";
    /// The address of a machine may be another one each time that it starts, so that morph and ssh do not find it.
    ///
    /// On a network of libvirt's the address follows from the MAC address, which Launchnix keeps. That is not so for a
    /// NixOS guest behind a bridge without an address of its own, which asks a DHCP server that nobody here knows, and
    /// for an `<interface>` in `extraConfig` without `<mac>`, for which libvirt invents one.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 512; nixos = false;
    ///     extraConfig = "<devices><interface type='bridge'><source bridge='br0'/></interface></devices>";
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 512; nixos = false;
    ///     interfaces = [ { bridge = "br0"; } ];
    ///   };
    /// }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0708)`.
    ChangingAddress = "LNX0708" Warning "address that changes";
    /// GRUB is installed to `/dev/vda`, and the machine has its boot disk on another bus, where it has another name: the
    /// guest will not start after its first deployment.
    ///
    /// Launchnix tells a NixOS guest which disk it boots from, going by `initialDisks.boot.bus`. It does not see a bus
    /// that XML of your own sets, and a module of yours wins over it.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// # key.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB user@example
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 512; sshPubKeyPath = ./key.pub;
    ///     initialDisks.boot = { size = 20480; bus = "sata"; };
    ///   };
    ///   machine = { boot.loader.grub.device = "/dev/vda"; };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// # key.pub: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEf7mYy7dGkFPyZ2Yd2VVtBTbUfCyBDEnrcQ6EJeGyZB user@example
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 512; sshPubKeyPath = ./key.pub;
    ///     initialDisks.boot = { size = 20480; bus = "sata"; };
    ///   };
    ///   machine = { };
    /// }
    /// ```
    ///
    /// Silence it with `# launchnix: allow(LNX0709)`.
    MovedBootDisk = "LNX0709" Warning "boot loader on another disk";
    /// A comment `# launchnix: allow(…)` silences nothing: it names no warning, or there is nothing to silence where it
    /// stands. It would hide a mistake that is made later.
    ///
    /// At the end of a line the comment is about that line; on a line of its own about the binding that follows; before
    /// everything else about the whole file.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   # launchnix: allow(LNX0706)
    ///   deployment = { name = "web"; cpus = 2; ram = 512; nixos = false; };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   # launchnix: allow(LNX0706)
    ///   deployment = rec { name = "web"; cpus = 2; ram = 512; nixos = false; };
    /// }
    /// ```
    ///
    /// Should you need it nevertheless, `# launchnix: allow(LNX0710)` at the top of the file silences it.
    UselessAllow = "LNX0710" Warning "comment that silences nothing";
    /// A size is so small that it must have been meant in another unit: nothing starts with 4 MiB of memory. Sizes are in
    /// MiB.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// { deployment = { name = "web"; cpus = 2; ram = 4; nixos = false; }; }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// { deployment = { name = "web"; cpus = 2; ram = 4096; nixos = false; }; }
    /// ```
    ///
    /// A system of the nineties may do with less: silence it with `# launchnix: allow(LNX0711)`.
    SmallSize = "LNX0711" Warning "size that is too small";
    /// An option goes by a name that it had before, or should not be set any more.
    ///
    /// It still works, and will not for ever. A new name is put in place by `launchnix check --fix`; for an option that
    /// goes without a successor, the message says what to do instead.
    ///
    /// Silence it with `# launchnix: allow(LNX0720)` until you have the time.
    DeprecatedOption = "LNX0720" Warning "deprecated option";
}

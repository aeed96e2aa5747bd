//! Conflicts: what is fine by itself, and not together.

use super::codes;

codes! {
    /// Options of one machine exclude each other, say the same thing twice, or have values that do not go together. All
    /// places are labelled; change or remove one of them.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     diskSize = 20480;
    ///     initialDisks.boot.size = 40960;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     initialDisks.boot.size = 40960;
    ///   };
    /// }
    /// ```
    Conflict = "LNX0501" Error "conflicting options";
    /// Two machines claim the same thing, of which there is one: a name, a MAC address, a static address, a PCI
    /// function, a physical disk, a port. On one host the second of them would not start; on several it would
    /// answer in the other's place.
    ///
    /// Both places are labelled. Different spellings are the same thing here: `09:00.0` and `0000:09:00.0` are one
    /// PCI function.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   machines.web.deployment = {
    ///     cpus = 2; ram = 2048; nixos = false;
    ///     staticIPs = [ { ips = [ "192.168.122.5" ]; } ];
    ///   };
    ///   machines.db.deployment = {
    ///     cpus = 2; ram = 2048; nixos = false;
    ///     staticIPs = [ { ips = [ "192.168.122.5" ]; } ];
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   machines.web.deployment = {
    ///     cpus = 2; ram = 2048; nixos = false;
    ///     staticIPs = [ { ips = [ "192.168.122.5" ]; } ];
    ///   };
    ///   machines.db.deployment = {
    ///     cpus = 2; ram = 2048; nixos = false;
    ///     staticIPs = [ { ips = [ "192.168.122.6" ]; } ];
    ///   };
    /// }
    /// ```
    ///
    /// In a function that makes several machines, pass what must differ as an argument.
    FleetConflict = "LNX0502" Error "conflict between machines";
    /// An option names something that is nowhere: a disk in `bootOrder`, a network, a storage pool. The nearest
    /// name that there is gets suggested; or else declare what is named.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     initialDisks.games.size = 20480;
    ///     bootOrder = [ "gamez" ];
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     initialDisks.games.size = 20480;
    ///     bootOrder = [ "games" ];
    ///   };
    /// }
    /// ```
    ///
    /// The network `default` and the storage pool `default` are libvirt's own, and always there.
    DanglingReference = "LNX0503" Error "reference to nothing";
}

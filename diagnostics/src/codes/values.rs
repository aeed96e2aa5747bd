//! Values: the right type, and yet not what the option takes.

use super::codes;

codes! {
    /// A number is smaller or larger than the option allows. The message says what the range is, and why.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 0; ram = 2048; nixos = false;
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
    ///   };
    /// }
    /// ```
    ///
    /// Sizes are in MiB: 20 GiB are `20480`.
    OutOfRange = "LNX0401" Error "value out of range";
    /// An option takes one of a few values, and this is none of them. The help lists them all, with what each
    /// means; the nearest is suggested.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     firmware = "UEFI";
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
    ///     firmware = "uefi";
    ///   };
    /// }
    /// ```
    UnknownValue = "LNX0402" Error "unknown value";
    /// A string does not have the form that the option needs: an address, a subnet, a PCI function, a MAC address.
    /// The label is on the very part of the string that is wrong.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     staticIPs = [ { ips = [ "192.168.122.300" ]; } ];
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
    ///     staticIPs = [ { ips = [ "192.168.122.30" ]; } ];
    ///   };
    /// }
    /// ```
    ///
    /// The forms: `10.20.0.5` or `fd00::5` for an address, `10.20.0.0/24` for a subnet, `52:54:00:12:34:56` for a
    /// MAC address, `09:00.0` or `0000:09:00.0` for a PCI function.
    Malformed = "LNX0403" Error "malformed value";
    /// A name is not one that libvirt, morph and ssh all accept. A machine's name is also its host name: letters,
    /// digits and `-`, neither first nor last a `-`, at most 63 of them.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web server"; cpus = 2; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web-server"; cpus = 2; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    InvalidName = "LNX0404" Error "invalid name";
}

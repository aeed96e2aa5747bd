//! XML in strings.

use super::codes;

codes! {
    /// The XML in `extraConfig` or `extraXML` is not well-formed.
    Xml = "LNX0601" Error "broken XML";
    /// The XML in `extraConfig` or `extraXML` is well-formed, but cannot be merged into the domain.
    XmlMerge = "LNX0602" Error "XML that cannot be merged";
    /// The XML in `extraConfig` or `extraXML` has an element or an attribute that libvirt does not know at that place.
    ///
    /// libvirt takes such XML and silently leaves out what it does not know, so that the guest lacks what was meant. The
    /// help names what is most likely meant, or where the element belongs.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     extraConfig = "<devices><watchdgo model='i6300esb'/></devices>";
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
    ///     extraConfig = "<devices><watchdog model='i6300esb'/></devices>";
    ///   };
    /// }
    /// ```
    ///
    /// Where your libvirt knows more than Launchnix does, silence the warning with `# launchnix: allow(LNX0603)`.
    XmlName = "LNX0603" Warning "unknown name in XML";
}

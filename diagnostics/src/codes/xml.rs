//! XML in strings.

use super::codes;

codes! {
    /// The XML in `extraConfig` or `extraXML` is not well-formed: a tag that is never closed, a quote or a `>` that
    /// is missing, `&` where `&amp;` is needed. The label is at the fault inside of the Nix string, whatever
    /// indentation, escapes and interpolations come before it.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     extraConfig = "<devices><watchdog model='i6300esb'></devices>";
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
    Xml = "LNX0601" Error "broken XML";
    /// The XML in `extraConfig` or `extraXML` is well-formed, but is not a part of a domain that it could be merged
    /// into: it is another kind of document, has two roots, or sets what Launchnix itself has to know, such as the
    /// machine's name. Or libvirt would refuse the machine: something lacks that an element cannot do without, is said
    /// twice, or contradicts the machine, such as a CPU topology of another number of CPUs.
    ///
    /// `extraConfig` is a `<domain>`, or what stands inside of one: devices go into `<devices>`. `extraXML` of a
    /// disk or a device is what stands inside of its element.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     extraConfig = "<network><name>lan</name></network>";
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
    ///     interfaces = [ { network = "lan"; } ];
    ///   };
    ///   networks.lan.subnet = "10.20.0.0/24";
    /// }
    /// ```
    ///
    /// `docs/extra-config.md` says how each element is merged.
    XmlMerge = "LNX0602" Error "XML that cannot be merged";
    /// The XML in `extraConfig` or `extraXML` has an element or an attribute that libvirt does not know at that place, text
    /// in an element that takes none, a value where libvirt has only a few others, or one of another form: a word for a
    /// number, `2-` for a set of CPUs, `046d` for `0x046d`. Or it has an element twice that libvirt takes once.
    ///
    /// libvirt silently leaves out elements, attributes and text that it does not know, so that the guest lacks what was
    /// meant; most values that it does not know it refuses when the machine is defined. The help names what is most likely
    /// meant, or where the element belongs; where the name or the value stands in the string as it is, there is a fix.
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
    /// Where your libvirt knows more than Launchnix does, silence the warning with `# launchnix: allow(LNX0603)`, or
    /// with `<!-- launchnix: allow(LNX0603) -->` in the XML itself.
    XmlName = "LNX0603" Warning "unknown name in XML";
}

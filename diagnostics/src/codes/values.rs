//! Values: the right type, and yet not what the option takes.

use super::codes;

codes! {
    /// A value is out of the range that the option allows. The message says why the range is what it is.
    OutOfRange = "LNX0401" Error "value out of range";
    /// An option takes one of a few values, and this is none of them.
    UnknownValue = "LNX0402" Error "unknown value";
    /// A string does not have the form that the option needs: an address, a name, a PCI function.
    Malformed = "LNX0403" Error "malformed value";
    /// A name is not one that libvirt, morph and ssh all accept: a host label of letters, digits and `-`.
    InvalidName = "LNX0404" Error "invalid name";
}

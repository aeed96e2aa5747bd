//! Conflicts: what is fine by itself, and not together.

use super::codes;

codes! {
    /// Two options of one machine exclude each other.
    Conflict = "LNX0501" Error "conflicting options";
    /// Two machines claim the same thing: a name, an address, a device, a disk.
    FleetConflict = "LNX0502" Error "conflict between machines";
    /// An option refers to something that is not there: a boot order that names no disk, an unknown network.
    DanglingReference = "LNX0503" Error "reference to nothing";
}

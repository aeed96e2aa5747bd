//! Files and the outside world.

use super::codes;

codes! {
    /// A file that the deployment names does not exist.
    MissingFile = "LNX0901" Error "missing file";
    /// A file could not be read.
    UnreadableFile = "LNX0902" Error "unreadable file";
    /// A key file does not hold what its option needs.
    BadKeyFile = "LNX0903" Error "not a key of that kind";
}

//! Types and options: what the deployment says in the wrong place or the wrong shape.

use super::codes;

codes! {
    /// An option has a value of the wrong type.
    ///
    /// ```nix
    /// cpus = "eight";   # cpus is an integer
    /// ```
    WrongType = "LNX0301" Error "wrong type";
    /// There is no option of that name here. Where an option of a similar name exists it is suggested.
    UnknownOption = "LNX0302" Error "unknown option";
    /// A required option is missing.
    MissingOption = "LNX0303" Error "missing option";
    /// The file is neither a single machine (`{ deployment; machine; }`) nor a fleet (`{ machines.<name>; }`).
    NotADeployment = "LNX0304" Error "not a deployment";
}

//! Evaluation: what is Nix, but has no value.

use super::codes;

codes! {
    /// Evaluation failed. The message is Nix's own; the places show which value could not be computed and
    /// which of your expressions asked for it.
    Evaluation = "LNX0201" Error "evaluation error";
    /// A value depends on itself.
    ///
    /// ```nix
    /// let ram = ram * 2; in { deployment = { inherit ram; }; }
    /// ```
    InfiniteRecursion = "LNX0202" Error "infinite recursion";
    /// Evaluation needed more steps, depth, memory or time than allowed. This is nearly always endless recursion.
    Limit = "LNX0203" Error "evaluation limit reached";
    /// `throw`, `abort` or a failed `assert` in the deployment file or in what it imports.
    Thrown = "LNX0204" Error "the deployment stopped itself";
    /// A set has no attribute of that name.
    MissingAttribute = "LNX0205" Error "missing attribute";
}

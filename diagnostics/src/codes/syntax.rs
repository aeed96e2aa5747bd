//! Syntax: what cannot be read as Nix at all.

use super::codes;

codes! {
    /// The file is not valid Nix. The label shows where the parser could not go on.
    ///
    /// ```nix
    /// { deployment = { cpus = 2 }; }
    ///                          ^ a `;` is missing here
    /// ```
    Syntax = "LNX0101" Error "syntax error";
    /// An attribute is defined twice in one attribute set. Both places are shown; remove one.
    DuplicateAttribute = "LNX0102" Error "duplicate attribute";
    /// A name is used that is neither bound by `let`, `rec`, a function argument or `with`, nor built in.
    UndefinedVariable = "LNX0103" Error "undefined variable";
    /// The source is nested too deeply or too large to be read safely.
    SyntaxLimit = "LNX0104" Error "source too deeply nested";
}

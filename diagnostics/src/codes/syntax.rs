//! Syntax: what cannot be read as Nix at all.

use super::codes;

codes! {
    /// The file is not valid Nix. The label stands where reading could not go on, which is often just after the
    /// mistake: a `;`, a quote or a bracket that is missing shows at the next word.
    ///
    /// The rest of the file is checked all the same, as far as it can be told apart from what is broken.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false
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
    /// What helps in long files: each `=` in a set needs its `;`, also the last one and also after `}`; elements of
    /// a list have no `;`; and a function call in a list needs parentheses.
    Syntax = "LNX0101" Error "syntax error";
    /// An attribute is defined twice in one attribute set. Nix does not let the later one win, since it may stand
    /// far from the first. Both places are labelled: remove one of them.
    ///
    /// Sets that are written in parts are fine as long as no part says the same twice: `a.b = 1; a.c = 2;` is one
    /// set.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048; nixos = false;
    ///     cpus = 4;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 4; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// To override a value on purpose, update the set: `base // { cpus = 4; }`.
    DuplicateAttribute = "LNX0102" Error "duplicate attribute";
    /// A name is used that nothing binds: no `let`, no `rec`, no function argument, no `with`, and it is not built
    /// in.
    ///
    /// The usual reasons are a typo (the nearest name is suggested), a string without its quotes, and a sibling
    /// attribute in a set that is not `rec`.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = web; cpus = 2; ram = 2048; nixos = false;
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
    /// For a value that is used twice, bind it with `let`:
    ///
    /// ```nix
    /// let
    ///   size = 2048;
    /// in
    /// { deployment = { name = "web"; cpus = 2; ram = size; nixos = false; }; }
    /// ```
    UndefinedVariable = "LNX0103" Error "undefined variable";
    /// The source is nested too deeply to be read safely: tens of thousands of expressions, one within the other. No
    /// person writes such a file; a generator that builds `a + (b + (c + …))` or one bracket per element does.
    ///
    /// Put the data in a list and fold over it, or keep it in a file of its own and read that with
    /// `builtins.fromJSON (builtins.readFile ./data.json)`, for which there is no such limit.
    SyntaxLimit = "LNX0104" Error "source too deeply nested";
}

//! Evaluation: what is Nix, but has no value.

use super::codes;

codes! {
    /// A value could not be computed. The message is Nix's own, so that a search for it finds what others had to
    /// say; the labels show which of your expressions failed, and those that asked for it.
    ///
    /// A place that reads a broken value is not at fault itself: follow the labels to the one that computes it.
    /// `--show-trace` shows every step.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048 + "512"; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 2048 + 512; nixos = false;
    ///   };
    /// }
    /// ```
    Evaluation = "LNX0201" Error "evaluation error";
    /// To compute a value, the value itself is needed. In Nix the name on the left of `=` is in scope on its right
    /// within `let` and `rec`, so that `ram = ram * 2` does not mean the outer `ram`.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   ram = ram * 2;
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; inherit ram; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   base = 1024;
    ///   ram = base * 2;
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; inherit ram; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Give one of the two another name. A cycle over several values has a label at each: any of them can break it.
    InfiniteRecursion = "LNX0202" Error "infinite recursion";
    /// Evaluation needed more steps, depth, memory or time than is allowed. A whole NixOS system stays far below
    /// the limits, so that this is nearly always a function that calls itself and never stops.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   sum = n: n + sum (n - 1);
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = sum 3; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   sum = n: if n == 0 then 0 else n + sum (n - 1);
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = sum 3; ram = 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Look for the case in which the recursion ends, and whether each call comes nearer to it.
    Limit = "LNX0203" Error "evaluation limit reached";
    /// The deployment stopped itself: by `throw`, by `abort`, or by an `assert` whose condition is false. The
    /// message is the author's, perhaps in a library that the deployment imports.
    ///
    /// The label is on the expression that stopped; other labels show what asked for it. What to change is often
    /// the value that was passed to it.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   size = name: if name == "big" then 8192 else throw "there is no size ${name}";
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = size "huge"; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   size = name: if name == "big" then 8192 else throw "there is no size ${name}";
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = size "big"; nixos = false;
    ///   };
    /// }
    /// ```
    Thrown = "LNX0204" Error "the deployment stopped itself";
    /// A set has no attribute of the name that is selected from it. Where it has one of a similar name, that is
    /// suggested.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// let
    ///   sizes = { small = 1024; big = 8192; };
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = sizes.medium; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// let
    ///   sizes = { small = 1024; big = 8192; };
    /// in
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = sizes.medium or 2048; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// `or` gives a default where the attribute may be missing; `sizes ? medium` asks whether it is there.
    MissingAttribute = "LNX0205" Error "missing attribute";
}

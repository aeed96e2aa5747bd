//! Types and options: what the deployment says in the wrong place or the wrong shape.

use super::codes;

codes! {
    /// An option has a value of another type than it takes: a string where a number belongs, one value where a list
    /// belongs. The label is on the value where it was written, which may be far from the option if it went through
    /// functions.
    ///
    /// Sizes are whole numbers of MiB, without unit and without quotes.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = "two"; ram = "4 GiB"; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Right:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; ram = 4096; nixos = false;
    ///   };
    /// }
    /// ```
    ///
    /// Where it is certain what was meant, as with `"4 GiB"`, `launchnix check --fix` writes it. `docs/options.md`
    /// has the type of each option.
    WrongType = "LNX0301" Error "wrong type";
    /// There is no option of that name at this place. Nothing is ignored silently: a setting that is misspelt would
    /// otherwise be one that is missing. A similar name, or the place where the option belongs, is suggested.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; cpus = 2; memory = 2048; ram = 2048; nixos = false;
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
    /// Settings of the disks are in `initialDisks.<name>`, those of the network cards in `interfaces`; a whole
    /// fleet has `machines`, `networks`, `pools` and `defaults` beside each other. For what Launchnix has no option
    /// for, there is `extraConfig`.
    UnknownOption = "LNX0302" Error "unknown option";
    /// A required option is not set. The label is on the name of the set that lacks it, and all that it lacks is
    /// listed together.
    ///
    /// A machine needs `cpus` and `ram`; in a file for one machine it needs its `name`, too, which in a fleet is
    /// the attribute's.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// {
    ///   deployment = {
    ///     name = "web"; nixos = false;
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
    /// What all machines of a fleet share can be said once, in `defaults.deployment`.
    MissingOption = "LNX0303" Error "missing option";
    /// The file is valid Nix, but neither of the two forms of a deployment:
    ///
    /// - one machine: `{ deployment = { … }; machine = { … }: { … }; }`,
    /// - a fleet: `{ machines.<name> = { deployment = { … }; machine = { … }: { … }; }; }`.
    ///
    /// The usual reason is that the options stand in the file itself, without `deployment` around them, that a machine
    /// of a fleet has no name (`machines.deployment` for `machines.web.deployment`), or that another file was named.
    ///
    /// Wrong:
    ///
    /// ```nix
    /// { name = "web"; cpus = 2; ram = 2048; nixos = false; }
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
    NotADeployment = "LNX0304" Error "not a deployment";
}

//! What `launchnix check --guests` finds in the NixOS configurations of guests.

use super::codes;

codes! {
    /// `launchnix check --guests` evaluates the NixOS configuration of each guest, for which it needs nixpkgs on this
    /// machine.
    ///
    /// Say where it is with the option `nixpkgs` of the deployment (a path, or `fetchTarball` with a hash), with
    /// `-I nixpkgs=DIRECTORY`, or with `NIX_PATH`. Without `--guests` a deployment is checked without nixpkgs.
    ///
    /// A nixpkgs with which not even a guest without any module of yours can be evaluated is as good as none: the message
    /// says what fails, and where. Name another revision.
    NixpkgsMissing = "LNX0801" Error "no nixpkgs to evaluate guests with";
    /// The NixOS configuration of a guest sets an option that no module declares: a slip of the pen, an option that
    /// came or went with another release of nixpkgs, or a module that is not imported.
    ///
    /// In `{ services.ngnix.enable = true; }` the name is `services.nginx`.
    UnknownGuestOption = "LNX0802" Error "unknown NixOS option";
    /// The NixOS configuration of a guest gives an option a value of another type than the option takes.
    ///
    /// In `{ services.nginx.enable = "yes"; }` the option takes `true` or `false`.
    GuestWrongType = "LNX0803" Error "wrong type of a NixOS option";
    /// Two modules of a guest give an option different values, and the option takes only one; or one sets what is
    /// read-only.
    ///
    /// Leave one of the definitions out, or say which one counts: `lib.mkForce value` wins over a plain `value`, and that
    /// over `lib.mkDefault value`.
    GuestConflict = "LNX0804" Error "conflicting definitions of a NixOS option";
    /// The NixOS configuration of a guest needs the value of an option that has none: nothing sets it, and it has no
    /// default.
    GuestNoValue = "LNX0805" Error "NixOS option without a value";
    /// A module of NixOS asserts something that the configuration of the guest does not fulfil. The message is the
    /// module's own and says what to change.
    GuestAssertion = "LNX0806" Error "failed assertion of a NixOS module";
    /// The value of a NixOS option needs the value of that same option.
    ///
    /// Often a module decides by `config` which options it sets, as in
    /// `{ config, ... }: if config.services.nginx.enable then { … } else { }`. Write
    /// `lib.mkIf config.services.nginx.enable { … }`, which delays the decision.
    GuestRecursion = "LNX0807" Error "infinite recursion in a NixOS configuration";
    /// The configuration of a guest asks for a package that nixpkgs refuses to evaluate: it is unfree, known to be
    /// insecure, marked as broken, or not there for the guest's platform.
    ///
    /// Choose another package, or allow this one in the guest's configuration: `nixpkgs.config.allowUnfree = true;`,
    /// `nixpkgs.config.permittedInsecurePackages = [ "name-version" ];`, `nixpkgs.config.allowBroken = true;`.
    GuestPackage = "LNX0808" Error "package that nixpkgs refuses";
    /// What stands for a guest's NixOS configuration is no module, or none that the module system accepts: options
    /// beside `config`, an argument that nobody gives, a file in `imports` that is not there, modules that import each
    /// other, an option that is declared a second time or with something else than a type, or `lib.mkIf`, `lib.mkMerge`
    /// or `lib.mkOverride` with something else than a condition, a list or a number.
    ///
    /// A module that is a function is called with `config`, `lib`, `options` and more, and has to take them all:
    /// `{ pkgs, ... }: { … }`.
    GuestModule = "LNX0809" Error "malformed NixOS module";
    /// The NixOS configuration of a guest cannot be evaluated.
    GuestEvaluation = "LNX0810" Error "error in a NixOS configuration";
    /// A module of NixOS warns of something in the configuration of the guest. The message is the module's own.
    ///
    /// To silence it for a file, write `# launchnix: allow(LNX0811)`.
    GuestWarning = "LNX0811" Warning "warning of a NixOS module";
}

{
  configuration ? <nixos-config>,
  system ? builtins.currentSystem,
}:
let
  evaluated = import ./lib/eval-config.nix {
    inherit system;
    modules = [ configuration ];
  };
in
{
  inherit (evaluated) config options;
  system = evaluated.config.system.build.toplevel;
}

let
  made = derivation { name = "a"; builder = "b"; system = "s"; outputs = [ "out" "dev" ]; };
  places = set: builtins.mapAttrs (name: _: builtins.unsafeGetAttrPos name set) (removeAttrs set [ "name" "builder" "system" "outputs" ]);
in
map places [ made made.dev (builtins.derivationStrict made.drvAttrs) (builtins.functionArgs derivation) (made // { all = 1; }) ]

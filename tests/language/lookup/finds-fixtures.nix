builtins.baseNameOf <fixtures/one.nix>

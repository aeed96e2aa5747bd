builtins.tryEval (import ../fixtures/absent.nix)

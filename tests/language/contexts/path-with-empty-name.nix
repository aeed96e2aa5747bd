builtins.path { path = ../fixtures/one.nix; name = ""; }

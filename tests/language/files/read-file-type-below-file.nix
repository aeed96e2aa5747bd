builtins.readFileType ../fixtures/one.nix/below

let c = builtins.appendContext "c" { "/nix/store/00000000000000000000000000000000-c" = { path = true; }; }; in [ (c == "c") (c < "d") (builtins.elem c [ "c" ]) ]

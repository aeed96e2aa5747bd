[ (builtins.scopedImport { x = 1; } ./a.nix { }) (builtins.findFile builtins.nixPath "d/text") (builtins.pathExists ./none) (builtins.readDir ./.) (builtins.functionArgs (import ./a.nix)) ]

let d = derivation { name = "d"; system = "x"; builder = "b"; outputs = [ "out" "dev" ]; a = [ 1 true "x" ]; e = builtins.toFile "t" "text"; }; in [ d.drvPath d.dev (builtins.getContext "${d}") d ]

builtins.mapAttrs (n: v: [ n v ]) (builtins.listToAttrs [ { name = "a"; value = 1; } { name = "b"; value = { c = null; }; } ] // removeAttrs { x = 1; y = 2; } [ "x" ])

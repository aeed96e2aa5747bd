[ (builtins.seq 1 2) (builtins.seq { a = throw "no"; } 3) (builtins.seq [ (throw "no") ] 4) ]

builtins.deepSeq [ 1 { b = throw "deep"; } ] 2

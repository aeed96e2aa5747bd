let s = { a = s; b = [ s ]; }; in builtins.deepSeq s "done"

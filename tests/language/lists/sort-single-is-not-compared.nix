builtins.sort (a: b: throw "no") [ 1 ]

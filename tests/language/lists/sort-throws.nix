builtins.sort (a: b: throw "compared") [ 1 2 ]

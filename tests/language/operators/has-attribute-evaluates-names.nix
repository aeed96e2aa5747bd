[ (5 ? ${"a"}) ({ a = 5; } ? a.${"b"}) ({ } ? a.${throw "not needed"}) (builtins.tryEval (5 ? ${throw "needed"})).success ({ a = { }; } ? a.b.${throw "not needed"}) ]

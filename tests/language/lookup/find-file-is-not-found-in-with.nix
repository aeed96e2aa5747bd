with { __findFile = path: name: "shadowed"; }; (builtins.tryEval <nowhere>).success

map builtins.typeOf [ (builtins.fromJSON "1.0") (builtins.fromJSON "1e2") (builtins.fromJSON "1") ]

map builtins.typeOf [ 1.0e3 1.e3 .1e3 ]

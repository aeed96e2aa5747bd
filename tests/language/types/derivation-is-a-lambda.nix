[ (builtins.typeOf derivation) derivation ]

(derivation { name = "a"; system = "x"; builder = "b"; outputHashMode = "text"; outputHashAlgo = "sha256"; outputHash = "0000000000000000000000000000000000000000000000000000"; }).drvPath

builtins.addErrorContext 3 (throw "inner")

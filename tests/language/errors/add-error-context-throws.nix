builtins.addErrorContext (throw "outer") (throw "inner")

builtins.appendContext (throw "text") (throw "context")

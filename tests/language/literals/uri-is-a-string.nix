builtins.typeOf git+ssh://host/path

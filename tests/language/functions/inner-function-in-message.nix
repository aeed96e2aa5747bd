builtins.length ((first: second: first) 1)

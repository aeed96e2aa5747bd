builtins.elem (throw "element") (throw "list")

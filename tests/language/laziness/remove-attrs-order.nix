removeAttrs (throw "set") (throw "names")

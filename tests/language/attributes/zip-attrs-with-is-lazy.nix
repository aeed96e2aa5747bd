builtins.attrNames (builtins.zipAttrsWith (throw "no") [ { a = throw "no"; } { b = 1; } ])

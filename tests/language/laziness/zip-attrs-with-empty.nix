builtins.zipAttrsWith (throw "function") [ ]

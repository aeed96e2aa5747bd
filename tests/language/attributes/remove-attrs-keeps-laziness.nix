builtins.attrNames (removeAttrs { a = throw "no"; b = throw "no"; } [ "a" ])

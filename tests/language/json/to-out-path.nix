builtins.toJSON { outPath = "/p"; other = throw "no"; }

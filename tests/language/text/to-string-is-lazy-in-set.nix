toString { outPath = "a"; b = throw "no"; }

builtins.concatStringsSep "-" [ { outPath = "a"; } { __toString = s: "b"; } ]

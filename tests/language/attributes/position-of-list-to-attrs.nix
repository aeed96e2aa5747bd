(builtins.unsafeGetAttrPos "x" (builtins.listToAttrs [ { name = "x";   value = 1; } ])).column

(builtins.unsafeGetAttrPos "a" ({ a = 1; } // {
  a = 2; })).line

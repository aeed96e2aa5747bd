(builtins.unsafeGetAttrPos "a" (import ../fixtures/tree)).line

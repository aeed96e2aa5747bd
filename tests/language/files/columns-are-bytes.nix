{
  x = builtins.unsafeGetAttrPos "a" { "ü€" = 1; a = 2; };
  y = "日本語"; z = /* ö */ __curPos.column;
}.x.column

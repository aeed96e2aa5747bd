[ (builtins.hasAttr "a" { a = throw "no"; }) (builtins.hasAttr "b" { }) (builtins.hasAttr "a.b" { a.b = 1; }) ]

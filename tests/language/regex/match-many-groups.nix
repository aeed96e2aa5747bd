let
  many = s: builtins.concatStringsSep "" (builtins.genList (_: s) 500);
in
[
  (builtins.length (builtins.match (many "(" + "a" + many ")") "a"))
  (builtins.length (builtins.match (many "(a)") (many "a")))
  (builtins.length (builtins.elemAt (builtins.split (many "(" + "a" + many ")") "bab") 1))
]

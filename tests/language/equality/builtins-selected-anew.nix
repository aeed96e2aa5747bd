let
  inherit (builtins) add;
  pair = f: [ f ];
in
[
  ([ builtins.add ] == [ builtins.add ])
  ({ a = builtins.add; } == { a = builtins.add; })
  ({ inherit (builtins) add; } == { inherit (builtins) add; })
  ([ add ] == [ add ])
  (pair builtins.add == pair builtins.add)
  (pair add == pair add)
  ([ map ] == [ map ])
  (with builtins; [ add ] == [ add ])
  (builtins.elem builtins.add [ builtins.add ])
  (map (x: x) [ add ] == map (x: x) [ add ])
]

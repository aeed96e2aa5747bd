# A list, a string and a set that grow by one piece at a time.
let
  numbers = builtins.genList (n: n) 10000;
  list = builtins.foldl' (all: n: all ++ [ n ]) [ ] numbers;
  text = builtins.foldl' (all: n: all + "line ${toString n}\n") "" numbers;
  set = builtins.foldl' (all: n: all // { ${"name${toString n}"} = n; }) { } (builtins.genList (n: n) 2000);
in
[ (builtins.length list) (builtins.stringLength text) (builtins.length (builtins.attrNames set)) ]

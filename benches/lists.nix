let
  numbers = builtins.genList (n: n) 100000;
  even = builtins.filter (n: builtins.bitAnd n 1 == 0) numbers;
  pairs = builtins.concatMap (n: [ n (n + 1) ]) even;
  reversed = builtins.genList (n: builtins.elemAt pairs (builtins.length pairs - 1 - n)) (builtins.length pairs);
  parts = builtins.partition (n: n < 50000) reversed;
in
builtins.foldl' builtins.add 0 (parts.right ++ parts.wrong ++ map (n: n * 2) numbers)

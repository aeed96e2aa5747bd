let
  numbers = builtins.genList (n: (n * 7919 + 13) - (n * 7919 + 13) / 100003 * 100003) 100000;
  descending = builtins.sort (a: b: a > b) numbers;
  words = builtins.sort builtins.lessThan (map toString numbers);
in
[ (builtins.elemAt descending 500) (builtins.elemAt words 500) ]

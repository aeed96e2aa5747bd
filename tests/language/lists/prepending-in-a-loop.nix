# What shares its end stays what it was, however it goes on.
let
  build = n: if n == 0 then [ ] else [ n ] ++ build (n - 1);
  base = build 100;
  one = [ 1 2 ] ++ base;
  other = [ 3 ] ++ base;
  third = [ 4 ] ++ one ++ [ 5 ];
  sum = builtins.foldl' builtins.add 0;
in
{
  heads = map builtins.head [ base one other third ];
  lengths = map builtins.length [ base one other third ];
  sums = map sum [ base one other third ];
  folded = builtins.elemAt (builtins.foldl' (all: n: [ n ] ++ all) [ ] (builtins.genList (n: n) 300)) 7;
  twice = sum (one ++ one);
}

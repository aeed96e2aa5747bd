# Functions with named arguments, functors, `with` and recursive sets.
let
  area = { width, height ? 2, ... }@args: width * height + (args.border or 0);
  scale = { factor = 3; __functor = self: x: x * self.factor; };
  point = n: rec { x = n; y = x + 1; sum = { inherit x y; both = x + y; }; };
  numbers = builtins.genList (n: n) 100000;
  constants = { one = 1; two = 2; };
in
[
  (builtins.foldl' (sum: n: sum + area { width = n; border = 1; }) 0 numbers)
  (builtins.foldl' (sum: n: sum + scale n) 0 numbers)
  (builtins.foldl' (sum: n: sum + (point n).sum.both) 0 numbers)
  (builtins.foldl' (sum: n: with constants; sum + one + two + n) 0 numbers)
]

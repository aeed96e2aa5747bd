let
  list = [ 1 ];
  s.a = [ 2 ];
  f = x: x;
in
{
  twice = [ list list ];
  mapped = map (_: list) [ 1 2 ];
  selected = [ s.a s.a ];
  called = [ (f list) (f list) ];
  joined = [ (list ++ [ ]) list ];
  attributes = builtins.mapAttrs (_: _: list) { a = 1; b = 2; };
  inner = [ (let x = [ x ]; in x) ];
  scope = with { b = [ 3 ]; }; [ b b ];
}

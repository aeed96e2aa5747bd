let
  a = 1;
  inherit ({ b = 2; "c d" = 3; }) b "c d";
  f = { x ? a, y, ... }@all: x + y + all.y;
in
[ a b (f { y = 2; }) ]

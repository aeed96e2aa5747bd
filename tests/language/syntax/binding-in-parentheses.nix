let
  a = f (
  b = 1;
in
a

let
  nan = (builtins.fromTOML "nan = nan").nan;
  list = [ nan ];
  set = { a = nan; };
in
[ (nan == nan) (nan != nan) ([ nan ] == [ nan ]) (list == list) (set == set) ({ a = nan; } == set) (builtins.elem nan list) (list < list) (list <= list) ]

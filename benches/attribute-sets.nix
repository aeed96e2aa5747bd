# Building, merging, mapping and selecting.
let
  names = builtins.genList (n: "name${toString n}") 100000;
  set = builtins.listToAttrs (map (name: { inherit name; value = builtins.stringLength name; }) names);
  mapped = builtins.mapAttrs (_: length: length + 1) set;
  small = builtins.genList (n: { ${"name${toString n}"} = n; }) 300;
  merged = builtins.foldl' (all: one: all // one) mapped small;
  sum = builtins.foldl' (sum: name: sum + merged.${name}) 0 names;
in
sum + builtins.length (builtins.attrNames (builtins.intersectAttrs set (removeAttrs merged [ "name5" ])))

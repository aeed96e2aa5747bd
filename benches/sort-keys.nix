# Sorting sets by what they hold, what is sorted already, and with a comparator that calls another function.
let
  machines = builtins.genList (n: {
    name = "machine${toString n}";
    weight = (n * 7919 + 13) - (n * 7919 + 13) / 1009 * 1009;
  }) 50000;
  byWeight = builtins.sort (a: b: a.weight < b.weight) machines;
  again = builtins.sort (a: b: a.weight < b.weight) byWeight;
  by = key: a: b: key a < key b;
  byBoth = builtins.sort (a: b: if a.weight == b.weight then by (x: x.name) a b else a.weight > b.weight) machines;
in
map (list: (builtins.elemAt list 500).name) [ byWeight again byBoth ]

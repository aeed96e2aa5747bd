builtins.sort (a: b: a.n < b.n) (map (n: { inherit n; name = toString n; }) (builtins.genList (n: (n * 7) - (n / 3 * 11)) 20))

builtins.sort (a: b: a.rank < b.rank) [ { rank = 2; } { rank = 1; } { rank = "last"; } ]

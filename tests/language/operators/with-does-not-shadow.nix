with { __sub = a: b: "no"; }; 5 - 3

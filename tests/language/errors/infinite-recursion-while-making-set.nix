let s = { ${s.name} = 1; name = "a"; }; in s

let n = "x"; in rec { ${n} = a; a = 1; }

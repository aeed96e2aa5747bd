let n = "x"; in { a.${n} = 1; a = { b = 2; }; a.${n + "y"} = 3; }

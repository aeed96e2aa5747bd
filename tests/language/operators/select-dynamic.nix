let n = "a"; s = { a = 1; "b c" = 2; }; in [ s.${n} s."a" s."b c" s.${"b" + " c"} ]

[ ("a" + { outPath = "b"; }) ({ outPath = "a"; } + "b") ]

let a = "x"; b = { c = "y"; }; in "${a}-${b.c}-${a + b.c}"

let greet = { name, other }: name; in greet { name = "x"; }

let greet = { name }: name; in greet { name = "x"; nmae = "y"; }

[ (x: x) builtins.map (builtins.map (x: x)) (builtins.add 1) ({ a }: a) ]

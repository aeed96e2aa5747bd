[ (builtins.map == builtins.map) ([ map ] == [ map ]) (map == map) ]

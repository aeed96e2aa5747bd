[ 1 2 3 ] |> map (x: x * 2) |> builtins.foldl' (a: b: a + b) 0

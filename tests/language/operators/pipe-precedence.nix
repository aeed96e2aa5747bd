(1 == 1 |> (x: !x)) || false

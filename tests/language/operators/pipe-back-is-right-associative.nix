toString <| (x: x + 1) <| 2

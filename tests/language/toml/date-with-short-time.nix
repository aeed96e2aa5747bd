builtins.fromTOML "a = 1979-05-27T7:00:00"

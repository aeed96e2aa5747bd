builtins.fromTOML ''a = "\e"''

builtins.fromTOML ''text = "\U00110000"''

builtins.fromTOML ''text = "\ud800"''

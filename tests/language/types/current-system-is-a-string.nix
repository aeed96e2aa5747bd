[ (builtins.isString builtins.currentSystem) (builtins.isInt builtins.currentTime) (builtins.isString builtins.nixVersion) ]

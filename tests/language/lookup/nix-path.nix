map (entry: entry.prefix) builtins.nixPath

builtins.groupBy (throw "function") [ ]

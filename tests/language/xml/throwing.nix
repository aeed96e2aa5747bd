builtins.toXML [ (throw "inside") ]

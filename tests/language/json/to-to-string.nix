builtins.toJSON { __toString = self: "text"; a = 1; }

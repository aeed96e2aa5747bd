let f = { __functor = self: x: self.y + x; y = 1; }; s = { __toString = self: "s${toString self.n}"; n = 1; }; in [ (f 2) "${s}" (toString [ s 1 null true 0.5 ]) ]

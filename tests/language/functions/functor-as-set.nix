{ __functor = { __functor = s: self: x: [ self.v x ]; }; v = 1; } 2

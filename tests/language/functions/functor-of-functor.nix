let inner = { __functor = self: x: x * 2; }; in { __functor = inner2: inner; } 4

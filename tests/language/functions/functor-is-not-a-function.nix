[ (builtins.isFunction { __functor = self: x: x; }) (builtins.typeOf { __functor = self: x: x; }) ]

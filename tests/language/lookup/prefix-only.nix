builtins.baseNameOf <fixtures>

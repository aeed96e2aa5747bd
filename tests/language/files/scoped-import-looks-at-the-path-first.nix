builtins.scopedImport (throw "the scope is not needed") [ ]

builtins.fromTOML "[[a.t]]\n[a]\nt.x = 1"

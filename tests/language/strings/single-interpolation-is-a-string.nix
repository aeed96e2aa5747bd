builtins.typeOf "${{ outPath = "x"; }}"

let s = rec { __overrides = { b = 10; }; a = b; b = 1; }; in [ s.a s.b ]

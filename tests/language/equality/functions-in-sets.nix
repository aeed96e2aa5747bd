let s = { f = x: x; }; in [ (s == s) ({ inherit (s) f; } == s) ({ f = s.f; } == { f = s.f; }) ]

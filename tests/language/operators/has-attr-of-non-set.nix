[ (1 ? a) (null ? a.b) ("x" ? a) ([ ] ? a) ]

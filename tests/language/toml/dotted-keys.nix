builtins.fromTOML ''
  a.b.c = 1
  a."x y".z = 2
  "q.r" = 3
''

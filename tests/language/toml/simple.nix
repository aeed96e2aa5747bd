builtins.fromTOML ''
  title = "x"
  [owner]
  name = 'literal \n'
  n = 42
  f = 1.5
  b = true
''

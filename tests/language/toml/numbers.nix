builtins.fromTOML ''
  a = 1_000
  b = 0xff
  c = 0o17
  d = 0b101
  e = -17
  f = 1e3
  g = 6.626e-34
  h = +5
''

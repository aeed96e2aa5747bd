builtins.fromTOML ''
  [a.b]
  c = 1
  [a]
  d = 2
  [[list]]
  n = 1
  [[list]]
  n = 2
  [[list.sub]]
  m = 3
''

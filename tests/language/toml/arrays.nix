builtins.fromTOML ''
  a = [1, 2, [3, "x"]]
  b = []
  c = [
    "multi",
    "line", # comment
  ]
''

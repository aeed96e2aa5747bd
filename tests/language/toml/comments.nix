builtins.fromTOML ''
  # leading
  a = 1 # trailing
''

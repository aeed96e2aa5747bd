''
  a''\n    b
  c
''

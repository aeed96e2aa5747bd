let x = "1\n    2\n"; in ''
    a
    ${x}b
''

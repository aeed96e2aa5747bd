''
  dollar ''${x} two-quotes ''' newline ''\n tab ''\t return ''\r other ''\x backslash \n
''

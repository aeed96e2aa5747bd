let x = "v"; in [ "a\n${x}\${x}$${x}" ''
    indented ${x}
      ''${x} ''' ''\t
  '' http://a.b/c ]

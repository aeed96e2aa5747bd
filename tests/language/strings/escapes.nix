"tab\tnewline\nreturn\rquote\"backslash\\dollar\$ other\x\é"

builtins.toXML "é🙂"

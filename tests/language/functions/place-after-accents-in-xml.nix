builtins.toXML (/* ö */ x: x)

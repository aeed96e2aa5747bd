let d = { type = "derivation"; drvPath = "/d"; outPath = "/o"; }; in builtins.toXML [ d d ]

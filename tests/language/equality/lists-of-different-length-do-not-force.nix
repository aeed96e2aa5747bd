[ (throw "no") ] == [ ]

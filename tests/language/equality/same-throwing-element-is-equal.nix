let x = throw "not forced"; in [ x ] == [ x ]

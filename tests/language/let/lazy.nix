let a = throw "no"; in 1

let true = false; null = 1; map = "m"; in [ true null map ]

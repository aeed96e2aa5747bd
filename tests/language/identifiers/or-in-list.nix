let or = 7; in [ or or ]

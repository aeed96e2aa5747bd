let q = p: p; in [ q.bb { aa = u; bb = v; } ]

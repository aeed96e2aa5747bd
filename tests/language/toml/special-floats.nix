let t = builtins.fromTOML "a = inf\nb = -inf\nc = nan"; in [ t.a t.b (t.c == t.c) ]

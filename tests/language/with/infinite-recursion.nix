let s = with s; a; in s

{ a = throw "no"; } == { a = throw "no"; b = 1; }

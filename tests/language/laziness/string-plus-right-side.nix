"a" + (throw "right")

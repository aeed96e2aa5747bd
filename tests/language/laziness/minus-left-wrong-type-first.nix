"a" - (throw "right")

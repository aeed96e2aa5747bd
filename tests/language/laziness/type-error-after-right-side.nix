1 + (throw "right")

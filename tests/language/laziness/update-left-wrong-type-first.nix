1 // (throw "right")

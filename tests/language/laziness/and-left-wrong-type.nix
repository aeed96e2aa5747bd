1 && (throw "right")

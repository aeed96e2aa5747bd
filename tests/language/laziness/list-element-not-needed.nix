builtins.elemAt [ (throw "no") 1 ] 1

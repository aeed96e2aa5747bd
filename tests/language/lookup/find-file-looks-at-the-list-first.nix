builtins.findFile null (throw "the name is not needed")

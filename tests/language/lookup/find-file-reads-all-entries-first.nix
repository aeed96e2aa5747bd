builtins.findFile [ { path = ./.; } 5 ] (throw "the name is not needed")

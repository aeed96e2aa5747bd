builtins.fromTOML "\"\" = 1\n[ \"a\" . 'b' ]\n\"\" = {}"

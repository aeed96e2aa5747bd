builtins.convertHash { hash = "!7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; hashAlgo = "sha256"; toHashFormat = "sri"; }

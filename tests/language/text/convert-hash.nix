map (to: builtins.convertHash { hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; toHashFormat = to; }) [ "base16" "nix32" "base64" "sri" ]

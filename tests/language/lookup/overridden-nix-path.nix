let __nixPath = [ { prefix = "mine"; path = toString ../fixtures; } ]; in baseNameOf <mine/one.nix>

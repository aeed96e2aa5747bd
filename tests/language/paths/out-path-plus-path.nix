# Only what is appended to a string is put into the store.
[ ({ outPath = "/o"; } + ../fixtures/one.nix) ("/o" + ../fixtures/one.nix) ]

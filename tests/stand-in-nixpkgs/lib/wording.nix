# Whose messages are given: those of nixpkgs in "2017", or in "2026".
"2026"

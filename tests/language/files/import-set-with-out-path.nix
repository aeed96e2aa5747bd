import { outPath = toString ../fixtures/one.nix; }

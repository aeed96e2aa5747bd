builtins.derivationStrict {
  name = "impure";
  builder = "/bin/sh";
  system = "x86_64-linux";
  __impure = true;
}

{ a = 1;
  ${toString "a"} = 2; }

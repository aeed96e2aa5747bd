rec {
  a.b = 1;
  a.c = { d = a.b; };
  ${"e" + "f"} = a.c.d or 3;
  inherit (a) b;
  __overrides = { b = 5; };
}

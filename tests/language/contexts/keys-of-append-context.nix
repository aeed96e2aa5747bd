# Keys are made canonical, and have to be store paths.
let
  hash = "00000000000000000000000000000000";
  of = key: builtins.getContext (builtins.appendContext "x" { ${key} = { path = true; }; });
in
map of [ "/nix/store/${hash}-x/" "/nix/store//${hash}-x" "/nix/store/../store/${hash}-x" "/nix/store/${hash}-x.drv" ]

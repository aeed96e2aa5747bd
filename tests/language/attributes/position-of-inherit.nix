builtins.map (n: (builtins.unsafeGetAttrPos n (let a = 1; s = { b = 2; }; in {
  inherit a;
     inherit (s) b;
})).column) [ "a" "b" ]

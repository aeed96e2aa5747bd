builtins.sort
  (a: b: if a == 7 then throw "7 was compared with ${toString b}" else a < b)
  (builtins.genList (x: x * 31 - x * 31 / 100 * 100) 100)

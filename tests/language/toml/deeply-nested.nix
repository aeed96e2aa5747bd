let
  many = s: builtins.concatStringsSep "" (builtins.genList (_: s) 1000);
in
{
  arrays = builtins.length (builtins.fromTOML ("a = " + many "[" + many "]")).a;
  tables = builtins.attrNames (builtins.fromTOML ("a = " + many "{a = " + "1" + many "}")).a.a;
  names = builtins.attrNames (builtins.fromTOML (many "a." + "b = 1")).a.a;
}

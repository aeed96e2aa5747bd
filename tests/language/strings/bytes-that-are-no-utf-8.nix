# A byte that is no UTF-8 is a byte: é.
{
  length = builtins.stringLength "été Ã©";
  "ÿ" = builtins.hashString "sha256" "ÿ";
  indented = builtins.hashString "sha256" ''
    þ ${"ý"}
  '';
}

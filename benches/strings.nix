let
  lines = builtins.genList (n: "line ${toString n} of the text, with some words in it") 40000;
  text = builtins.concatStringsSep "\n" lines;
  replaced = builtins.replaceStrings [ "line" "words" "\n" ] [ "Line" "more words" " / " ] text;
  parts = map (line: builtins.substring 5 12 line) lines;
in
[ (builtins.stringLength replaced) (builtins.length parts) (builtins.hashString "sha256" (toString parts)) ]

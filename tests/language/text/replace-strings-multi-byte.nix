builtins.replaceStrings [ "é" "日" ] [ "e" "ni" ] "café 日本"

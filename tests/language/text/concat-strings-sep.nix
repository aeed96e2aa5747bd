[ (builtins.concatStringsSep ", " [ "a" "b" ]) (builtins.concatStringsSep "," [ ]) (builtins.concatStringsSep "," [ "a" ]) (builtins.concatStringsSep "" [ "a" "" "b" ]) ]

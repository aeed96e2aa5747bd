map builtins.parseDrvName [ "nix-0.12" "nix" "a-b-1" "a-1b" "a-b" "a-" "-1" "name-1.0-beta-2" "x-y1-2" "" ]

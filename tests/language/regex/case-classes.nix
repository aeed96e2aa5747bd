map (class: builtins.match "[[:${class}:]]+" "Ab1 _-") [ "alnum" "print" "graph" "lower" "upper" "xdigit" "punct" "blank" ]

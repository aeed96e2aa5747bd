[ (builtins.match "a|b|c" "b") (builtins.match "(a|b)*c" "ababc") (builtins.match "ab|cd" "cd") ]

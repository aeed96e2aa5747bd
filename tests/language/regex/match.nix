[ (builtins.match "a+" "aaa") (builtins.match "a+" "aab") (builtins.match "(a)(b)?" "a") (builtins.match "(.*)-(.*)" "a-b-c") ]

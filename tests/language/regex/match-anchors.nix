[ (builtins.match "^a$" "a") (builtins.match "^ab" "ab") (builtins.match "a$" "a") ]

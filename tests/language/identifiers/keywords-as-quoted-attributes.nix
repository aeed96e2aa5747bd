{ "if" = 1; "then" = 2; "or" = 3; "inherit" = 4; "rec" = 5; "assert" = 6; "with" = 7; "let" = 8; "in" = 9; "else" = 10; }

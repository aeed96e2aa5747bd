with { a = 5; }; { inherit a; }

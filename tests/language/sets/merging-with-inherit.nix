let x = 1; s = { y = 2; }; in { a = { inherit x; }; a = { inherit (s) y; }; a.z = 3; }

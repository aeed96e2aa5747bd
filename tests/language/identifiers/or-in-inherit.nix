let s = { or = 4; }; in { inherit (s) or; }

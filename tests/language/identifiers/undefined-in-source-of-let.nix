let inherit gone; inherit (lost) a; in a

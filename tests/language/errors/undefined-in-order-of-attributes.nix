rec { a = missing-first; inherit missing-second; }

{ machines.web = { d = 1; e = 2; }; machines.web = { d = 1; e = { }; }; }

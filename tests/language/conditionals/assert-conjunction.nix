assert "a" == "b" && true; 1

true && "a"

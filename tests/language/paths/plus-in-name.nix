/a+b/c

(or: or) 3

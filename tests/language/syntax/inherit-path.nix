{ inherit x.y; }

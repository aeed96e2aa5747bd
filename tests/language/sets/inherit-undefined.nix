{ inherit undefined; }

{ inherit if; }

({ or }: or) { or = 8; }

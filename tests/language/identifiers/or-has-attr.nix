{ or.or = 1; } ? or.or

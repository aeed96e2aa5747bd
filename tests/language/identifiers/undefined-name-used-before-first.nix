rec { c = d; b = u; d = v; }

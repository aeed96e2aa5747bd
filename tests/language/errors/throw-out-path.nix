throw { outPath = "text"; }

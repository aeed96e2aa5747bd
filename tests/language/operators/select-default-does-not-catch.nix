{ a = throw "thrown"; }.a or 1

x.y or

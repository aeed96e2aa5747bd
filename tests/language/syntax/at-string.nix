x@"a"

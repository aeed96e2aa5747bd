assert false || throw "because"; 1

import ../fixtures/tree

"${ { a = "v"; }.a }${let b = { c = "w"; }; in b.c}"

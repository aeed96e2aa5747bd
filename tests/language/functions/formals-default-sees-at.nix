({ a ? all.b or 5, ... }@all: a) { b = 3; }

let none = { }; list = [ none { } [ ] [ ] ]; in builtins.deepSeq list "${list}"

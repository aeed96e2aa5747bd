[ (builtins.typeOf /a) (/a == "/a") (/a == /a) (/a/b/.. == /a) ]

builtins.attrNames ({ a = throw "no"; } // { b = throw "no"; })

let x = { a = 1; }; in [ x (removeAttrs x [ "b" ]) (removeAttrs x [ ]) ]

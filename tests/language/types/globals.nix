[ (isNull null) (toString 1) (map (x: x) [ 1 ]) (baseNameOf "a/b") (removeAttrs { a = 1; } [ "a" ]) ]

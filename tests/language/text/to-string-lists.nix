[ (toString [ ]) (toString [ 1 2 ]) (toString [ 1 [ 2 [ 3 ] ] ]) (toString [ [ ] ]) (toString [ "" "" ]) (toString [ [ ] "a" [ ] "b" [ ] ]) (toString [ null true false ]) ]

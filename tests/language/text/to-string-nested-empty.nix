[ (toString [ [ [ ] ] 1 ]) (toString [ 1 [ [ ] ] 2 ]) (toString [ 1 [ ] ]) (toString [ [ "" ] "x" ]) ]

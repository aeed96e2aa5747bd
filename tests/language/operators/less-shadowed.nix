let __lessThan = a: b: [ a b ]; in 1 < 2

[ ({ a, b ? a, ... }@c: [ a b c ]) (c@{ ... }: c) ({ }: 1) (x: y: x) (_: _) (builtins.functionArgs ({ a, b ? 1 }: a)) __curPos ]

builtins.toXML [ (x: x) ({ a, b ? 1 }: a) ({ a, ... }: a) (all@{ a }: a) ({ }: 1) ({ a, ... }@rest: a) ]

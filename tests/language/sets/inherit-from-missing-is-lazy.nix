builtins.attrNames { inherit ({ a = 1; }) b; }

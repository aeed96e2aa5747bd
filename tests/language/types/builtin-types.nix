builtins.mapAttrs (name: value: builtins.typeOf value) builtins

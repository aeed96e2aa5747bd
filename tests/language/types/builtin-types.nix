builtins.mapAttrs (name: value: builtins.typeOf value) (removeAttrs builtins [ "fetchTree" ])

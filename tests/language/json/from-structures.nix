builtins.fromJSON ''{"a": [1, {"b": null}], "c": {}, "d": []}''

# With the feature that it belongs to off, Nix has no fetchTree.
builtins.attrNames (removeAttrs builtins [ "fetchTree" ])

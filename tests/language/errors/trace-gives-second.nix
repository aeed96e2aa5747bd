builtins.trace "message" 1

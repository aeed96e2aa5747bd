builtins.traceVerbose "message" 3

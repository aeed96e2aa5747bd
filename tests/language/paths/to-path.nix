[ (builtins.toPath "/a/b/../c") (builtins.toPath "/a/./b/") (builtins.toPath /x) ]

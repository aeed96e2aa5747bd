[ (builtins.compareVersions "99999999999999999999" "2") (builtins.compareVersions "20201231" "20210101") ]

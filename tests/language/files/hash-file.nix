map (kind: builtins.hashFile kind ../fixtures/text.txt) [ "md5" "sha1" "sha256" "sha512" ]

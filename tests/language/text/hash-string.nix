map (kind: builtins.hashString kind "launchnix") [ "md5" "sha1" "sha256" "sha512" ]

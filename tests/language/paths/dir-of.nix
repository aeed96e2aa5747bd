[ (dirOf /a/b) (dirOf /a) (dirOf "/a/b") (dirOf "/a/") (dirOf "/") (dirOf "a") (dirOf "") (dirOf "a/b") (dirOf "a//b") (dirOf "//a") ]

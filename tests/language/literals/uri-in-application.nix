(x: x) ftp://h/%20~a

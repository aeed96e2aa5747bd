[ (__add 1 2) (__length [ 1 ]) (__head [ 4 ]) (__typeOf 1) (__isString "") (__langVersion) ]

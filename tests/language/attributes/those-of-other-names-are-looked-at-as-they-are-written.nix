builtins.deepSeq { zebra = throw "zebra"; aardvark = throw "aardvark"; } 1

builtins.fromJSON ''"\u00e9 \ud83d\ude42 \n \t \" \\ \/"''

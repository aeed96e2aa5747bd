throw "one\ntwo"

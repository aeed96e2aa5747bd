builtins.deepSeq {
  zebra = throw "zebra";
  add = throw "add";
  map = throw "map";
  body = throw "body";
} 1

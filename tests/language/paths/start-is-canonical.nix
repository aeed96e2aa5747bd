[
  (builtins.baseNameOf (toString ./a/.${"b"}))
  (builtins.baseNameOf (toString ./a/..${"b"}) == "paths" + "b")
  /.${"b"}
  /a/..${"b"}
  /a//b/./${"c"}
  /a/${"."}${"b"}
]

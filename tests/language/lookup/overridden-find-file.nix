let __findFile = path: name: "found ${name} in ${toString (builtins.length path)}"; __nixPath = [ 1 2 ]; in <a/b>

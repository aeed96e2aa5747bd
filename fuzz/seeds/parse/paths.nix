[ ./a.nix ../d/text /d/${"x"}/y ~/z <d/text> (import <d/a.nix> { }) (builtins.readFile ./text) ]

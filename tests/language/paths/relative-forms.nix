[ ./a.nix ../paths/a.nix ./../paths/b/./c a/b ]

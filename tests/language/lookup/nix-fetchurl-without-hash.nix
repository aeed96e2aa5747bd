(import <nix/fetchurl.nix> { url = "https://example.org/a"; }).drvPath

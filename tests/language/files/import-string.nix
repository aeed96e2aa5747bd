import (toString ../fixtures/one.nix)

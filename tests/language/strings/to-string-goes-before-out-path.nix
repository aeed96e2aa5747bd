"${{ __toString = self: "t"; outPath = "o"; }}"

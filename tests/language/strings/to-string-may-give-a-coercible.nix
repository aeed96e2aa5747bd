"${{ __toString = self: { outPath = "deep"; }; }}"

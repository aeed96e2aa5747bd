"${{ __toString = self: "<${self.n}>"; n = "name"; }}"

{ __functor = self: { argument, suffix ? self.suffix }: argument + suffix; suffix = "."; }

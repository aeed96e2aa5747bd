absent.name or default

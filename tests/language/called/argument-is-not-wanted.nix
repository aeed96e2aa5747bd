{ other ? 1 }: other

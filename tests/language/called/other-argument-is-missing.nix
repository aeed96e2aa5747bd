{ argument, other }: 1

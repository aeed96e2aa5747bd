{ zz ? x, name ? y }: 1

{ argument }: { b ? argument }: b

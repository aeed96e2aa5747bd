{ argument ? "default", other ? argument + "2" }: [ argument other ]

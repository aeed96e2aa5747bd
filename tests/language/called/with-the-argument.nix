{ argument }: "${argument}!"

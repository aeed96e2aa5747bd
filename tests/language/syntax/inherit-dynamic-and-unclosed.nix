{ inherit ${ (x) }

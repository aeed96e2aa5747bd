let x = "foo"; in /${x}/bar

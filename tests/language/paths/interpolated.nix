let x = "b"; in [ /a/${x} /a/${x}/c /a/x${x}y /a/${x + "/.."} ./${x} ]

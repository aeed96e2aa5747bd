let x = "c"; in ~/a/${x}

let x = "x"; in { inherit "${x}"; } (

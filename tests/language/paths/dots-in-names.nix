[ /a.b/..c/...d /a/.hidden ]

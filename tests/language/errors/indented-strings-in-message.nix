let x = "x"; in "" + { a = ''one token''; b = ''two''\ntokens''; c = ''it'''s''; d = ''a$b''; e = ''${"x"}''; f = ''${x}''; g = ''''; h = ''a$''; }

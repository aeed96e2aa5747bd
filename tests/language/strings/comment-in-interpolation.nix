"a${ # comment }
"b" /* " */ }c"

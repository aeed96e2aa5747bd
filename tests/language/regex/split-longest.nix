builtins.split "a|ab|abc" "xabcx"

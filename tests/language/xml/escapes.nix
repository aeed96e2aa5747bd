builtins.toXML "<a href=\"x\">&'\n\t</a>"

assert throw "operand" == 1; 1

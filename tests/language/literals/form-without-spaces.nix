let a=1;b=[2"x"3];in[a]++b

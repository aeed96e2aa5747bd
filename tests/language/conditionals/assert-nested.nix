assert true; assert true; 2

let make = n: { get = n; next = make (n + 1); }; in (make 1).next.next.get

let from = n: { head = n; tail = from (n + 1); }; in (from 0).tail.tail.head

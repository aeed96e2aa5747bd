# one
[ /* two */ 1 # three
  /* four
     * five */ 2 /**/ 3 /***/ 4 ]

[
  __curPos.line   __curPos.column
  (x: __curPos.column) ]

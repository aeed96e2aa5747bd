/* ö */ __curPos.column

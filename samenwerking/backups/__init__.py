"""Takes a whole database away and brings it back: the file, PostgreSQL's programs, sums of tables. Knows no round."""

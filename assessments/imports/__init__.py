"""Files that people bring: read as text, judged row by row. Knows no Django, no database, no request."""

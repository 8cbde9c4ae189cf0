"""Shows the reports on screen and as files."""

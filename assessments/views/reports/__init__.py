"""The reports on screen and as files."""

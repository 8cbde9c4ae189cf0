"""Holds the exit codes that are shared by the commands which other programs call."""

FAILED = 1  # something of what was to be done failed, and the log says what; CommandError has the same
USAGE_FAULT = 2  # what was asked for can't be used; argparse has the same
NO_DATABASE = 3  # the database is away, so nothing more could be done

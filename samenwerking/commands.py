"""Holds the exit code that is shared by the commands which other programs call."""

USAGE_FAULT = 2  # the exit code where what was asked for can't be used; argparse has the same

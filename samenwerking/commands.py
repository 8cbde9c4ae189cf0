"""What the commands share that other programs call."""

USAGE_FAULT = 2  # the exit code where what was asked for can't be used; argparse has the same

"""Says how small the smallest group that is shown can be. Knows nothing else: settings, forms and figures read it."""

LEAST_MINIMUM = 3
DEFAULT_MINIMUM = 5
MOST_MINIMUM = 1000
LEAST_OF_ONE_STATEMENT = 10  # people; the mean of fewer people's answers to one statement is not shown

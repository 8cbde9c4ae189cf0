"""Says how many networks what is told of several must be about, and on which days releases can be made."""

from datetime import date

KNOWN_NETWORKS = 4  # so many networks' own reports a reader may know by heart
LEAST_NETWORKS = KNOWN_NETWORKS + 2  # that are treated the same: knowing four leaves two, and neither is known
LEAST_FOR_QUARTILES = 11  # networks: ten without the reader's own

MONTHS = (4, 10)  # a release can be made from the first of these on; nobody chooses the moment


def release_number(day: date) -> str:
    """Returns the number of the release that can be made on this day: year and month, '2027-04'."""
    months = [(day.year, month) for month in MONTHS if month <= day.month] or [(day.year - 1, MONTHS[-1])]
    return "{}-{:02}".format(*months[-1])


def release_numbers(first: date, last: date) -> list[str]:
    """Returns the numbers of the releases that could be made from one day to another one, the oldest first."""
    numbers = [release_number(first)]
    while (first := next_release_day(first)) <= last:
        numbers.append(release_number(first))
    return numbers


def next_release_day(day: date) -> date:
    """Returns the first day after this one on which a new release can be made."""
    ahead = [date(day.year, month, 1) for month in MONTHS if date(day.year, month, 1) > day]
    return ahead[0] if ahead else date(day.year + 1, MONTHS[0], 1)

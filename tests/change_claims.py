"""Reads back what a report says of change, and tells where that does not follow from what both rounds published.

As tests/claims.py it knows the sentences by their form. What is beyond chance follows from the published intervals.
"""

import re
from decimal import Decimal

from assessments import dutch
from tests.claims import KEYS, claim, listed, number

SIGNED = r"[+−]?\d,\d"
MOVED = re.compile(r"(?P<what>[^.]+?) (?:is|zijn) waarschijnlijk echt (?P<way>hoger|lager) dan toen\.")
OTHERS = re.compile(
    r"Bij de andere (?:factor|(?P<others>\w+) factoren) met een interval kan het verschil toeval zijn\."
)
ALL = re.compile(r"Bij (?:(?P<both>beide)|alle (?P<all>\w+)) factoren met een interval kan het verschil toeval zijn\.")
ONE = re.compile(r"Bij (?P<one>[^.]+) kan het verschil toeval zijn\.")
NOTHING = "Geen enkele factor is te vergelijken met de vorige ronde."
UNKNOWN = "Of een verandering meer is dan toeval, is niet te zeggen."


def read(text, found):
    """Reads the sentences on the changes of one group. Raises Wrong where they don't follow, or pass something over."""
    compared = [change for change in found if change.before and change.now and change.size is not None]
    judged = {change.factor: change for change in compared if change.interval}
    if text in (NOTHING, UNKNOWN):
        claim(not judged and bool(compared) == (text == UNKNOWN), text)
        return
    told = set()
    while moved := MOVED.match(text):
        told |= _read_moved(moved, judged)
        text = text[moved.end() :].lstrip()
    claim(told == {key for key, change in judged.items() if _low(change) > 0 or _high(change) < 0}, f"moved: {told}")
    _read_rest(text, judged.keys() - told, bool(told))


def _read_moved(moved, judged):
    """Returns the factors that are said to have moved this way."""
    is_up = moved["way"] == "hoger"
    beyond = {key: change for key, change in judged.items() if (_low(change) > 0 if is_up else _high(change) < 0)}
    if counted := re.fullmatch(r"(\w+) factoren", moved["what"]):
        claim(len(beyond) == number(counted[1]), moved[0])
        return set(beyond)
    sizes = dict(re.findall(rf"(?:^|, | en )([\w ]+?) \(({SIGNED})\)", dutch.lower(moved["what"])))
    claim({KEYS[name] for name in sizes} == set(beyond), moved[0])
    for name, size in sizes.items():
        change = beyond[KEYS[name]]
        claim(Decimal(size.replace(",", ".").replace("−", "-")) == change.now.mean - change.before.mean, moved[0])
    return set(beyond)


def _read_rest(text, still, some_moved):
    if not text:
        claim(not still, "nothing is said of the others")
    elif found := OTHERS.fullmatch(text):
        claim(some_moved and len(still) == (number(found["others"]) if found["others"] else 1), text)
    elif found := ALL.fullmatch(text):
        claim(not some_moved and len(still) == (2 if found["both"] else number(found["all"])), text)
    else:
        found = ONE.fullmatch(text)
        claim(found and not some_moved and {KEYS[name] for name in listed(found["one"])} == still, text)


def _low(change):
    return change.interval[0]


def _high(change):
    return change.interval[1]

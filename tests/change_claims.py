"""Reads back what a report says of change, and tells where that does not follow from what both rounds published.

As tests/claims.py it knows the sentences by their form. What is beyond chance follows from the published intervals.
"""

import re
from decimal import Decimal

from assessments import dutch
from tests.claims import KEYS, claim, listed, number

SIGNED = r"[+−]?\d,\d"
MOVED = re.compile(r"(?P<what>[^.]+?) (?:is|zijn) waarschijnlijk echt (?P<way>hoger|lager) dan toen\.")
END = r" kan het verschil toeval zijn(?P<rest>; bij de rest is dat niet te zeggen)?\."
OTHERS = re.compile(rf"Bij (?P<only>de )?(?:(?P<others>\w+) )?andere (?:(?P<number>\w+) )?factor(?:en)?{END}")
ALL = re.compile(rf"Bij (?:(?P<both>beide)|(?P<every>alle )?(?P<all>\w+)) factoren{END}")
ONE = re.compile(rf"Bij (?P<one>[^.;]+?){END}")
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
    _read_rest(text, judged.keys() - told, bool(told), len(judged) < len(found))


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


def _read_rest(text, still, some_moved, has_rest):
    """Reads of how many others a change can be chance; `has_rest`: of more nothing can be said, which is told."""
    if not text:
        claim(not still, "nothing is said of the others")
        return
    if found := OTHERS.fullmatch(text):
        told = found["number"] or found["others"]
        claim(some_moved and len(still) == (number(told) if told else 1), text)
        claim(bool(found["only"]) != has_rest, text)
    elif found := ALL.fullmatch(text):
        claim(not some_moved and len(still) == (2 if found["both"] else number(found["all"])), text)
        claim(bool(found["both"] or found["every"]) != has_rest, text)
    else:
        found = ONE.fullmatch(text)
        claim(found and not some_moved and {KEYS[name] for name in listed(found["one"])} == still, text)
    claim(bool(found["rest"]) == has_rest, text)


def _low(change):
    return change.interval[0]


def _high(change):
    return change.interval[1]

"""Reads back why the conversation guide names a factor, and tells which reasons do not follow from the figures."""

import re

from assessments import dutch
from tests.claims import AT, FACTORS, HOLDS, KEYS, PLACE, THERE, Wrong, bounds, claim, differs, listed

COLOURS = ", en kan volgens een van de studies andere factoren kleuren"
TOPIC = re.compile(r"(?P<name>[^:]+): (?P<why>.+)\. De vragen staan (?P<where>hieronder|bij de verschillen)\.")
LOWEST = re.compile(rf"dit scoort het laagst(?P<where> (?:{PLACE})(?:(?:, | en )(?:{PLACE}))*)?")
REASONS = {
    "dit krijgt een lage score": HOLDS["lage score"],
    f"dit krijgt een lage score{THERE}": HOLDS[f"lage score{THERE}"],
    "een onderdeel hiervan scoort laag": HOLDS["een onderdeel scoort laag"],
    f"een onderdeel hiervan scoort laag{THERE}": HOLDS[f"een onderdeel scoort laag{THERE}"],
    "de meningen zijn verdeeld": HOLDS["verdeeld"],
    "hier lopen niveaus uiteen": differs("0.5"),
}


def read(reader, topic):
    """Reads one line of what to begin with. Raises Wrong where it does not follow, or is not known."""
    found = TOPIC.fullmatch(topic)
    if not found:
        raise Wrong(f"no such line: {topic}")
    key, why = KEYS[dutch.lower(found["name"])], found["why"]
    claim((why == "hier lopen niveaus uiteen") == (found["where"] == "bij de verschillen"), topic)
    if lowest := LOWEST.fullmatch(why):
        for figures in _told_of(reader, lowest["where"]):
            claim(_is_at_the_end(key, figures), topic)
    elif why == "dit is een van de lagere scores":
        claim(any(_is_below_something(key, figures) for figures in _told_of(reader, None)), topic)
    else:
        claim(REASONS[why.removesuffix(COLOURS)](reader, key), topic)


def _told_of(reader, where):
    """Returns whose figures are spoken of: the levels that are named, else the report's own.

    Where the network's are not whole, each level's are.
    """
    if where:
        return [reader.at(AT[place]) for place in listed(where.strip())]
    is_whole = reader.level or len(reader.own) == len(FACTORS)
    return [reader.own] if is_whole else [reader.at(level) for level in reader.shown]


def _is_at_the_end(key, figures):
    own = bounds(figures[key])[1]
    return all(own <= bounds(figure)[0] for other, figure in figures.items() if other != key)


def _is_below_something(key, figures):
    return key in figures and any(bounds(figures[key])[0] < bounds(figure)[1] for figure in figures.values())

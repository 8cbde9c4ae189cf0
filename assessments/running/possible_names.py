"""Finds words in an open answer that may be a name, for the coördinator who looks it through. It misses names too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

TITLES = "juf|juffrouw|meester|meneer|mevrouw|mijnheer|dhr|mevr|mw|dokter|wethouder"
BETWEEN = r"(?:\s+(?:van|de|der|den|ter|ten|te|het|’t|'t))*"
WORD = r"[^\W\d_][\w’'-]*"
TITLED = re.compile(rf"\b(?:{TITLES})\b\.?{BETWEEN}\s+({WORD})", re.IGNORECASE)
CAPITAL = re.compile(rf"\b({WORD})")
ENDS = ".!?…•"  # of a sentence, or what stands before one
BETWEEN_THEM = re.compile(r"[\s\"'‘’“”(*-]*")
LONGEST_ABBREVIATION = 4  # in capitals only: IB, JGZ, POH
NO_NAMES = frozenset({"Nederland", "Nederlands", "Nederlandse", "Teams", "Excel", "Word"})


def possible_names(text: str, known: Collection[str] = ()) -> list[str]:
    """Returns words that may be a name, each once, in the order of the text.

    That is a word with a capital that begins no sentence, and the word after juf, meester, meneer or the like. The
    names in `known`, of organisations, are none.
    """
    for name in sorted(known, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", lambda found: "·" * len(found[0]), text, flags=re.IGNORECASE)
    return list(dict.fromkeys(word for _, word in sorted([*_titled(text), *_capitals(text)])))


def _titled(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(1), found[1]) for found in TITLED.finditer(text))


def _capitals(text: str) -> Iterator[tuple[int, str]]:
    for found in CAPITAL.finditer(text):
        word, place = found[1], found.start(1)
        stem = re.split("[’'-]", word)[0]  # IB'er
        is_abbreviation = stem.isupper() and len(stem) <= LONGEST_ABBREVIATION
        if word[0].isupper() and not is_abbreviation and word not in NO_NAMES and not _begins(text[:place]):
            yield place, word


def _begins(before: str) -> bool:
    """Tells whether a sentence or line begins after this; one pattern for both would take minutes for some texts."""
    found = BETWEEN_THEM.match(before[::-1])
    between = found[0] if found else ""
    bare = before[: len(before) - len(between)]
    return not bare or bare[-1] in ENDS or "\n" in between

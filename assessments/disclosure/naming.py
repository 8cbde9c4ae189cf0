"""Decides beside which open answers their level is named. Knows no text, only how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key", str, int)


def may_be_named(counts: Mapping[Key, int], minimum: int) -> frozenset[Key]:
    """Returns the groups that may be named (rule 7d); `counts` has the number of people, or texts, by group.

    A group of `minimum` or more is named. The groups that are not named follow from the rest. So as long as there are
    such groups, with fewer than the minimum together, the smallest named group is not named either. A group of nobody
    is such a group too: all of its people came by an open link, and those don't count.
    """
    named = {key for key, count in counts.items() if count >= minimum}
    while named and (unnamed := counts.keys() - named) and sum(counts[key] for key in unnamed) < minimum:
        named.remove(min(named, key=lambda key: (counts[key], key)))
    return frozenset(named)

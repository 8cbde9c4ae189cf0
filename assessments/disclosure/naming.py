"""Decides which groups may be named beside things that are shown of all groups together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key", str, int)


def may_be_named(counts: Mapping[Key, int], minimum: int) -> frozenset[Key]:
    """Returns the groups that may be named (rule 7d); `counts` has the number of people, or texts, by group.

    A group is named from `minimum`. What is not named can be told from the rest, so as long as that is something
    but fewer than the minimum, the smallest named group is not named either. A group of nobody is something: all of
    its people came by an open link, and those don't count.
    """
    named = {key for key, count in counts.items() if count >= minimum}
    while named and (unnamed := counts.keys() - named) and sum(counts[key] for key in unnamed) < minimum:
        named.remove(min(named, key=lambda key: (counts[key], key)))
    return frozenset(named)

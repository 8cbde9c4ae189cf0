"""Tells whether what is told of several networks could be combined into what is told of a few of them.

Each published mean is, but for a number that everybody knows, a sum of published figures of networks: a row with a
weight for each of these. Whoever has many such means, from any release, table and cell, can add and subtract them as
they like, and may know KNOWN_NETWORKS networks' own reports by heart.

Deal the networks into LEAST_NETWORKS piles, so that the columns of each pile alone have the rank of all columns. Then a
combination that vanishes on one pile vanishes altogether. So each that tells something touches a network in every pile;
whoever knows four of those is left with two at least, and can't tell what is in the report of either.

Dealing may fail where another deal would succeed, and there are rows that no deal fits and that nobody could misuse:
the rule is stricter than it must be. It is laxer only where a rank happens to be lower modulo the prime below.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assessments.rules.releases import LEAST_NETWORKS

Unknown = tuple[str, str]  # a network, and which of its published figures
Row = Mapping[Unknown, int]
Weights = tuple[tuple[str, int, int], ...]  # of one network: figure, row, weight

_PRIME = 2**20 - 3  # ranks are counted modulo this: no sum of products is too large for 64 bits


def is_safe(rows: Sequence[Row], least: int = LEAST_NETWORKS) -> bool:
    """Tells whether every combination of the rows that tells something touches `least` networks or more."""
    distinct = list({frozenset(row.items()): row for row in rows}.values())
    networks = _networks(distinct)
    everything, piles = _Span(len(distinct)), [_Span(len(distinct)) for _ in range(least)]
    for columns in networks:
        everything.grow(columns)
        _deal(columns, piles)
    return all(pile.rank == everything.rank for pile in piles)


def _deal(columns: np.ndarray, piles: Iterable[_Span]) -> None:
    """Puts a network on the pile with the lowest rank of those that it adds to."""
    for pile in sorted(piles, key=lambda pile: pile.rank):
        if pile.grow(columns):
            return


def _networks(rows: Sequence[Row]) -> list[np.ndarray]:
    """Returns the columns of each network, one for each of its figures: rare networks first, alike ones together."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for place, row in enumerate(rows):
        for (network, what), weight in row.items():
            found[network].append((what, place, weight))
    alike = Counter(tuple(sorted(weights)) for weights in found.values())
    ordered = sorted(alike.items(), key=lambda pair: (pair[1], pair[0]))
    return [_columns(weights, len(rows)) for weights, count in ordered for _ in range(count)]


def _columns(weights: Weights, rows: int) -> np.ndarray:
    """Returns an array of figures by rows."""
    columns: dict[str, list[int]] = defaultdict(lambda: [0] * rows)
    for what, place, weight in weights:
        columns[what][place] = weight
    return np.array([*columns.values()], dtype=np.int64)


class _Span:
    """Is what some columns span, as a reduced basis: each of its vectors is 1 in a place where all others are 0."""

    def __init__(self, length: int) -> None:
        self._basis = np.zeros((0, length), dtype=np.int64)
        self._places: list[int] = []

    @property
    def rank(self) -> int:
        return len(self._places)

    def grow(self, columns: np.ndarray) -> bool:
        """Takes in more columns, and tells whether the rank went up."""
        before = self.rank
        for column in columns:
            left = (column - column[self._places] @ self._basis) % _PRIME
            if left.any():
                self._add(left)
        return self.rank > before

    def _add(self, vector: np.ndarray) -> None:
        place = int(vector.argmax())
        own = vector * pow(int(vector[place]), -1, _PRIME) % _PRIME
        self._basis = (self._basis - np.outer(self._basis[:, place], own)) % _PRIME
        self._basis = np.vstack([self._basis, own])
        self._places.append(place)

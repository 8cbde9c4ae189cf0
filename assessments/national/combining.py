"""Tells whether what is told of several networks could be combined into what is told of a few of them.

Each published mean is, but for a number that everybody knows, a sum of published figures of networks: a row with a
weight for each of these. Whoever has many such means, from any release, table and cell, can add and subtract them as
they like, and may know some networks' own reports by heart.

Two networks are *alike* where every row treats them the same: then every combination does so too. Take the networks in
classes of alike ones. Suppose that a combination that vanishes on all classes of LEAST_NETWORKS or more vanishes
altogether. Then each that tells something gives the same weights to so many networks; whoever knows KNOWN_NETWORKS of
them is left with two at least, treated the same, and can't tell what is in the report of either. That is asked here by
two ranks: of all columns, and of the columns of the large classes alone. They are equal just where what was supposed
holds.

The rule is stricter than it must be: some rows that it refuses would tell of many networks too. Never the other way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from assessments.rules.releases import LEAST_NETWORKS

Unknown = tuple[str, str]  # a network, and which of its published figures
Row = Mapping[Unknown, int]
Weights = tuple[tuple[str, int, int], ...]  # of one network: figure, row, weight

_PRIME = 2**31 - 1  # ranks are counted modulo this: exact, and no product is too large for 64 bits


def is_safe(rows: Sequence[Row], least: int = LEAST_NETWORKS) -> bool:
    """Tells whether every combination of the rows that tells something treats `least` networks or more the same."""
    classes = _alike(rows)
    columns = {weights: _columns(weights, len(rows)) for weights in classes}
    large = (columns[weights] for weights, networks in classes.items() if networks >= least)
    return _rank(chain(*columns.values())) == _rank(chain(*large))


def _alike(rows: Sequence[Row]) -> Counter[Weights]:
    """Returns how many networks have the same weights in all rows, figure by figure."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for place, row in enumerate(rows):
        for (network, what), weight in row.items():
            found[network].append((what, place, weight))
    return Counter(tuple(sorted(weights)) for weights in found.values())


def _columns(weights: Weights, rows: int) -> list[list[int]]:
    """Returns the columns of a network with these weights, one for each of its figures."""
    columns: dict[str, list[int]] = defaultdict(lambda: [0] * rows)
    for what, place, weight in weights:
        columns[what][place] = weight
    return list(columns.values())


def _rank(columns: Iterable[Sequence[int]]) -> int:
    """Returns the rank of a matrix of small whole numbers, by elimination modulo a prime."""
    distinct = sorted({*map(tuple, columns)})
    left, rank = np.array(distinct or [[]], dtype=np.int64) % _PRIME, 0
    while len(left := left[np.any(left, axis=1)]):
        left = _without(left)
        rank += 1
    return rank


def _without(rows: np.ndarray) -> np.ndarray:
    """Returns the rows less as much of the first one as clears its first place that is not 0, and that row left out."""
    pivot = rows[0]
    place = int(pivot.nonzero()[0][0])
    own = pivot * pow(int(pivot[place]), -1, _PRIME) % _PRIME
    return (rows[1:] - rows[1:, place, None] * own % _PRIME) % _PRIME

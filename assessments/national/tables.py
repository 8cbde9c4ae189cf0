"""Makes the fixed tables of a release: what is told of several networks, every network weighing the same.

A table is over all networks, or over those with one answer to one question (`FILTERS`). Its figures are means of
published figures: of each level, of the network, of the differences between levels, and of the change since the round
before. Whatever could be combined into what is told of a few networks is left out, with all earlier releases counted
in: `assessments.national.combining` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from assessments.national.combining import Row, is_safe
from assessments.national.quartiles import Place, Quartiles, SetsTold, quartiles
from assessments.rules.releases import LEAST_NETWORKS
from assessments.scores.icc import Summary
from assessments.scores.readings import half_up
from factors.instrument import LEVELS

ALL = ""  # the filter, and the value, of the table over all networks
FILTERS = ("year", "scope", "inhabitants", "collaboration_form", "kind")
NETWORK = "network"
RESPONSE = "response"  # a scale of its own, in per cent
LEAST_RESPONSE = 1  # nearer to 0 or 100 a mean would be that of each network


@dataclass(frozen=True)
class Member:
    """Is a round in a release: the `place`th of its network to enter one.

    `figures` has its published means by (scale, level or NETWORK); `traits` the values that it has of each filter.
    """

    entry: int
    network: str
    place: int
    instrument: str
    traits: Mapping[str, tuple[str, ...]]
    figures: Mapping[tuple[str, str], Decimal]
    alphas: Mapping[str, Decimal] = field(default_factory=dict)  # by scale
    moments: Mapping[tuple[str, str], Summary] = field(default_factory=dict)  # by (scale, level), as published

    @property
    def at(self) -> Place:
        return self.network, self.place


@dataclass(frozen=True)
class Quantity:
    """Is something that is told: a level, the network or a difference, as weights of the levels; or its change."""

    key: str
    weights: Mapping[str, int]
    is_change: bool = False

    def value(self, member: Member, scale: str) -> Decimal | None:
        """Returns what a round says of it; None where the round publishes too little."""
        if self.key == NETWORK:
            return member.figures.get((scale, NETWORK))
        parts = [(weight, member.figures.get((scale, level))) for level, weight in self.weights.items()]
        found = [weight * part for weight, part in parts if part is not None]
        return sum(found, Decimal()) if len(found) == len(parts) else None

    def row(self, entries: Iterable[tuple[str, int]]) -> Row:
        """Returns it as a sum over rounds, each a (network, place)."""
        row: dict[tuple[str, str], int] = {}
        for network, place in entries:
            for level, weight in self.weights.items():
                row[network, f"{place}:{level}"] = weight
                if self.is_change:
                    row[network, f"{place - 1}:{level}"] = -weight
        return row


_ALL_LEVELS = dict.fromkeys(LEVELS, 1)  # the network's score is a third of their sum
OF_A_CELL = (*(Quantity(level, {level: 1}) for level in LEVELS), Quantity(NETWORK, _ALL_LEVELS))
OF_ALL = (
    *OF_A_CELL,
    *(Quantity(f"{high}-{low}", {high: 1, low: -1}) for low, high in combinations(LEVELS, 2)),
    Quantity("change", _ALL_LEVELS, is_change=True),
)
QUANTITIES = {quantity.key: quantity for quantity in OF_ALL}


@dataclass(frozen=True)
class Told:
    """Is a figure over several networks: a mean to one decimal, of the rounds `entries`, and its quartiles or None."""

    filter: str
    value: str
    scale: str
    quantity: str
    entries: tuple[int, ...]
    mean: Decimal
    quartiles: Quartiles | None = None

    @property
    def networks(self) -> int:
        return len(self.entries)  # one round of each


def tell(
    members: Sequence[Member],
    scales: Iterable[str],
    before: Sequence[Told],
    places: Mapping[int, Place],
    sets: SetsTold,
) -> list[Told]:
    """Returns all that a release of these rounds tells, beside what earlier ones told.

    `places` has every round that ever entered a release; `sets` those of which quartiles were told.
    """
    told = (own for scale in scales for own in _of_scale(members, scale, before, places))
    return [_with_quartiles(own, places, sets) for own in told]


def _with_quartiles(told: Told, places: Mapping[int, Place], sets: SetsTold) -> Told:
    """Returns it without its quartiles where these may not be told."""
    if told.quartiles is None or sets.admits((told.scale, told.quantity), (places[entry] for entry in told.entries)):
        return told
    return replace(told, quartiles=None)


def _of_scale(
    members: Sequence[Member], scale: str, before: Sequence[Told], places: Mapping[int, Place]
) -> Iterator[Told]:
    """Yields what is told of one scale, table by table; where a whole table can't be, those of its cells that can."""
    rows = [_row(told, places) for told in before if told.scale == scale]
    for cells in _tables(members, scale):
        for part in [cells] if is_safe([*rows, *_rows(cells, places)]) else [[cell] for cell in cells]:
            new = _rows(part, places)
            if is_safe([*rows, *new]):
                rows += new
                yield from (told for cell in part for told in cell)


def _row(told: Told, places: Mapping[int, Place]) -> Row:
    return QUANTITIES[told.quantity].row(places[entry] for entry in told.entries)


def _rows(cells: Iterable[Sequence[Told]], places: Mapping[int, Place]) -> list[Row]:
    return [_row(told, places) for cell in cells for told in cell]


def _tables(members: Sequence[Member], scale: str) -> Iterator[list[list[Told]]]:
    """Yields the tables of a scale in the order in which they are decided; of the first each figure is a cell."""
    last, before = latest(members), {(member.network, member.place): member for member in members}
    yield [[told] for quantity in OF_ALL if (told := _told(last, scale, quantity, before))]
    for name in FILTERS:
        values = sorted({value for member in members for value in member.traits.get(name, ())})
        yield [list(_cell(members, scale, name, value)) for value in values]


def _cell(members: Sequence[Member], scale: str, name: str, value: str) -> Iterator[Told]:
    own = latest(member for member in members if value in member.traits.get(name, ()))
    for quantity in OF_A_CELL:
        if told := _told(own, scale, quantity, {}, name, value):
            yield told


def latest(members: Iterable[Member]) -> list[Member]:
    """Returns the last round of each network: every network weighs the same."""
    found: dict[str, Member] = {}
    for member in sorted(members, key=lambda member: member.place):
        found[member.network] = member
    return sorted(found.values(), key=lambda member: member.entry)


def _told(
    members: Iterable[Member],
    scale: str,
    quantity: Quantity,
    before: Mapping[tuple[str, int], Member],
    name: str = ALL,
    value: str = ALL,
) -> Told | None:
    """Returns the mean over those that publish enough for it; None where they are fewer than LEAST_NETWORKS."""
    of = _change(quantity, before) if quantity.is_change else quantity.value
    found = {member.entry: own for member in members if (own := of(member, scale)) is not None}
    if len(found) < LEAST_NETWORKS:
        return None
    mean = half_up(Fraction(sum(found.values())) / len(found))
    if scale == RESPONSE and not LEAST_RESPONSE <= mean <= 100 - LEAST_RESPONSE:
        return None
    return Told(name, value, scale, quantity.key, tuple(found), mean, None if name else quartiles(found.values()))


def _change(quantity: Quantity, before: Mapping[tuple[str, int], Member]) -> Callable[[Member, str], Decimal | None]:
    """Returns what tells the change of a round's network score since the one before, in the same instrument."""
    network = QUANTITIES[NETWORK]

    def value(member: Member, scale: str) -> Decimal | None:
        earlier = before.get((member.network, member.place - 1))
        if earlier is None or earlier.instrument != member.instrument:
            return None
        now, then = network.value(member, scale), network.value(earlier, scale)
        return None if now is None or then is None else now - then

    return value

"""Constructs four networks after the four cases of Smeets & Van Veen (2018): answers that say what the study says.

Nobody gave these answers. A file of fixtures/cases names who takes part. In the order of the factors it gives what the
study says (paraphrased, with the section), what that is about, and in whose eyes or about whom it is: `partners` and
`levels`, which mean all where they are not named. Three rules make answers of it:

1. Each person answers a statement by the last reading that speaks of it and of them. So a reading for all comes
   first, and an exception after it. What no reading speaks of is *niet gezegd*: in the middle, with spread.
2. A reading says how people answer on average (MEANS). *Wisselend* is two minds: one half of those people, always
   the same, answers as *sterk*, the other half as *zwak*.
3. Around that mean the answers are spread like those of the demo, by chance that is the same each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from django.conf import settings

from assessments.demo.case import Person, Seat, spread
from assessments.scores.answers import Value
from factors.instrument import Instrument

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "cases"

MEANS = {"sterk": 4.3, "redelijk": 3.7, "niet_gezegd": 3.3, "zwak": 2.3}
MIXED = "wisselend"


@dataclass(frozen=True)
class Reading:
    """Is what the study says at one place; `about` are factors, dimensions, the outcome or single statements."""

    at: str
    says: str
    about: tuple[str, ...]
    reading: str
    partners: tuple[str, ...]
    levels: tuple[str, ...]

    def speaks_of(self, seat: Seat) -> bool:
        return (not self.partners or seat.partner in self.partners) and (not self.levels or seat.level in self.levels)


@dataclass(frozen=True)
class Case:
    name: str
    minimum: int
    seed: int
    partners: dict[str, tuple[str, str]]
    seats: tuple[Seat, ...]
    readings: tuple[Reading, ...]


@cache
def cases() -> tuple[Case, ...]:
    """Returns the cases in the order of the study. Raises KeyError where a file is not whole."""
    return tuple(_case(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.yaml")))


def _case(row: dict[str, Any]) -> Case:
    return Case(
        name=row["name"],
        minimum=row["minimum"],
        seed=row["seed"],
        partners={key: (partner["name"], partner["kind"]) for key, partner in row["partners"].items()},
        seats=tuple(Seat(**seat) for seat in row["seats"]),
        readings=tuple(
            Reading(
                at=entry["at"],
                says=entry["says"],
                about=tuple(entry["about"]),
                reading=entry["is"],
                partners=tuple(entry.get("partners", ())),
                levels=tuple(entry.get("levels", ())),
            )
            for entry in row["readings"]
        ),
    )


def case_people(case: Case, instrument: Instrument) -> list[Person]:
    """Returns everybody in the case with what they answer, the same each time."""
    random = Random(case.seed)  # noqa: S311 (constructs a demo, keeps no secret)
    seats = [seat for seat in case.seats for _ in range(seat.number)]
    answers: list[dict[str, Value]] = [{} for _ in seats]
    for statement, scales in _statements(instrument):
        for places, mean in _alike(case, seats, scales):
            values = spread(mean, len(places), random)
            random.shuffle(values)
            for place, value in zip(places, values, strict=True):
                answers[place][statement] = value
    return [
        Person(seat.partner, seat.level, seat.job_title, given, {}) for seat, given in zip(seats, answers, strict=True)
    ]


def _statements(instrument: Instrument) -> Iterator[tuple[str, set[str]]]:
    """Yields each statement that partners are asked, and what a reading may name to speak of it."""
    for block, statements in instrument.blocks.items():
        if block != instrument.ouders.key:
            yield from ((statement.key, {block, statement.scale, statement.key}) for statement in statements)


def _alike(case: Case, seats: list[Seat], scales: set[str]) -> Iterator[tuple[list[int], float]]:
    """Yields the places of people at one level who answer around the same mean, with that mean."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, seat in enumerate(seats):
        reading = _reading(case, seat, scales)
        if reading == MIXED:
            reading = "sterk" if place % 2 else "zwak"
        groups[seat.level, reading].append(place)
    yield from ((places, MEANS[reading]) for (_, reading), places in groups.items())


def _reading(case: Case, seat: Seat, scales: set[str]) -> str:
    spoken = [r.reading for r in case.readings if scales.intersection(r.about) and r.speaks_of(seat)]
    return spoken[-1] if spoken else "niet_gezegd"

"""Scores levels, partners and the perspective from score cells. Knows nothing of who may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import pandas as pd

from assessments.scores.cells import Cells, Counts, cells
from assessments.scores.groups import Cell, Group, level_group, partner_group
from assessments.scores.moments import Moments
from factors.instrument import OUDERS, Instrument


@dataclass(frozen=True)
class Scores:
    """Holds all that was scored in a round, exactly, before anyone decides what may be shown.

    `moments` has the sums by scale and group; `scored` the number of people with that score by scale and (partner,
    level); `unknown` the share of 'weet ik niet' among the answers given, by scale and group, and `given` the number of
    people who gave any, by scale and cell; `masks` by block and cell how many people answered which of its
    statements; `respondents` by cell the number of people with any factor score. `judged` has the same of those who
    answered by a personal link, where others answered by an open one: nobody knows who those others are. Where it is
    None, everybody is judged.
    """

    moments: Mapping[str, Mapping[Group, Moments]]
    scored: Mapping[str, Mapping[Cell, int]]
    unknown: Mapping[str, Mapping[Group, Fraction]]
    given: Mapping[str, Mapping[Cell, int]]
    masks: Mapping[str, Mapping[Cell, Mapping[str, int]]]
    respondents: Mapping[Cell, int]
    judged: Scores | None = None


def score(counts: Counts, instrument: Instrument) -> Scores:
    """Returns the scores that `counts` hold, on each factor, each dimension, the outcome and the perspective.

    A person's score is the mean of their answered statements of the scale, with at least half of them answered; a
    group's score is the mean over its people with that score, in which every person weighs the same. Raises KeyError
    for a block that the instrument does not have and ValueError where a pattern is not as long as its block.
    """
    return score_from_cells(cells(counts, instrument), instrument)


def score_from_cells(cells: Cells, instrument: Instrument) -> Scores:
    """Returns the same scores as `score`, from cells; its cost does not grow with the number of people."""
    scores, respondents = cells.scores, cells.respondents
    needed = {key: scale.needed for key, scale in instrument.scales.items()}
    eligible = scores[scores["answered"] >= scores["scale"].map(needed).astype("int64")]
    given = scores[scores["answered"] + scores["unknown"] > 0]
    return Scores(
        moments=_moments(eligible, _unit(instrument)),
        scored=_people(eligible, "scale"),
        unknown=_unknown(given),
        given=_people(given, "scale"),
        masks=_masks(cells.masks),
        respondents={(row.partner, row.level): int(row.people) for row in respondents.itertuples()},
    )


def _unit(instrument: Instrument) -> int:
    """Returns a common multiple, so that each person's mean is a whole number of units.

    It is the least one of all numbers of statements that somebody can have answered: sums are exact without fractions.
    """
    longest = max(len(scale.places) for scale in instrument.scales.values())
    return lcm(*range(1, longest + 1))


def _moments(eligible: pd.DataFrame, unit: int) -> dict[str, dict[Group, Moments]]:
    """Adds up, by scale and group, the scores of all who answered enough, and the squares of these scores.

    A row of `eligible` stands for people who each gave so many answers with the same total. So each of them scores
    total / answered points, or total · unit / answered units: the division leaves no rest.
    """
    people = eligible["people"].astype("int64")
    value = eligible["total"].astype("int64") * unit // eligible["answered"].astype("int64").clip(lower=1)
    frame = eligible[["partner", "level", "scale"]].assign(
        n=people,
        total=value * people,
        squares=value**2 * people,
        low=people.where(value < 3 * unit, 0),
        high=people.where(value >= 4 * unit, 0),
    )
    sums = _by_group(frame, ["n", "total", "squares", "low", "high"])
    return {
        scale: {
            group: Moments(n, total, squares, low, high, unit)
            for group, (n, total, squares, low, high) in groups.items()
        }
        for scale, groups in sums.items()
    }


def _unknown(given: pd.DataFrame) -> dict[str, dict[Group, Fraction]]:
    people = given["people"].astype("int64")
    rows = (given["answered"] + given["unknown"]).astype("int64") * people
    frame = given[["partner", "level", "scale"]].assign(unknown=given["unknown"].astype("int64") * people, rows=rows)
    return {
        scale: {group: Fraction(unknown, rows) for group, (unknown, rows) in groups.items()}
        for scale, groups in _by_group(frame, ["unknown", "rows"]).items()
    }


def _by_group(frame: pd.DataFrame, columns: list[str]) -> dict[str, dict[Group, tuple[Any, ...]]]:
    """Adds up `columns` by scale, then by level (or perspective) and by partner."""
    sums: dict[str, dict[Group, tuple[Any, ...]]] = {}
    for scale, level, *own in _summed(frame, ["scale", "level"], columns):
        sums.setdefault(scale, {})[level_group(level)] = tuple(own)
    of_partners = frame[(frame["partner"] != "") & (frame["level"] != OUDERS)]
    for scale, partner, *own in _summed(of_partners, ["scale", "partner"], columns):
        sums.setdefault(scale, {})[partner_group(partner)] = tuple(own)
    return sums


def _people(frame: pd.DataFrame, by: str) -> dict[str, dict[Cell, int]]:
    people: dict[str, dict[Cell, int]] = {}
    for item, partner, level, count in _summed(frame, [by, "partner", "level"], ["people"]):
        people.setdefault(item, {})[partner, level] = count
    return people


def _summed(frame: pd.DataFrame, by: list[str], columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Yields a row a group: what it is `by`, then the sums. Columns are read sooner than an index of tuples."""
    sums = frame.groupby(by, observed=True)[columns].sum().reset_index()
    return zip(*(sums[name].tolist() for name in (*by, *columns)), strict=True)


def _masks(masks: pd.DataFrame) -> dict[str, dict[Cell, dict[str, int]]]:
    answering: dict[str, dict[Cell, dict[str, int]]] = {}
    columns = (masks[name].tolist() for name in ("block", "partner", "level", "mask", "people"))
    for block, partner, level, mask, people in zip(*columns, strict=True):
        answering.setdefault(block, {}).setdefault((partner, level), {})[mask] = people
    return answering

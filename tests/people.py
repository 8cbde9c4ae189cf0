"""Tests of scores and disclosure find people and their answers here, with scores worked out the slow way.

Nothing here is taken from the code under test but its types: each person's score on each scale is a fraction, and a
group's figures are sums over its people.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from assessments.scores.groups import Group, level_group, partner_group
from assessments.scores.moments import Moments
from assessments.scores.scoring import Scores
from factors.instrument import OUDERS, Instrument, Scale
from tests.instrument import INSTRUMENT

UNIT = 840  # any mean of up to eight whole numbers is whole


@dataclass(frozen=True)
class Person:
    """Holds '1' to '5', or '?' for 'weet ik niet', by statement in `answers`; what is not in it was not answered."""

    partner: str
    level: str
    answers: dict[str, str] = field(hash=False)

    @property
    def groups(self) -> list[Group]:
        return [level_group(self.level)] + ([partner_group(self.partner)] if self.partner else [])


def statements_of(scale: Scale, instrument: Instrument = INSTRUMENT) -> list[str]:
    block = instrument.blocks[scale.block]
    return [block[place].key for place in scale.places]


def values(person: Person, scale: Scale, instrument: Instrument = INSTRUMENT) -> list[int]:
    """Returns the person's answers to the statements of a scale, as numbers; 'weet ik niet' is left out."""
    given = [person.answers.get(key, "?") for key in statements_of(scale, instrument)]
    return [int(value) for value in given if value != "?"]


def personal_score(person: Person, scale: Scale, instrument: Instrument = INSTRUMENT) -> Fraction | None:
    """Returns the mean of the answered statements, or None where fewer than half of the scale's were answered."""
    own = values(person, scale, instrument)
    return Fraction(sum(own), len(own)) if own and 2 * len(own) >= len(scale.places) else None


def is_asked(person: Person, scale: Scale) -> bool:
    return (person.level == OUDERS) == (scale.kind == "perspective")


def answering(partner: str, level: str, value: object = 4, **other: object) -> Person:
    """Returns somebody who answered everything with one value; `other` gives another by factor, or one a statement."""
    blocks = {key: block for key, block in INSTRUMENT.blocks.items() if (key == OUDERS) == (level == OUDERS)}
    answers = {}
    for key, block in blocks.items():
        given = str(other.get(key, value))
        for place, statement in enumerate(block):
            answer = given[place] if len(given) > 1 else given
            if answer != ".":
                answers[statement.key] = answer
    return Person(partner, level, answers)


def plain_scores(people: list[Person], instrument: Instrument = INSTRUMENT) -> Scores:
    """Returns the scores of `people`, worked out person by person."""
    own: dict[str, dict[Group, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    scored, given = defaultdict(Counter), defaultdict(Counter)
    rows, unknown = defaultdict(Counter), defaultdict(Counter)
    for person in people:
        cell = (person.partner, person.level)
        for scale in instrument.scales.values():
            if not is_asked(person, scale):
                continue
            score = personal_score(person, scale, instrument)
            told = [person.answers[key] for key in statements_of(scale, instrument) if key in person.answers]
            if told:
                given[scale.key][cell] += 1
            for group in person.groups if told else ():
                rows[scale.key][group] += len(told)
                unknown[scale.key][group] += told.count("?")
            if score is not None:
                scored[scale.key][cell] += 1
                for group in person.groups:
                    own[scale.key][group].append(score)
    return Scores(
        moments={item: {group: _moments(all_of) for group, all_of in groups.items()} for item, groups in own.items()},
        scored={item: dict(cells) for item, cells in scored.items()},
        unknown={
            item: {group: Fraction(unknown[item][group], count) for group, count in groups.items()}
            for item, groups in rows.items()
        },
        given={item: dict(cells) for item, cells in given.items()},
        masks=_plain_masks(people, instrument),
        respondents=_respondents(people, instrument),
    )


def _plain_masks(people: list[Person], instrument: Instrument) -> dict:
    """Returns by block and cell how many people answered exactly these of its statements."""
    masks: dict[str, dict[tuple[str, str], Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for person in people:
        for key, block in instrument.blocks.items():
            if (key == OUDERS) == (person.level == OUDERS):
                mask = "".join("1" if person.answers.get(s.key, "?") != "?" else "0" for s in block)
                masks[key][person.partner, person.level][mask] += 1
    return {block: {cell: dict(own) for cell, own in cells.items()} for block, cells in masks.items()}


def _respondents(people: list[Person], instrument: Instrument) -> dict[tuple[str, str], int]:
    """Returns by cell how many people have any factor score."""
    respondents = Counter({(person.partner, person.level): 0 for person in people})
    for person in people:
        respondents[person.partner, person.level] += has_a_score(person, instrument)
    return dict(respondents)


def has_a_score(person: Person, instrument: Instrument) -> bool:
    return any(
        personal_score(person, scale, instrument) is not None
        for scale in instrument.scales.values()
        if scale.kind in ("factor", "perspective") and is_asked(person, scale)
    )


def _moments(scores: list[Fraction]) -> Moments:
    whole = [int(score * UNIT) for score in scores]
    return Moments(
        n=len(scores),
        total=sum(whole),
        squares=sum(value**2 for value in whole),
        low=sum(score < 3 for score in scores),
        high=sum(score >= 4 for score in scores),
        unit=UNIT,
    )


def counts(people: list[Person], instrument: Instrument = INSTRUMENT) -> Counts:
    """Returns people as counted patterns, a row for each person and block; patterns need not be added up beforehand."""
    respondents = _respondents(people, instrument)
    rows = [
        (p.partner, p.level, key, "".join(p.answers.get(s.key, ".") for s in block), 1)
        for p in people
        for key, block in instrument.blocks.items()
        if (key == OUDERS) == (p.level == OUDERS)
    ]
    return Counts(
        patterns=pd.DataFrame(rows, columns=PATTERN_COLUMNS),
        respondents=pd.DataFrame([(*cell, n) for cell, n in respondents.items()], columns=RESPONDENT_COLUMNS),
    )


def csv_of(people: list[Person]) -> str:
    """Returns the people's answers as a file for the command line, with an empty value for 'weet ik niet'."""
    lines = ["respondent,partner,level,statement,value"]
    for number, person in enumerate(people):
        for key, value in person.answers.items():
            lines.append(f"r{number},{person.partner},{person.level},{key},{'' if value == '?' else value}")
    return "\n".join(lines) + "\n"

"""Holds what judging a list of participants takes and gives: who is known, what was chosen, what becomes of a row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessments.imports.headings import Column
from assessments.imports.job_titles import USUAL_LEVELS

Outcome = Literal["new", "changed", "known", "stays", "fault", "skipped"]

NEW = "nieuw"
SAME_AS = "="  # before a name: another name of the list that means the same partner


@dataclass(frozen=True)
class Takes:
    """Is somebody who takes part; who has sent stays with their partner and level, whatever a list says."""

    partner: int
    level: str
    job_title: str = ""
    has_sent: bool = False
    name: str = ""


@dataclass(frozen=True)
class Known:
    """Holds what the round and the network have already."""

    partners: Mapping[int, str]  # name by id
    participants: Mapping[str, Takes] = field(default_factory=dict)  # by address
    levels: Mapping[str, str] = field(default_factory=lambda: USUAL_LEVELS)  # by job title in its simple form


@dataclass(frozen=True)
class Choices:
    """Holds what the coördinator said on the page.

    `partners` has an id, NEW, or SAME_AS with another name, by the first spelling of an unknown partner.
    """

    partners: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[int, Mapping[Column, str]] = field(default_factory=dict)  # by the number of a row
    skipped: frozenset[int] = frozenset()
    everybody: str = ""  # the name of the partner of all rows without one
    everybodys_level: str = ""
    with_hidden: bool = False


@dataclass(frozen=True)
class Fate:
    """Is one row: what it says and what becomes of it. `partner` is an id, or a name that is to be added.

    Of a fault that is `asked`, the cure is a choice that holds for more rows.
    """

    number: int
    email: str
    partner: int | str | None
    partner_name: str
    level: str
    job_title: str
    outcome: Outcome
    faults: tuple[str, ...] = ()
    remark: str = ""
    asked: bool = False
    is_shared: bool = False
    said_level: str = ""
    name: str = ""
    rival: int = 0  # the row before with the same address at another partner or level: somebody must say which holds


@dataclass(frozen=True)
class Judgement:
    fates: tuple[Fate, ...]
    # In their first spelling: names that are no partner of the network, and the job titles of rows without a level,
    # and words for a level, with the level that they stand for or "" where none is known.
    unknown_partners: tuple[str, ...]
    job_titles: Mapping[str, str]
    level_words: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)  # by such a name, in its first spelling

    def count(self, outcome: Outcome) -> int:
        return sum(fate.outcome == outcome for fate in self.fates)

    @property
    def broken(self) -> list[Fate]:
        """Returns the rows that are to be mended or skipped one by one."""
        return [fate for fate in self.fates if fate.outcome == "fault" and not fate.asked]

    @property
    def asked(self) -> int:
        """Returns how many rows wait for a choice that holds for more rows."""
        return sum(fate.asked for fate in self.fates)

    @property
    def seal(self) -> str:
        """Returns a checksum of the fates: it is another one as soon as anything else becomes of a row."""
        return hashlib.sha256(repr(self.fates).encode()).hexdigest()

"""Holds what a report says of a round besides its figures: names, dates, words, as plain values. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assessments.national.reference import Reference
from assessments.results.document import Results
from assessments.scores.groups import NETWORK, Group

CONCEPT = "concept"
CONSTRUCTED = "Voorbeeld: de antwoorden in dit netwerk zijn bedacht, niet verzameld."

NOT_IN_XML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class PartnerFacts:
    """Names a partner, with how many were `invited` and `answered`.

    Those are None where they are not known, or where fewer than the minimum were invited (`is_small`): '0 of 1' is a
    person. `answered` alone is None where, beside all other numbers, it would tell of such a few.
    """

    key: str
    name: str
    kind: str
    invited: int | None = None
    answered: int | None = None
    is_small: bool = False


@dataclass(frozen=True)
class SectorFacts:
    """Is a sector of a round that shows sectors, with the keys of its partners; a single one gives it its name."""

    key: str
    name: str
    partners: tuple[str, ...]


@dataclass(frozen=True)
class OpenText:
    """Is a cleared answer to an open question; `level` is '' where it may not be tied to one."""

    question: str
    level: str
    text: str


@dataclass(frozen=True)
class Agreed:
    """Says what was agreed to improve, and what came of it; a text that nobody filled in is ''."""

    what: str
    who: str = ""
    due_on: date | None = None
    factor: str = ""
    outcome: str = ""  # in words
    remark: str = ""
    is_done: bool = False


@dataclass(frozen=True)
class Previous:
    """Says of the round before this one what a report needs to compare with it.

    That is its name, when it closed, its results, the wording that it was asked in, what was agreed on its report, and
    of which partners each of its sectors was made.
    """

    name: str
    closed_on: date | None
    results: Results
    wording: Mapping[str, tuple[str, ...]]
    agreed: tuple[Agreed, ...] = ()
    sectors: tuple[SectorFacts, ...] = ()


@dataclass(frozen=True)
class Facts:
    network: str
    round: str
    made_at: datetime
    municipalities: str = ""
    organisation: str = ""
    is_constructed: bool = False
    is_concept: bool = False  # not published yet
    opened_on: date | None = None
    closed_on: date | None = None
    partners: tuple[PartnerFacts, ...] = ()
    sectors: tuple[SectorFacts, ...] = ()
    at_most: Mapping[str, int] = field(default_factory=dict)  # see `most_invited`
    texts: tuple[OpenText, ...] = ()
    previous: Previous | None = None
    reference: Reference | None = None  # other networks beside this one, where the coördinator asked for them
    wording: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each scale, to compare with the previous
    source_pages: Mapping[str, str] = field(default_factory=dict)
    advice_pages: Mapping[str, str] = field(default_factory=dict)

    def most_invited(self, group: Group) -> int | None:
        """Returns how many could answer at most, where an open link leaves open how many were invited."""
        kind = "part" if group.is_part else group.kind
        return self.at_most.get("network" if group == NETWORK else f"{kind}:{group.key}")

    def partner(self, key: str) -> PartnerFacts:
        """Returns the partner with this key; one that is not known any more is named by its key."""
        return next((p for p in self.partners if p.key == key), PartnerFacts(key, key, "overig"))

    def sector(self, key: str) -> SectorFacts:
        """Returns the sector with this key; one that is not known is named by its key."""
        return next((sector for sector in self.sectors if sector.key == key), SectorFacts(key, f"sector {key}", ()))

    def members(self, part: Group) -> tuple[PartnerFacts, ...]:
        """Returns the partners of a sector, or the one partner."""
        keys = self.sector(part.key).partners if part.kind == "sector" else (part.key,)
        return tuple(map(self.partner, keys))

    def part_name(self, part: Group) -> str:
        return self.sector(part.key).name if part.kind == "sector" else self.partner(part.key).name


def printable(facts: Facts) -> Facts:
    """Returns the same facts, with what people typed as Word, a PDF and a page can hold it: see `plain`."""
    return replace(
        facts,
        network=plain(facts.network),
        round=plain(facts.round),
        municipalities=plain(facts.municipalities),
        organisation=plain(facts.organisation),
        partners=tuple(replace(partner, name=plain(partner.name)) for partner in facts.partners),
        sectors=tuple(replace(sector, name=plain(sector.name)) for sector in facts.sectors),
        texts=tuple(replace(said, text=plain(said.text)) for said in facts.texts),
        previous=facts.previous and _printable(facts.previous),
    )


def _printable(before: Previous) -> Previous:
    return replace(before, name=plain(before.name), agreed=tuple(map(printable_agreed, before.agreed)))


def printable_agreed(agreed: Agreed) -> Agreed:
    return replace(agreed, what=plain(agreed.what), who=plain(agreed.who), remark=plain(agreed.remark))


def plain(text: str) -> str:
    """Returns the text without characters that XML can't hold, which come along when text is pasted.

    Every kind of line break becomes a plain one.
    """
    return NOT_IN_XML.sub("", "\n".join(text.splitlines()))

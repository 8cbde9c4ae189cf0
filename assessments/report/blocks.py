"""Holds what a report is made of: title page, sections and a few kinds of blocks. Has values only, decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

LONG_TITLE = 60
RUNNING = 58  # characters that fit beside each other at the head of a page


@dataclass(frozen=True)
class Text:
    template: ClassVar[str] = "report/blocks/text.html"
    text: str
    style: str = "body"  # body, lead, note


@dataclass(frozen=True)
class Heading:
    """Is a heading inside a section; `key` makes it a place to link to."""

    template: ClassVar[str] = "report/blocks/heading.html"
    text: str
    level: int = 3
    key: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Points:
    template: ClassVar[str] = "report/blocks/points.html"
    items: tuple[str, ...]
    style: str = "plain"  # plain, questions, numbered


@dataclass(frozen=True)
class Notice:
    """Says what a reader must not pass over."""

    template: ClassVar[str] = "report/blocks/notice.html"
    text: str
    title: str = ""


@dataclass(frozen=True)
class Card:
    label: str
    text: str


@dataclass(frozen=True)
class Cards:
    template: ClassVar[str] = "report/blocks/cards.html"
    items: tuple[Card, ...]


@dataclass(frozen=True)
class Cell:
    text: str
    band: str = ""  # shades the cell: sterk, bespreken, zorg, hidden
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    aside: str = ""
    is_first: bool = False  # the first of a group of rows


@dataclass(frozen=True)
class Table:
    template: ClassVar[str] = "report/blocks/table.html"
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    style: str = "plain"  # plain, text, heat, map, bands, change
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """Is a drawing with its alternative text inside it, and the same figures as a table.

    `narrow` is the same drawing for a phone.
    """

    template: ClassVar[str] = "report/blocks/chart.html"
    key: str
    svg: str
    narrow: str
    alt: str
    caption: str
    table: Table


@dataclass(frozen=True)
class Topic:
    """Is something to talk about: what is seen, and beside it the questions; stays on one page."""

    template: ClassVar[str] = "report/blocks/topic.html"
    key: str
    name: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Quotes:
    template: ClassVar[str] = "report/blocks/quotes.html"
    question: str
    texts: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Citation:
    text: str
    section: str
    url: str


@dataclass(frozen=True)
class AdviceCard:
    """Is one advice with the reason for it; `place` is its number in the report, `factor` what it is about, by key."""

    key: str
    place: int
    title: str
    page: str
    how: str
    first_step: str
    who: str
    factor: str
    example: str
    why: str
    because: str
    recommendation: str
    figures: tuple[str, ...]
    basis: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Advices:
    template: ClassVar[str] = "report/blocks/advices.html"
    items: tuple[AdviceCard, ...]


@dataclass(frozen=True)
class AdviceGroup:
    """Holds the advices that one rule gave below what it found; a card's `because` says why that advice."""

    template: ClassVar[str] = "report/blocks/advicegroup.html"
    why: str
    figures: tuple[str, ...]
    items: tuple[AdviceCard, ...]


@dataclass(frozen=True)
class Step:
    minutes: int
    starts_at: str
    text: str


@dataclass(frozen=True)
class Steps:
    template: ClassVar[str] = "report/blocks/steps.html"
    caption: str
    items: tuple[Step, ...]


@dataclass(frozen=True)
class SourceEntry:
    key: str
    name: str
    title: str
    about: str
    limits: str
    page: str


@dataclass(frozen=True)
class Sources:
    template: ClassVar[str] = "report/blocks/sources.html"
    items: tuple[SourceEntry, ...]


Block = (
    Text | Heading | Points | Notice | Cards | Table | Chart | Topic | Quotes | Advices | AdviceGroup | Steps | Sources
)


@dataclass(frozen=True)
class Section:
    """Is a section; `key` is its place in the page's address, `eyebrow` the line above its heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    eyebrow: str = ""
    starts_page: bool = False
    is_annex: bool = False  # to look up, behind what is to be read

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Returns its drawings in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))


@dataclass(frozen=True)
class Report:
    """Holds a whole report. The templates print it, and neither count nor query."""

    subject: str
    title: str
    subtitle: str
    network: str
    round: str
    facts: tuple[str, ...]
    description: str
    organisation: str
    constructed: str
    concept: str  # what every page says of a report that is not published yet
    made_at: datetime
    sections: tuple[Section, ...]
    data: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # file name, content
    is_one_page: bool = False
    running: tuple[str, str] = ("", "")  # what every page says at its head

    @property
    def advices(self) -> tuple[AdviceCard, ...]:
        """Returns all advices of the report, in its order."""
        blocks = [block for section in self.sections for block in section.blocks]
        return tuple(card for block in blocks if isinstance(block, Advices | AdviceGroup) for card in block.items)

    @property
    def to_read(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if not section.is_annex)

    @property
    def annex(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.is_annex)

    @property
    def has_long_title(self) -> bool:
        return len(self.title) > LONG_TITLE

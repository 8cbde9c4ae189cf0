"""Makes the questionnaire plain data: chapters, progress, and what a page shows. Knows no request and no form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from assessments.filling.own_answers import OwnAnswers
from assessments.filling.respondents import instrument_in_use
from assessments.filling.shown import Shown
from factors.instrument import Battery, Factor, Instrument, OpenQuestion, Statement

# Reading 200 words a minute (adults read a little faster: Brysbaert 2019), and time to choose.
SECONDS_A_WORD = 0.3
SECONDS_A_CHOICE = 6
SECONDS_AN_OPEN_QUESTION = 30


@dataclass(frozen=True)
class Group:
    """Holds statements that belong together: those of a factor, of the outcome or of the ouders."""

    key: str
    name: str
    heading: str
    explanation: str
    note: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Chapter:
    """Holds what somebody at `level` is asked on one page; its first statement has the number `first`.

    `term` is what the theory calls it; '' where there is no word for it.
    """

    level: str
    number: int
    title: str
    term: str
    intro: str
    first: int
    groups: tuple[Group, ...]
    question: OpenQuestion

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for group in self.groups for statement in group.statements)

    @cached_property
    def gaps(self) -> tuple["Gap", ...]:
        """Returns its statements as they are named while nobody has answered them."""
        return tuple(
            Gap(self.number, statement.key, self.first + place, statement.for_level(self.level))
            for place, statement in enumerate(self.statements)
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(statement.key for statement in self.statements)


def chapters(instrument: Instrument, level: str) -> tuple[Chapter, ...]:
    """Returns the pages for somebody at `level`: one a phase and one for the outcome; for ouders a single page."""
    closing = next(question for question in instrument.open_questions if question.phase is None)
    if level == instrument.ouders.key:
        asked = closing.for_level(level)
        return (Chapter(level, 1, "Uw ervaring", "", "", 1, (_group(instrument.ouders),), asked),)
    by_phase = {question.phase: question for question in instrument.open_questions}
    made: list[Chapter] = []
    first = 1
    for phase in instrument.phases:
        groups = tuple(_group(factor) for factor in instrument.in_phase(phase.key))
        number, question = len(made) + 1, by_phase[phase.key]
        made.append(Chapter(level, number, phase.heading, phase.name, phase.definition, first, groups, question))
        first += len(made[-1].keys)
    outcome = instrument.outcome
    groups = (_group(outcome),)
    made.append(Chapter(level, len(made) + 1, "Resultaat", "", outcome.definition, first, groups, closing))
    return tuple(made)


@lru_cache(maxsize=64)
def chapters_in_use(version: str, level: str) -> tuple[Chapter, ...]:
    """Returns the chapters of an open round: the same for everybody at this level, so made once a process."""
    return chapters(instrument_in_use(version), level)


def _group(block: Factor | Battery) -> Group:
    note = getattr(block, "note", None) or ""
    return Group(block.key, block.name, block.heading, block.explanation, note, block.statements)


@dataclass(frozen=True)
class Gap:
    """Is a statement without an answer, with its chapter and its number in the questionnaire."""

    chapter: int
    key: str
    number: int
    text: str

    @cached_property
    def seconds(self) -> float:
        """Returns how long it takes to read and answer."""
        return len(self.text.split()) * SECONDS_A_WORD + SECONDS_A_CHOICE


@dataclass(frozen=True)
class Progress:
    """Says how far somebody is: the number of statements answered, and the seconds that the rest will take."""

    answered: int
    total: int
    seconds_left: float
    gaps: tuple[Gap, ...] = field(repr=False, default=())

    @property
    def minutes_left(self) -> int:
        return max(1, round(self.seconds_left / 60)) if self.answered < self.total else 0

    def gaps_in(self, chapter: int) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.chapter == chapter)

    def gaps_by_chapter(self) -> dict[int, tuple[Gap, ...]]:
        return {number: self.gaps_in(number) for number in sorted({gap.chapter for gap in self.gaps})}


def progress(book: tuple[Chapter, ...], answers: Mapping[str, object], minutes: int | None = None) -> Progress:
    """Returns how far somebody with `answers` is; an open question counts as time until its chapter is answered.

    `minutes` is how long the whole questionnaire was measured to take. Where it is given, the time left is the share of
    it that is still to be answered.
    """
    found = _progress(book, answers)
    if minutes is None or not found.seconds_left:
        return found
    return replace(found, seconds_left=found.seconds_left * 60 * minutes / _progress(book, {}).seconds_left)


def _progress(book: tuple[Chapter, ...], answers: Mapping[str, object]) -> Progress:
    gaps = tuple(gap for chapter in book for gap in chapter.gaps if gap.key not in answers)
    waiting = {gap.chapter for gap in gaps}
    total = sum(len(chapter.gaps) for chapter in book)
    seconds = sum(gap.seconds for gap in gaps) + len(waiting) * SECONDS_AN_OPEN_QUESTION
    return Progress(total - len(gaps), total, seconds, gaps)


@dataclass(frozen=True)
class Item:
    """Is a statement as the page shows it; `value` is '' unless this browser gave it."""

    key: str
    number: int
    text: str
    value: str
    is_given_elsewhere: bool
    fault: str


@dataclass(frozen=True)
class ItemGroup:
    key: str
    name: str
    heading: str
    explanation: str
    note: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class OpenField:
    key: str
    label: str
    help: str
    value: str
    is_given_elsewhere: bool
    fault: str


@dataclass(frozen=True)
class Page:
    """Is a chapter as the page shows it."""

    groups: tuple[ItemGroup, ...]
    open_field: OpenField
    was: Shown

    @property
    def items(self) -> Iterator[Item]:
        return (item for group in self.groups for item in group.items)

    @property
    def has_given_elsewhere(self) -> bool:
        return any(item.is_given_elsewhere for item in self.items)

    @property
    def is_blank(self) -> bool:
        """Tells whether all that it asks looks the same to everybody at this level."""
        asked: tuple[Item | OpenField, ...] = (self.open_field, *self.items)
        return not any(field.value or field.is_given_elsewhere or field.fault for field in asked)


def page(
    chapter: Chapter,
    answers: Mapping[str, object],
    texts: Mapping[str, str],
    own: OwnAnswers,
    faults: Mapping[str, str],
    typed: str | None,
) -> Page:
    """Returns a chapter with what is stored, as far as this browser may see it.

    `typed` is a text that could not be saved; the page shows it again, beside its fault.
    """
    gaps = {gap.key: gap for gap in chapter.gaps}
    shown = own.shown(answers)

    def item(key: str) -> Item:
        value = shown.get(key, "")
        return Item(key, gaps[key].number, gaps[key].text, value, not value and key in answers, faults.get(key, ""))

    groups = tuple(
        ItemGroup(g.key, g.name, g.heading, g.explanation, g.note, tuple(item(s.key) for s in g.statements))
        for g in chapter.groups
    )
    ask = chapter.question
    text = own.shown_texts(texts).get(ask.key, "")
    fault = faults.get(ask.key, "")
    shown_text = typed if fault and typed is not None else text
    open_field = OpenField(ask.key, ask.text, ask.help, shown_text, not text and ask.key in texts, fault)
    was = Shown.of({key: shown[key] for key in chapter.keys if key in shown}, {ask.key: text})
    return Page(groups, open_field, was)

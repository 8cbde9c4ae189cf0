"""Chooses what the slides say: what is in the part of the report that is to be read, and nothing else.

Values only: it knows no file. That the slides hide what the report hides follows from where they take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assessments import dutch
from assessments.report import blocks as b
from assessments.report.agreements import ASKED, TO_FILL_IN, AgreedInPhase, outcome
from assessments.report.builder import build_report
from assessments.report.context import Context
from assessments.report.facts import Agreed, Facts, printable
from assessments.report.pptx.fit import BODY, Line, fits
from assessments.report.sections.front import LOW_RESPONSE, PURPOSE
from assessments.report.sections.profile import by_phase
from assessments.report.subjects import subject
from assessments.results.document import Results
from factors.instrument import Instrument

DIFFERENCES, ADVICES, AGREED = 3, 3, 3
MOST_QUOTES = 3  # of one question
LONGEST_QUOTE = 180  # signs
WORKS_AND_ASKS, WHO, CHANGED = ("Werkt het?", "Wat vragen wij van u?"), "Wie antwoordden?", "Wat veranderde er?"
LONGEST_FOOT = 74  # signs
PART = "Dit is een deel, door het lot gekozen. Meer staat in het rapport."

Kind = TypeVar("Kind", bound=b.Block)


@dataclass(frozen=True)
class Picture:
    svg: str
    alt: str


@dataclass(frozen=True)
class Slide:
    """Is a slide: a title that no other has, lines below it, and a table or a picture below those."""

    title: str
    lines: tuple[Line, ...] = ()
    table: b.Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Deck:
    """Holds all slides; the first is the title page. `foot` is what every slide says of the report."""

    report: b.Report
    title_page: Slide
    slides: tuple[Slide, ...]
    foot: str


def build_deck(
    results: Results, instrument: Instrument, facts: Facts, key: str, agreed: Sequence[AgreedInPhase] = ()
) -> Deck:
    """Returns the slides of one subject's report, with what was agreed. Raises NoSuchReport as the report does."""
    report = build_report(results, instrument, facts, key)
    ctx = Context(results, instrument, printable(facts), subject(key, results.published, facts))
    slides = [
        _message(report),
        *_response(report),
        *_profile(ctx),
        *_differences(report),
        *_quotes(report),
        *_change(ctx, report),
        *_advices(report),
        *_agreed(agreed),
        Slide("Wat spreken wij nog af?" if agreed else ASKED, table=TO_FILL_IN),
    ]
    return Deck(report, _title_page(report), tuple(slides), _foot(report))


def _foot(report: b.Report) -> str:
    """Returns what a slide must say when it is seen apart from the others, and fits on a line."""
    constructed = "Voorbeeld: bedachte antwoorden" if report.constructed else ""
    said = filter(None, [report.concept.upper(), constructed, report.network, report.round])
    return dutch.cut(" · ".join(said), LONGEST_FOOT)


def _title_page(report: b.Report) -> Slide:
    concept = "Concept: dit rapport is nog niet gepubliceerd." if report.concept else ""
    said = filter(None, [report.round, *report.facts, report.organisation, concept, report.constructed, PURPOSE])
    return Slide(report.title, (Line(report.network, style="lead"), *map(Line, said)))


def _message(report: b.Report) -> Slide:
    """Returns the slide with the message, what it warns of, and what no other slide says."""
    front = report.to_read[0].blocks
    lead = next(block.text for block in _found(front, b.Text) if block.style == "lead")
    labels = [*WORKS_AND_ASKS, *([] if _section(report, "respons") else [WHO])]
    warnings = [notice for notice in _found(front, b.Notice) if WHO in labels or notice.title != LOW_RESPONSE]
    notices = [Line(notice.text, notice.title) for notice in warnings]
    return Slide("De kern", (Line(lead, style="lead"), *notices, *(_card(report, label) for label in labels)))


def _response(report: b.Report) -> Iterator[Slide]:
    if section := _section(report, "respons"):
        low = [notice for notice in _found(report.to_read[0].blocks, b.Notice) if notice.title == LOW_RESPONSE]
        lines = (replace(_card(report, WHO), label=""), *(Line(notice.text, notice.title) for notice in low))
        yield Slide(WHO, lines, table=_found(section.blocks, b.Table)[0])


def _card(report: b.Report, label: str) -> Line:
    cards = next(iter(_found(report.to_read[0].blocks, b.Cards)))
    return Line(next(card.text for card in cards.items if card.label == label), label)


def _profile(ctx: Context) -> Iterator[Slide]:
    """Yields a slide a phase: eleven rows on one would have letters that nobody at the back can read."""
    for phase, svg, alt in by_phase(ctx):
        yield Slide(f"Het profiel: {dutch.lower(phase.name)}", picture=Picture(svg, alt))


def _differences(report: b.Report) -> Iterator[Slide]:
    section = _section(report, "verschillen")
    for topic in _found(section.blocks, b.Topic)[:DIFFERENCES] if section else []:
        questions = (Line(question, style="point") for question in topic.questions)
        yield Slide(f"Verschil: {dutch.lower(topic.name)}", (Line(topic.text), Line("", "Om te bespreken"), *questions))


def _quotes(report: b.Report) -> Iterator[Slide]:
    section = _section(report, "geschreven")
    found = _found(section.blocks, b.Quotes) if section else []
    if found:
        yield Slide("Wat mensen schreven", _that_fit(found))


def _that_fit(found: list[b.Quotes]) -> tuple[Line, ...]:
    """Returns of each question as many texts as there is room for, the first ones: their order is drawn by lot."""
    for most in range(MOST_QUOTES, 0, -1):
        lines = [line for quotes in found for line in _of_question(quotes, most)]
        is_all = all(len(quotes.texts) <= most for quotes in found)
        lines += [] if is_all else [Line(PART)]
        if fits(lines, BODY):
            break
    return tuple(lines)


def _of_question(quotes: b.Quotes, most: int) -> list[Line]:
    texts = (dutch.shortened(" ".join(text.split()), LONGEST_QUOTE) for text in quotes.texts[:most])
    return [Line("", quotes.question), *(Line(f"‘{text}’", style="point") for text in texts)]


def _change(ctx: Context, report: b.Report) -> Iterator[Slide]:
    """Yields what changed, how sure that is, and what came of what was agreed; nothing without a previous round."""
    if ctx.facts.previous is None:
        return
    section = _section(report, "verandering")
    if section is None:
        yield Slide(CHANGED, (replace(_card(report, CHANGED), label="", style="lead"),))
        return
    lead, not_sure, *_ = _found(section.blocks, b.Text)
    agreed = [row for table in _found(section.blocks, b.Table) for row in table.rows][:AGREED]
    lines = [Line(lead.text, style="lead"), Line(not_sure.text)]
    if agreed:
        lines += [Line("", "Wat er van de verbeteracties kwam")]
        lines += [Line(f"{row.name}: {dutch.lower(row.cells[-1].text)}", style="point") for row in agreed]
    yield Slide(CHANGED, tuple(lines))


def _advices(report: b.Report) -> Iterator[Slide]:
    section = _section(report, "advies")
    groups = [g for g in section.blocks if isinstance(g, b.Advices | b.AdviceGroup)] if section else []
    cards = [card for group in groups for card in group.items][:ADVICES]
    for place, card in enumerate(cards, start=1):
        said = ("Eerste stap", card.first_step), ("Voor wie", f"{card.who}."), ("Waarom dit advies", card.why)
        lines = (Line(card.how), *(Line(text, label) for label, text in said))
        yield Slide(f"Advies {place}. {card.title}", lines)
    if not section and (steps := _found(report.to_read[0].blocks, b.Points)):
        yield Slide("Om mee te beginnen", tuple(Line(step, style="point") for step in steps[0].items))


def _agreed(phases: Sequence[AgreedInPhase]) -> Iterator[Slide]:
    """Yields what was agreed by phase, on as many slides as it takes: none of it is cut."""
    slides: list[list[Line]] = [[]]
    for phase in phases:
        for number, agreed in enumerate(phase.agreed):
            lines = [*([] if number else [Line("", phase.phase)]), _agreement(agreed)]
            if slides[-1] and not fits([*slides[-1], *lines], BODY):
                slides.append([])
            slides[-1] += lines
    for place, lines in enumerate(filter(None, slides), start=1):
        yield Slide("Wat is afgesproken" if place == 1 else f"Wat is afgesproken ({place})", tuple(lines))


def _agreement(agreed: Agreed) -> Line:
    when = f"klaar op {dutch.day(agreed.due_on)}" if agreed.due_on else ""
    said = [part for part in (agreed.who, when, dutch.lower(outcome(agreed))) if part]
    return Line(", ".join(said), agreed.what.rstrip(" ."), style="point")


def _section(report: b.Report, key: str) -> b.Section | None:
    return next((section for section in report.sections if section.key == key), None)


def _found(blocks: Iterable[b.Block], kind: type[Kind]) -> list[Kind]:
    return [block for block in blocks if isinstance(block, kind)]

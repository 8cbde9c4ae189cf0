"""Finds what rests on which section of which study: the way back from a text to its source. It knows no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factors.documents import citations
from factors.instrument import Citation, Factor, Instrument


@dataclass(frozen=True)
class Use:
    """Is one text that cites a section. `page` and `key` name the page that shows it, `anchor` its place there."""

    kind: str
    text: str
    page: str
    key: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Section:
    """Is a cited section of a study, with what rests on it by kind, in the order of KINDS."""

    name: str
    uses: tuple[tuple[str, tuple[Use, ...]], ...]

    @property
    def anchor(self) -> str:
        return anchor(self.name)


ADVICE, RULE, FACTOR, STATEMENT, FINDING, ELEMENT, QUESTION, INTERVIEW = (
    "adviezen",
    "regels die een advies kiezen",
    "fasen, factoren en dimensies",
    "stellingen",
    "bevindingen",
    "elementen van lenzen",
    "vragen voor het gesprek",
    "vragen voor een tweede gesprek",
)
KINDS = (ADVICE, RULE, FACTOR, STATEMENT, FINDING, ELEMENT, QUESTION, INTERVIEW)


def anchor(section: str) -> str:
    """Returns the place of a section on its study's page: '§6.3 Aanbevelingen' is at '6-3-aanbevelingen'."""
    plain = unicodedata.normalize("NFKD", section).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def sections(instrument: Instrument, source: str) -> tuple[Section, ...]:
    """Returns the cited sections of a study, in the order of its table of contents as far as it numbers them."""
    found: dict[str, dict[str, list[Use]]] = {}
    for citation, use in _uses(instrument):
        if citation.source == source:
            found.setdefault(citation.section, {}).setdefault(use.kind, []).append(use)
    return tuple(
        Section(name, tuple((kind, tuple(dict.fromkeys(by_kind[kind]))) for kind in KINDS if kind in by_kind))
        for name, by_kind in sorted(found.items(), key=lambda item: _place(item[0]))
    )


def all_citations(instrument: Instrument) -> Iterator[tuple[str, Citation]]:
    """Yields every citation, with the text that it stands with."""
    return ((f"Bij {use.kind}, ‘{use.text}’", citation) for citation, use in _uses(instrument))


def _place(section: str) -> tuple[int, list[int], str]:
    """Returns what sorts numbered sections by number, then headings by name, and appendices last."""
    number = re.match(r"§([\d.]+)", section)
    if number:
        return 0, [int(part) for part in number[1].split(".") if part], section
    return (2 if section.startswith("Bijlage") else 1), [], section


def _uses(instrument: Instrument) -> Iterator[tuple[Citation, Use]]:
    for advice in instrument.advice:
        yield from _each(advice.sources, Use(ADVICE, advice.title, "advice", advice.key))
    for rule in instrument.rules:
        yield from _each(rule.sources, Use(RULE, rule.plain_finding, "advice_bank"))
    for phase in instrument.phases:
        yield from _each(phase.sources, Use(FACTOR, f"Fase: {phase.name}", "instrument", anchor=phase.key))
    for factor in instrument.factors:
        yield from _of_factor(factor)
    beyond = instrument.beyond
    yield from _each(beyond.sources, Use(FINDING, beyond.text, "instrument", anchor="niet-te-verhelpen"))
    for page, battery in (("outcome", instrument.outcome), ("ouders", instrument.ouders)):
        yield from _each(battery.sources, Use(FACTOR, battery.name, page))
        for statement in battery.statements:
            yield from _each(statement.sources, Use(STATEMENT, statement.text, page, anchor=statement.key))
    for question in instrument.open_questions:
        yield from _each(question.sources, Use(QUESTION, question.text, "instrument", anchor="open-vragen"))
    yield from _of_conversation(instrument)
    for asked in instrument.interview:
        yield from _each(asked.sources, Use(INTERVIEW, asked.text, "conversation", anchor="tweede-gesprek"))
    yield from _of_lenses(instrument)


def _of_factor(factor: Factor) -> Iterator[tuple[Citation, Use]]:
    yield from _each(factor.sources, Use(FACTOR, factor.name, "factor", factor.key))
    for dimension in factor.dimensions:
        use = Use(FACTOR, f"{factor.name}: {dimension.name}", "factor", factor.key, anchor(dimension.key))
        yield from _each(dimension.sources, use)
    for statement in factor.statements:
        yield from _each(statement.sources, Use(STATEMENT, statement.text, "factor", factor.key, statement.key))
    for finding in factor.findings:
        yield from _each(finding.sources, Use(FINDING, finding.text, "factor", factor.key, "bevindingen"))
    if factor.model:
        yield from _each(factor.model.sources, Use(FINDING, factor.model.text, "instrument", anchor="model"))
    for touch in factor.touches:
        yield from _each(touch.sources, Use(FINDING, touch.text, "factor", factor.key, "samenhang"))


def _of_conversation(instrument: Instrument) -> Iterator[tuple[Citation, Use]]:
    guide = instrument.conversation
    yield from _each(citations(guide), Use(QUESTION, "Vragen bij elke factor", "conversation"))
    for question in guide["closing"]:
        yield from _each(citations(question), Use(QUESTION, question["text"], "conversation", anchor="afsluiten"))
    form = guide["working_form"]
    yield from _each(citations(form), Use(QUESTION, f"Werkvorm: {form['title']}", "conversation", anchor="werkvorm"))


def _of_lenses(instrument: Instrument) -> Iterator[tuple[Citation, Use]]:
    for lens in instrument.lenses:
        yield from _each(citations(lens), Use(ELEMENT, lens["name"], "lens", lens["key"]))
        for element in lens["elements"]:
            text = f"{lens['name']}: {element['name']}"
            yield from _each(citations(element), Use(ELEMENT, text, "lens", lens["key"], anchor(element["key"])))


def _each(cited: Iterable[Citation], use: Use) -> Iterator[tuple[Citation, Use]]:
    return ((citation, use) for citation in cited)

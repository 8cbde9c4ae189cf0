"""Builds the page that holds other lists of factors beside a round's published scores. Knows no database.

Nothing is measured anew: an element stands beside the dimension or the factor that it has most to do with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.report.blocks import Citation, Row
from assessments.report.context import Context
from assessments.report.facts import Facts, printable
from assessments.report.sections.figures import heads, large_enough, score_cell
from assessments.report.subjects import NETWORK_REPORT, NoSuchReport, subject
from assessments.results.document import Results
from factors.documents import citations
from factors.instrument import Instrument


@dataclass(frozen=True)
class Element:
    """Is one element of a list; `rows` has what it is read from with the scores, and is empty where nobody is asked."""

    key: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Lens:
    key: str
    name: str
    about: str
    study: Citation
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Lenses:
    """Holds the whole page. The template prints it, and neither counts nor queries."""

    subject: str
    network: str
    round: str
    heads: tuple[str, ...]
    why_hidden: str
    lenses: tuple[Lens, ...]

    @property
    def width(self) -> int:
        """Returns how many columns a table has."""
        return len(self.heads) + 1


def build_lenses(results: Results, instrument: Instrument, facts: Facts, key: str) -> Lenses:
    """Returns every list beside the scores of the levels. Raises NoSuchReport for all but the network."""
    if key != NETWORK_REPORT:
        raise NoSuchReport(key)
    facts = printable(facts)
    ctx = Context(results, instrument, facts, subject(key, results.published, facts))
    return Lenses(
        subject=key,
        network=facts.network,
        round=facts.round,
        heads=heads(ctx, ctx.compared),
        why_hidden=large_enough(ctx),
        lenses=tuple(_lens(ctx, lens) for lens in instrument.lenses),
    )


def _lens(ctx: Context, lens: dict[str, Any]) -> Lens:
    return Lens(
        key=lens["key"],
        name=lens["name"],
        about=lens["introduction"].strip(),
        study=next(cited for cited in ctx.cite(citations(lens))),
        elements=tuple(
            Element(element["key"], element["name"], tuple(_rows(ctx, element["primary"])))
            for element in lens["elements"]
        ),
    )


def _rows(ctx: Context, items: Iterable[str]) -> Iterable[Row]:
    """Yields a row for each factor or dimension, with the score of each level."""
    for item in items:
        factor = ctx.instrument.name(item.split(".")[0])
        name = f"{factor}: {ctx.instrument.name(item)}" if item in ctx.instrument.dimensions else factor
        yield Row(name, tuple(score_cell(ctx.published.figure(group, item)) for group in ctx.compared))

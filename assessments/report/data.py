"""Writes the published figures as CSV, as they travel inside a PDF: numbers with a point, one row a figure.

Whoever may read a report may read its files, so they never have the figures of a partner that it isn't about. The file
of the summary, which ouders read too, has the factors of its profile and no more.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from assessments.disclosure.changes import Change
from assessments.disclosure.published import Figure
from assessments.report.context import Context
from assessments.report.subjects import Subject
from assessments.results.document import Results
from assessments.scores.groups import Group
from factors.instrument import Instrument

FIGURES = ("group_kind", "group", "item_kind", "item", "n", "mean", "limit", "low", "high", "split", "unknown", "band")
DIFFERENCES = ("factor", "level_a", "level_b", "size", "label")
CHANGES = (
    "group_kind", "group", "factor",
    "n_before", "mean_before", "limit_before",
    "n_now", "mean_now", "limit_now",
    "change", "low", "high", "obstacle",
)  # fmt: skip


def attachments(ctx: Context) -> tuple[tuple[str, str], ...]:
    if ctx.subject.is_summary:
        return (("cijfers.csv", figures_csv(ctx.results, ctx.instrument, ctx.subject)),)
    found = [
        ("cijfers.csv", figures_csv(ctx.results, ctx.instrument, ctx.subject)),
        ("verschillen.csv", differences_csv(ctx.results)),
    ]
    return (*found, ("verandering.csv", changes_csv(ctx.changes))) if ctx.changes else tuple(found)


def figures_csv(results: Results, instrument: Instrument, subject: Subject) -> str:
    rows = (
        (group.kind, group.key, instrument.scales[item].kind, item, *_values(figure))
        for group, item, figure in figures_of(results, instrument, subject)
    )
    return _csv(FIGURES, rows)


def figures_of(results: Results, instrument: Instrument, subject: Subject) -> Iterator[tuple[Group, str, Figure]]:
    """Yields every figure that a file beside this report may have, with whose it is and of what."""
    for group in results.published.groups:
        if _belongs(group.group, subject):
            for item, figure in group.figures.items():
                if not subject.is_summary or instrument.scales[item].kind == "factor":
                    yield group.group, item, figure


def _values(figure: Figure) -> tuple[object, ...]:
    low, high = figure.interval or (None, None)
    return (figure.n, figure.mean, figure.limit, low, high, figure.split, figure.unknown, figure.band)


def _belongs(group: Group, subject: Subject) -> bool:
    return not group.is_part or group == subject.group


def differences_csv(results: Results) -> str:
    return _csv(DIFFERENCES, ((d.factor, *d.levels, d.size, d.label) for d in results.published.differences))


def changes_csv(changes: Iterable[Change]) -> str:
    return _csv(CHANGES, (_change(change) for change in changes))


def _change(change: Change) -> tuple[object, ...]:
    whose = (change.group.kind, change.group.key, change.factor)
    low, high = change.interval or (None, None)
    return (*whose, *_of_a_round(change.before), *_of_a_round(change.now), change.size, low, high, change.obstacle)


def _of_a_round(figure: Figure | None) -> tuple[object, ...]:
    return (figure.n, figure.mean, figure.limit) if figure else (None, None, None)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_value(value) for value in row] for row in rows)
    return text.getvalue()


def _value(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value

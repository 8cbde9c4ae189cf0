"""The published figures as CSV, as they travel inside a PDF: figures with a point, one row a figure.

A file is read by whoever may read its report: it never has the figures of a partner that the report isn't about.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assessments.report.subjects import Subject
from assessments.results import Results
from assessments.scores.groups import Group
from factors.instrument import Instrument

FIGURES = ("group_kind", "group", "item_kind", "item", "n", "mean", "limit", "low", "high", "split", "unknown", "band")
DIFFERENCES = ("factor", "level_a", "level_b", "size", "label")


def attachments(results: Results, instrument: Instrument, subject: Subject) -> tuple[tuple[str, str], ...]:
    return (("cijfers.csv", figures_csv(results, instrument, subject)), ("verschillen.csv", differences_csv(results)))


def figures_csv(results: Results, instrument: Instrument, subject: Subject) -> str:
    rows = (
        (
            *(
                group.group.kind,
                group.group.key,
                instrument.scales[item].kind,
                item,
                figure.n,
                figure.mean,
                figure.limit,
            ),
            *(figure.interval or (None, None)),
            *(figure.split, figure.unknown, figure.band),
        )
        for group in results.published.groups
        if _belongs(group.group, subject)
        for item, figure in group.figures.items()
    )
    return _csv(FIGURES, rows)


def _belongs(group: Group, subject: Subject) -> bool:
    return group.kind != "partner" or group == subject.group


def differences_csv(results: Results) -> str:
    return _csv(DIFFERENCES, ((d.factor, *d.levels, d.size, d.label) for d in results.published.differences))


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_value(value) for value in row] for row in rows)
    return text.getvalue()


def _value(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value

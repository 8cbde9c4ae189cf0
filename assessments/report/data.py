"""The published figures as CSV, as they travel inside a PDF: figures with a point, one row a figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from assessments.results import Results
from factors.instrument import Instrument

FIGURES = ("group_kind", "group", "item_kind", "item", "n", "mean", "limit", "low", "high", "split", "unknown", "band")
DIFFERENCES = ("factor", "level_a", "level_b", "size", "label")


def attachments(results: Results, instrument: Instrument) -> tuple[tuple[str, str], ...]:
    return (("cijfers.csv", figures_csv(results, instrument)), ("verschillen.csv", differences_csv(results)))


def figures_csv(results: Results, instrument: Instrument) -> str:
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
        for item, figure in group.figures.items()
    )
    return _csv(FIGURES, rows)


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

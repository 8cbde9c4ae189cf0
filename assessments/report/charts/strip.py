"""Draws the strip of one factor: a line a group with its mark, its interval and its score. Knows no round."""

from __future__ import annotations

from dataclasses import dataclass

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.charts.profile import Series
from assessments.report.charts.svg import EDGES, INK, MARKS, PAPER, SOFT, Canvas, Scale, text_width

WIDTH, VALUES = 480, 94
NAMES, MOST = 108, 26  # the least room for names, and the most characters of one
HEAD, ROW, FOOT = 17, 21, 15


@dataclass(frozen=True)
class Strip:
    key: str
    alt: str
    rows: tuple[tuple[Series, Figure | None], ...]


def draw(strip: Strip) -> str:
    bottom = HEAD + ROW * len(strip.rows)
    canvas = Canvas(WIDTH, bottom + FOOT)
    names = [dutch.cut(series.name, MOST) for series, _ in strip.rows]
    room = max(NAMES, *(text_width(name, 13) for name in names))
    scale = Scale(room + 12, WIDTH - VALUES - 12)
    canvas.bands(scale, HEAD, bottom)
    for band, (low, high) in EDGES.items():
        canvas.text((scale(low) + scale(high)) / 2, 12, band, size=11, anchor="middle", fill=SOFT)
    for place, (series, figure) in enumerate(strip.rows):
        y = HEAD + ROW * (place + 0.5)
        canvas.text(room, y + 4.5, names[place], anchor="end", bold=series.is_own)
        _row(canvas, scale, series, figure, y)
    for value in (1, 3, 5):
        canvas.text(scale(value), bottom + 12, str(value), size=11, anchor="middle", fill=SOFT)
    return canvas.svg(strip.key, strip.alt)


def _row(canvas: Canvas, scale: Scale, series: Series, figure: Figure | None, y: float) -> None:
    canvas.line(scale.left, y, scale.right, y, stroke=PAPER)
    if figure is None:
        canvas.mark(WIDTH - VALUES + 11, y, MARKS[series.mark], radius=7, dashed=True)
        canvas.text(WIDTH - VALUES + 24, y + 4.5, dutch.HIDDEN, size=12, fill=SOFT)
        return
    x = scale(figure.value)
    if figure.interval:
        low, high = (scale(bound) for bound in figure.interval)
        canvas.line(low, y, high, y, stroke=INK, width=1.6)
        for bound in (low, high):
            canvas.line(bound, y - 5, bound, y + 5, stroke=INK, width=1.6)
    canvas.mark(x, y, MARKS[series.mark], radius=7.8)
    if figure.limit:
        canvas.arrow(x, y, 1 if figure.limit == "high" else -1)
    canvas.text(WIDTH - VALUES + 4, y + 4.5, dutch.score(figure), bold=True)

"""Draws the profile: a row a factor, by phase, and a mark a group; the line between the marks shows the difference.

Knows no round: names and figures go in, SVG comes out, once for a page and once as narrow as a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessments import dutch
from assessments.disclosure.published import Figure, is_higher
from assessments.report.charts.svg import (
    EDGES,
    INK,
    LINE,
    MARKS,
    PAPER,
    SOFT,
    Canvas,
    Scale,
    text_width,
    wrapped,
)

LEGEND, PHASE, FOOT = 28, 24, 38
LINE_HEIGHT, ASIDE = 16, 12  # of text below text; and what is left free of marks at either side
ROW, COMPACT_ROW = 29, 21
AROUND, COMPACT_AROUND = 15.5, 11.0  # the room above and below a crowd, added up: it keeps it apart from the next row's
APART = 0.2  # marks nearer to each other than this are drawn above each other
TALLEST = 636  # 175 mm of a page that also has what the profile tells above and below it
RADIUS, LABEL, BESIDE = 8.6, 12.5, 42.0  # a mark with room around it; a name in the legend, and what that has beside it
SIZES = {1: (0.0, RADIUS), 2: (15.2, 7.4)}  # by how many stand above each other: how far apart, and how large
CROWD, COMPACT_CROWD = (12.0, 6.2), (10.8, 5.8)  # three or more, or two in a compact row; then the row grows


@dataclass(frozen=True)
class Layout:
    """Says where things stand, in units of the drawing."""

    width: float
    names: float  # room for the names at the left; without any, each stands above its row
    hidden: float  # room at the right for the marks of what is not shown
    head: float

    @property
    def above(self) -> float:
        return 0 if self.names else LINE_HEIGHT + 2

    def scale(self, *, hides: bool) -> Scale:
        return Scale(self.names + ASIDE, self.width - (self.hidden if hides else ASIDE) - ASIDE)


WIDE = Layout(width=640, names=186, hidden=76, head=38)
NARROW = Layout(width=344, names=0, hidden=ASIDE, head=54)


@dataclass(frozen=True)
class Series:
    """Is one group in the chart: its mark, its name, and whether it is the one that the report is about."""

    mark: str
    name: str
    is_own: bool = True


@dataclass(frozen=True)
class ProfileRow:
    """Is the row of a factor: its name, and a figure for each series, None where it is not shown."""

    name: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True)
class Place:
    """Says how far a mark stands from the middle of its row (below zero: above it), and its size."""

    offset: float
    radius: float


@dataclass(frozen=True)
class Profile:
    """Holds what is drawn: phases with their rows, and the series in the order of the marks."""

    key: str
    alt: str
    series: tuple[Series, ...]
    phases: tuple[tuple[str, tuple[ProfileRow, ...]], ...]
    row: float = ROW  # the height of a row with no crowd

    @property
    def is_compact(self) -> bool:
        return self.row < ROW

    @property
    def hides(self) -> bool:
        return any(figure is None for _, rows in self.phases for row in rows for figure in row.figures)

    def height(self, row: ProfileRow) -> float:
        most = max(map(len, _clusters(row.figures)), default=1)
        return max(self.row, self.size(most)[0] * (most - 1) + (COMPACT_AROUND if self.is_compact else AROUND))

    def size(self, marks: int) -> tuple[float, float]:
        """Returns how far apart so many marks above each other stand, and how large they are."""
        if self.is_compact:
            return SIZES[1] if marks == 1 else COMPACT_CROWD
        return SIZES.get(marks, CROWD)


def draw(profile: Profile, layout: Layout = WIDE) -> str:
    legend = _legend_lines(profile, layout)
    top = LEGEND + LINE_HEIGHT * 1.5 * (len(legend) - 1) + layout.head
    height = _height(profile, layout, top)
    if layout == WIDE and height > TALLEST:  # crowds in most rows
        profile = replace(profile, row=COMPACT_ROW)
        height = _height(profile, layout, top)
    canvas = Canvas(layout.width, height)
    scale = layout.scale(hides=profile.hides)
    canvas.bands(scale, top, height - FOOT)
    _legend(canvas, scale, legend)
    _head(canvas, scale, profile, layout, top - layout.head)
    y = float(top)
    for name, phase in profile.phases:
        canvas.text(0, y + PHASE - 8, name, size=12.5, fill=SOFT, bold=True)
        canvas.line(0, y + PHASE - 2, scale.right, y + PHASE - 2, stroke=LINE, width=0.7)
        y += PHASE
        for row in phase:
            _name(canvas, profile, row, layout, y)
            y += layout.above
            _row(canvas, scale, profile, row, y + profile.height(row) / 2)
            y += profile.height(row)
    _foot(canvas, scale, y)
    key = profile.key if layout == WIDE else f"{profile.key}-smal"
    return canvas.svg(key, profile.alt)


def _height(profile: Profile, layout: Layout, top: float) -> float:
    rows = sum(layout.above + profile.height(row) for _, rows in profile.phases for row in rows)
    return top + PHASE * len(profile.phases) + rows + FOOT


def _head(canvas: Canvas, scale: Scale, profile: Profile, layout: Layout, y: float) -> None:
    for band, (low, high) in EDGES.items():
        middle = (scale(low) + scale(high)) / 2
        canvas.text(middle, y + 14, band, size=13, anchor="middle", bold=True)
        room = canvas.width if layout.names else scale(high) - scale(low) + ASIDE
        for place, line in enumerate(wrapped(dutch.BANDS[band], room, 12)):
            canvas.text(middle, y + 30 + LINE_HEIGHT * place, line, size=12, anchor="middle", fill=SOFT)
    if profile.hides and layout.names:
        canvas.text(layout.width, y + 30, dutch.HIDDEN, size=12, anchor="end", fill=SOFT)


def _legend_lines(profile: Profile, layout: Layout) -> list[list[tuple[Series, float]]]:
    """Returns the groups in the legend with the width of each, on as many lines as they need.

    A drawing without a column for what is not shown says there, by a series without a mark, what a dashed mark means.
    """
    named = [replace(series, name=dutch.cut(series.name, 30)) for series in profile.series]
    if profile.hides and not layout.names:
        named.append(Series("", dutch.HIDDEN, is_own=False))
    lines: list[list[tuple[Series, float]]] = [[]]
    for series in named:
        width = text_width(series.name, LABEL) + BESIDE
        if layout == NARROW and lines[-1] and sum(own for _, own in lines[-1]) + width > layout.width:
            lines.append([])
        lines[-1].append((series, width))
    return lines


def _legend(canvas: Canvas, scale: Scale, lines: list[list[tuple[Series, float]]]) -> None:
    """Writes above the drawing which mark is whose; long names begin further to the left."""
    for place, line in enumerate(lines):
        x = max(0.0, min(scale.left, canvas.width - sum(width for _, width in line)))
        y = 11 + 1.5 * LINE_HEIGHT * place
        for series, width in line:
            mark, is_shown = (MARKS[series.mark], True) if series.mark else (MARKS["network"], False)
            canvas.mark(x + RADIUS + 2, y, mark, radius=RADIUS if is_shown else 6.2, dashed=not is_shown)
            canvas.text(x + 2 * RADIUS + 8, y + 4.5, series.name, size=LABEL, bold=series.is_own)
            x += width


def _name(canvas: Canvas, profile: Profile, row: ProfileRow, layout: Layout, y: float) -> None:
    """Writes the factor's name beside its row or above it, and at the right the marks of what is not shown."""
    middle = y + (layout.above or profile.height(row)) / 2
    if layout.names:
        canvas.text(layout.names, middle + 4.5, row.name, anchor="end")
    else:
        canvas.text(0, middle + 4.5, row.name)
    missing = [series for series, figure in zip(profile.series, row.figures, strict=True) if figure is None]
    for place, series in enumerate(reversed(missing)):
        canvas.mark(layout.width - ASIDE - 21 * place, middle, MARKS[series.mark], radius=7.4, dashed=True)


def _row(canvas: Canvas, scale: Scale, profile: Profile, row: ProfileRow, y: float) -> None:
    canvas.line(scale.left, y, scale.right, y, stroke=PAPER, width=1)
    places = _places(profile, row)
    if len(places) > 1 and _are_apart(row):
        xs = [scale(_value(row, i)) for i in places]
        canvas.line(min(xs), y, max(xs), y, stroke=INK, width=2.4)
    for i in sorted(places, key=lambda i: profile.series[i].is_own):
        figure, place = row.figures[i], places[i]
        x = scale(_value(row, i))
        canvas.mark(x, y + place.offset, MARKS[profile.series[i].mark], radius=place.radius)
        if figure and figure.limit:
            canvas.arrow(x, y + place.offset, 1 if figure.limit == "high" else -1)


def _are_apart(row: ProfileRow) -> bool:
    """Tells whether two groups surely differ: a limit may stand for the other's score."""
    shown = [figure for figure in row.figures if figure]
    return any(is_higher(first, second) for first in shown for second in shown)


def _foot(canvas: Canvas, scale: Scale, y: float) -> None:
    for value in range(1, 6):
        canvas.line(scale(value), y, scale(value), y + 4, stroke=SOFT)
        canvas.text(scale(value), y + 17, str(value), size=12, anchor="middle", fill=SOFT)
    canvas.text(scale.left - 4, y + 33, "1 = helemaal mee oneens", size=12, fill=SOFT)
    canvas.text(scale.right + 4, y + 33, "5 = helemaal mee eens", size=12, anchor="end", fill=SOFT)


def _value(row: ProfileRow, i: int) -> float:
    figure = row.figures[i]
    assert figure is not None  # noqa: S101 (only shown figures have a place)
    return float(figure.value)


def _clusters(figures: Sequence[Figure | None]) -> list[list[int]]:
    """Returns the places of the shown series, those together whose marks would cover each other.

    Clusters go from low to high; within each, the places are in the order of the series.
    """
    shown = sorted((float(figure.value), i) for i, figure in enumerate(figures) if figure)
    clusters: list[list[int]] = []
    last = 0.0
    for value, i in shown:
        if clusters and value - last < APART:
            clusters[-1].append(i)
        else:
            clusters.append([i])
        last = value
    return [sorted(cluster) for cluster in clusters]


def _places(profile: Profile, row: ProfileRow) -> dict[int, Place]:
    found: dict[int, Place] = {}
    for cluster in _clusters(row.figures):
        step, radius = profile.size(len(cluster))
        top = -step * (len(cluster) - 1) / 2
        found |= {i: Place(top + step * above, radius) for above, i in enumerate(cluster)}
    return found

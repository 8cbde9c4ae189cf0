"""Draws the model: the factor that may colour others, and arrows to those, by phase, with the scores in the boxes.

Knows no round: names and figures go in, SVG comes out. Without figures it is the model as it is explained on the site.
On a phone the factor that may colour stands above the phases, and its arrows run down at the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assessments import dutch
from assessments.disclosure.published import Figure
from assessments.report.charts.svg import EDGES, INK, LINE, MARKS, PAPER, SHADES, SOFT, Canvas, text_width, wrapped

WIDTH, LEFT, PANEL = 640, 136, 213  # how wide: the drawing, the box at the left, and what is left of the panels
BOX, GAP, EDGE = 98, 8, 5  # a box in a panel, what is between two, and the edge of a panel around them
HEAD, BETWEEN, STEP, FOOT = 23, 14, 44, 26  # the name of a panel; below it; the arrow to the outcome; the legend
NAME, LINE_HEIGHT, AROUND = 12.5, 15.5, 9
NARROW, TRUNK, INDENT, ACROSS = 344, 14, 30, 3  # how wide on a phone, where its arrows run, the panels; boxes in a row
NARROW_GAP, NARROW_EDGE = 6, 4
STRIP = 19.0  # the height of a group's score, where a box has several
MAIN, OTHER = 4.2, 1.4  # how thick an arrow is: to what may be coloured most of all, and to the rest


@dataclass(frozen=True)
class Series:
    """Is one group in the drawing: its mark, and its name."""

    mark: str
    name: str


@dataclass(frozen=True)
class Box:
    """Is a factor, or the outcome: its name, and a figure for each series, None where it is not shown."""

    name: str
    figures: tuple[Figure | None, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Holds the boxes of a phase; `is_main` where these may be coloured most of all."""

    name: str
    boxes: tuple[Box, ...]
    is_main: bool = False


@dataclass(frozen=True)
class Model:
    """Holds what is drawn; the outcome stands below the last panel, and follows from that."""

    key: str
    alt: str
    colouring: Box
    panels: tuple[Panel, ...]
    outcome: Box
    series: tuple[Series, ...] = ()

    @cached_property
    def box_height(self) -> float:
        boxes = [box for panel in self.panels for box in panel.boxes]
        return max(self.height(box, BOX) for box in boxes)

    def height(self, box: Box, width: float) -> float:
        lines = len(wrapped(box.name, width - 2 * EDGE, NAME))
        scores = {0: 0.0, 1: 2 * LINE_HEIGHT}.get(len(self.series), STRIP * len(self.series) + 3)
        return lines * LINE_HEIGHT + scores + AROUND

    @property
    def panel_height(self) -> float:
        return HEAD + self.box_height + EDGE


def draw(model: Model) -> str:
    panels = (model.panel_height + BETWEEN) * len(model.panels) - BETWEEN
    outcome = model.height(model.outcome, WIDTH)
    foot = FOOT if model.series else 0
    canvas = Canvas(WIDTH, panels + STEP + outcome + 3 + FOOT + foot)
    tops = [(model.panel_height + BETWEEN) * place for place in range(len(model.panels))]
    for panel, top in zip(model.panels, tops, strict=True):
        _panel(canvas, model, panel, top)
    _colouring(canvas, model, tops, panels)
    _outcome(canvas, model, panels)
    _arrows(canvas, model, panels + STEP + outcome + FOOT - 6)
    if model.series:
        _shades(canvas, model, panels + STEP + outcome + FOOT + foot - 6)
    return canvas.svg(model.key, model.alt)


def draw_narrow(model: Model) -> str:
    colouring = model.height(model.colouring, NARROW)
    heights = [_narrow_height(model, panel) for panel in model.panels]
    tops = [colouring + 1 + BETWEEN + sum(heights[:place]) + BETWEEN * place for place in range(len(heights))]
    bottom = tops[-1] + heights[-1]
    outcome = model.height(model.outcome, NARROW)
    legend = 2 * FOOT + (LINE_HEIGHT + 4) * (len(EDGES) + len(model.series)) if model.series else FOOT
    canvas = Canvas(NARROW, bottom + STEP + outcome + 3 + legend)
    _box(canvas, model, model.colouring, 1, 1, NARROW - 2, colouring, size=13)
    for panel, top, height in zip(model.panels, tops, heights, strict=True):
        _narrow_panel(canvas, model, panel, top, height)
        middle, width = top + height / 2, MAIN if panel.is_main else OTHER
        canvas.pointer((TRUNK, colouring + 1), (TRUNK, middle), (INDENT - 1, middle), width=width)
    step, centre = bottom + STEP / 2 - 4, (INDENT + NARROW) / 2
    canvas.pointer((TRUNK, colouring + 1), (TRUNK, step), (centre - 3, step), width=OTHER)
    canvas.pointer((centre, bottom), (centre, bottom + STEP), width=OTHER, stroke=SOFT)
    _box(canvas, model, model.outcome, INDENT + 1, bottom + STEP + 1, NARROW - INDENT - 2, outcome)
    _arrows(canvas, model, bottom + STEP + outcome + FOOT - 6)
    if model.series:
        _narrow_shades(canvas, model, bottom + STEP + outcome + 2 * FOOT)
    return canvas.svg(f"{model.key}-smal", model.alt)


def _narrow_height(model: Model, panel: Panel) -> float:
    rows = -(-len(panel.boxes) // ACROSS)
    return HEAD + model.box_height * rows + NARROW_GAP * (rows - 1) + EDGE


def _narrow_panel(canvas: Canvas, model: Model, panel: Panel, top: float, height: float) -> None:
    canvas.frame(INDENT, top, NARROW - INDENT - 1, height, PAPER)
    canvas.text(INDENT + EDGE + 2, top + 16, panel.name, bold=True)
    for place, box in enumerate(panel.boxes):
        row, column = divmod(place, ACROSS)
        x = INDENT + NARROW_EDGE + (BOX + NARROW_GAP) * column
        y = top + HEAD + (model.box_height + NARROW_GAP) * row
        _box(canvas, model, box, x, y, BOX, model.box_height)


def _narrow_shades(canvas: Canvas, model: Model, y: float) -> None:
    """Says below each other what the shades mean and whose the scores are."""
    for band in EDGES:
        canvas.rect(1, y - 11, 22, 14, SHADES[band])
        canvas.line(1, y + 3, 23, y + 3, stroke=LINE, width=0.7)
        canvas.text(29, y, f"{band}: {dutch.BANDS[band]}", size=12, fill=SOFT)
        y += LINE_HEIGHT + 4
    if len(model.series) == 1:
        canvas.text(1, y, f"scores: {model.series[0].name}", size=12)
        return
    for series in model.series:
        canvas.mark(12, y - 4, MARKS[series.mark], radius=7.4)
        canvas.text(29, y, series.name, size=12, fill=SOFT)
        y += LINE_HEIGHT + 4


def _panel(canvas: Canvas, model: Model, panel: Panel, top: float) -> None:
    canvas.frame(PANEL, top + 1, WIDTH - PANEL - 1, model.panel_height - 1, PAPER)
    canvas.text(PANEL + EDGE + 2, top + 16, panel.name, bold=True)
    for place, box in enumerate(panel.boxes):
        x = PANEL + EDGE + (BOX + GAP) * place
        _box(canvas, model, box, x, top + HEAD, BOX, model.box_height)


def _colouring(canvas: Canvas, model: Model, tops: Sequence[float], bottom: float) -> None:
    """Draws the box at the left, its arrows to the panels, and the one to the step from the last panel on."""
    height = max(model.height(model.colouring, LEFT), 74)
    middle = bottom / 2
    _box(canvas, model, model.colouring, 1, middle - height / 2, LEFT, height, size=13)
    for place, (panel, top) in enumerate(zip(model.panels, tops, strict=True)):
        start = middle + (place - (len(tops) - 1) / 2) * height / len(tops)
        end = (PANEL - 2, top + model.panel_height / 2)
        canvas.pointer((LEFT + 1, start), end, width=MAIN if panel.is_main else OTHER)
    step = bottom + STEP / 2 - 4
    canvas.pointer((LEFT / 2, middle + height / 2), (LEFT / 2, step), ((PANEL + WIDTH) / 2 - 3, step), width=OTHER)


def _outcome(canvas: Canvas, model: Model, top: float) -> None:
    middle, width = (PANEL + WIDTH) / 2, max(2.2 * BOX, text_width(model.outcome.name, NAME) + 3 * EDGE)
    canvas.pointer((middle, top), (middle, top + STEP), width=OTHER, stroke=SOFT)
    height = model.height(model.outcome, width)
    _box(canvas, model, model.outcome, middle - width / 2, top + STEP + 1, width, height)


def _box(
    canvas: Canvas, model: Model, box: Box, x: float, y: float, width: float, height: float, size: float = NAME
) -> None:
    """Draws a box with its name and below that the score of the one group, or a strip a group."""
    only = box.figures[0] if len(box.figures) == 1 else None
    canvas.frame(x, y, width, height, SHADES[only.band] if only else PAPER, dashed=len(box.figures) == 1 and not only)
    lines = wrapped(box.name, width - 2 * EDGE, size)
    used = model.height(box, width)
    line = y + LINE_HEIGHT + (height - used) / 2
    for name in lines:
        canvas.text(x + width / 2, line, name, size=size, anchor="middle", bold=size > NAME)
        line += LINE_HEIGHT
    if len(box.figures) == 1:
        _score(canvas, only, x + width / 2, line)
    for place, figure in enumerate(box.figures if len(box.figures) > 1 else ()):
        _strip(canvas, model.series[place], figure, x, line - 10 + STRIP * place, width)


def _score(canvas: Canvas, figure: Figure | None, x: float, y: float) -> None:
    if figure is None:
        canvas.text(x, y + LINE_HEIGHT / 2, dutch.HIDDEN, size=12, anchor="middle", fill=SOFT)
        return
    canvas.text(x, y, dutch.score(figure), size=13, anchor="middle", bold=True)
    canvas.text(x, y + LINE_HEIGHT, figure.band, size=12, anchor="middle", fill=SOFT)


def _strip(canvas: Canvas, series: Series, figure: Figure | None, x: float, y: float, width: float) -> None:
    if figure:
        canvas.rect(x + 1, y, width - 2, STRIP - 1, SHADES[figure.band])
    canvas.mark(x + 11, y + STRIP / 2, MARKS[series.mark], radius=7.4, dashed=figure is None)
    text, fill = (dutch.score(figure), INK) if figure else (dutch.HIDDEN, SOFT)
    canvas.text(x + 23, y + STRIP / 2 + 4, text, size=12, fill=fill)


def _arrows(canvas: Canvas, model: Model, y: float) -> None:
    """Says what the arrows mean and, where the boxes have one score and there is room, whose that is."""
    x = 1.0
    for width, said in ((MAIN, "kan vooral kleuren"), (OTHER, "kan ook kleuren")):
        canvas.pointer((x, y - 4), (x + 34, y - 4), width=width)
        canvas.text(x + 41, y, said, size=12, fill=SOFT)
        x += 41 + text_width(said, 12) + 26
    if len(model.series) == 1 and canvas.width == WIDTH:
        canvas.text(WIDTH, y, f"scores: {model.series[0].name}", size=12, anchor="end")


def _shades(canvas: Canvas, model: Model, y: float) -> None:
    """Says what the shades mean and, where there are several groups, whose the marks are."""
    x = 1.0
    for band in EDGES:
        canvas.rect(x, y - 11, 22, 14, SHADES[band])
        canvas.line(x, y + 3, x + 22, y + 3, stroke=LINE, width=0.7)
        said = f"{band}: {dutch.BANDS[band]}" if len(model.series) == 1 else band
        canvas.text(x + 28, y, said, size=12, fill=SOFT)
        x += 28 + text_width(said, 12) + 20
    for series in model.series if len(model.series) > 1 else ():
        canvas.mark(x + 7, y - 4, MARKS[series.mark], radius=7.4)
        canvas.text(x + 18, y, series.name, size=12, fill=SOFT)
        x += 18 + text_width(series.name, 12) + 16

"""Draws in SVG: a canvas, a scale from 1 to 5, bands and marks. Knows nothing of rounds.

All style is in attributes: a policy that forbids inline styles lets them through, and so does a PDF. Numbers are
written with a point; a reader sees Dutch numbers only in text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from math import hypot
from typing import Literal

from assessments.scores.readings import CONCERN, STEP, STRONG

INK, SOFT, LINE, PAPER = "#0a3a42", "#465a5f", "#9fb0b4", "#ffffff"
SHADES = {"zorg": "#cddadd", "bespreken": "#e4ecee", "sterk": "#f3f7f8"}
# The edge of a band lies halfway between the highest published score under its limit and the limit itself.
INNER_EDGES = [float(limit - STEP / 2) for limit in (CONCERN, STRONG)]
EDGES = {"zorg": (1.0, INNER_EDGES[0]), "bespreken": (INNER_EDGES[0], INNER_EDGES[1]), "sterk": (INNER_EDGES[1], 5.0)}
FONT = "Source Sans 3, sans-serif"

Shape = Literal["circle", "square", "diamond", "hexagon"]


@dataclass(frozen=True)
class Mark:
    """Says how a group is drawn in every chart: by shape and shade, and a letter where that can be read."""

    shape: Shape
    letter: str
    fill: str
    ink: str


MARKS = {
    "uitvoerend": Mark("circle", "U", INK, PAPER),
    "management": Mark("square", "M", PAPER, INK),
    "bestuur": Mark("diamond", "B", "#2a7a86", PAPER),
    "network": Mark("circle", "N", PAPER, INK),
    "partner": Mark("hexagon", "P", INK, PAPER),
    "sector": Mark("hexagon", "S", INK, PAPER),
    "then": Mark("circle", "T", PAPER, SOFT),
}


# Half the height of a letter, on a page as high as a capital of 9 points; a mark of less than that around it has none.
LETTER, LEAST_WITH_LETTER = 3.9, 7.0
# The letters of the marks as lines in a square of 2 by 2: drawn, they look the same in a PDF, on screen and in a
# picture that a browser makes without our font; setting eighty letters in type takes a twentieth of a PDF's time.
LETTERS = {
    "U": "-.7,-1 -.7,.5 -.3,1 .3,1 .7,.5 .7,-1",
    "M": "-.85,1 -.85,-1 0,.3 .85,-1 .85,1",
    "B": "-.6,0 .3,0 .65,-.25 .65,-.75 .3,-1 -.6,-1 -.6,1 .35,1 .75,.75 .75,.25 .3,0",
    "N": "-.7,1 -.7,-1 .7,1 .7,-1",
    "P": "-.6,1 -.6,-1 .3,-1 .7,-.75 .7,-.2 .3,.1 -.6,.1",
    "S": ".65,-.75 .3,-1 -.3,-1 -.65,-.7 -.65,-.3 -.3,0 .3,0 .65,.3 .65,.7 .3,1 -.3,1 -.65,.75",
    "T": "-.75,-1 .75,-1 0,-1 0,1",
}


@dataclass(frozen=True)
class Scale:
    """Tells where a score from 1 to 5 is drawn: 1 at `left`, 5 at `right`."""

    left: float
    right: float

    def __call__(self, value: Decimal | float) -> float:
        return round(self.left + (float(value) - 1) * (self.right - self.left) / 4, 1)


@dataclass
class Canvas:
    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1) -> None:
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self.parts.append(f'<line {ends} stroke="{stroke}" stroke-width="{_n(width)}"/>')

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"/>')

    def frame(self, x: float, y: float, width: float, height: float, fill: str, *, dashed: bool = False) -> None:
        """Draws a box with an edge; dashed where it stands for what is not shown."""
        edge = f'stroke="{SOFT if dashed else INK}" stroke-width="{"1.2" if dashed else "1.4"}"'
        dash = ' stroke-dasharray="4 3"' if dashed else ""
        size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="3"'
        self.parts.append(f'<rect {size} fill="{fill}" {edge}{dash}/>')

    def pointer(self, *corners: tuple[float, float], width: float = 1.4, stroke: str = INK) -> None:
        """Draws a line along these corners, with the point of an arrow at the last one."""
        (x1, y1), (x2, y2) = corners[-2:]
        length, side = hypot(x2 - x1, y2 - y1), 3.2 + width
        dx, dy = side * (x2 - x1) / length, side * (y2 - y1) / length
        x, y = x2 - 2 * dx, y2 - 2 * dy
        line, point = _points(*corners[:-1], (x, y)), _points((x2, y2), (x - dy, y + dx), (x + dy, y - dx))
        self.parts.append(f'<polyline points="{line}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"/>')
        self.parts.append(f'<polygon points="{point}" fill="{stroke}"/>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 13,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
    ) -> None:
        weight = ' font-weight="700"' if bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}"{side}{weight}>{escape(text)}</text>'
        )

    def mark(self, x: float, y: float, mark: Mark, *, radius: float = 9, dashed: bool = False) -> None:
        """Draws a group's mark, with its letter where that is large enough to read; dashed where it is not shown."""
        fill, ink = (PAPER, SOFT) if dashed else (mark.fill, mark.ink)
        edge = f' stroke="{SOFT if dashed else INK}" stroke-width="{"1.2" if dashed else "1.6"}"'
        dash = ' stroke-dasharray="2.5 2"' if dashed else ""
        self.parts.append(_shape(mark.shape, x, y, radius, f'fill="{fill}"{edge}{dash}'))
        if radius < LEAST_WITH_LETTER:
            return
        points = (point.split(",") for point in LETTERS[mark.letter].split())
        line = " ".join(f"{_n(x + float(dx) * LETTER)},{_n(y + float(dy) * LETTER)}" for dx, dy in points)
        width = 'stroke-width="1.7" stroke-linejoin="round"'
        self.parts.append(f'<polyline points="{line}" fill="none" stroke="{ink}" {width}/>')

    def arrow(self, x: float, y: float, side: int) -> None:
        """Draws an arrow beyond a limit, to the right (`side` 1) or left (-1): the score is this or further out."""
        self.parts.append(
            f'<path d="M{_n(x + side * 12)} {_n(y - 4)}l{side * 6} 4l{-side * 6} 4z" fill="{INK}"/>'
        )  # fmt: skip

    def bands(self, scale: Scale, top: float, bottom: float) -> None:
        for band, (low, high) in EDGES.items():
            self.rect(scale(low), top, scale(high) - scale(low), bottom - top, SHADES[band])
        for edge in INNER_EDGES:
            self.line(scale(edge), top, scale(edge), bottom, stroke=PAPER, width=2)

    def svg(self, key: str, alt: str) -> str:
        """Returns the drawing; its title is the alternative text, for a browser and in a PDF."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
            f' width="{_n(self.width)}" height="{_n(self.height)}" role="img" aria-labelledby="{key}-alt"'
            f' font-family="{FONT}"><title id="{key}-alt">{escape(alt)}</title>{"".join(self.parts)}</svg>'
        )


def _shape(shape: Shape, x: float, y: float, r: float, style: str) -> str:
    if shape == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" {style}/>'
    if shape == "square":
        side = r * 0.9
        return f'<rect x="{_n(x - side)}" y="{_n(y - side)}" width="{_n(2 * side)}" height="{_n(2 * side)}" {style}/>'
    if shape == "diamond":
        corners = [(0, -1.22), (1.22, 0), (0, 1.22), (-1.22, 0)]
    else:
        corners = [(-0.58, -1), (0.58, -1), (1.15, 0), (0.58, 1), (-0.58, 1), (-1.15, 0)]
    points = " ".join(f"{_n(x + dx * r)},{_n(y + dy * r)}" for dx, dy in corners)
    return f'<polygon points="{points}" {style}/>'


def text_width(text: str, size: float) -> float:
    """Returns about how wide a text is in our font: exact enough to keep names apart."""
    return len(text) * size * 0.52


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Returns the text in as few lines as fit; a word is never cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _points(*places: tuple[float, float]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in places)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

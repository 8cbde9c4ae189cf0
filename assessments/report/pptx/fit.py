"""Finds the size at which text fits in its box, and cuts what fits at none. Knows no file, and points only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessments import dutch

SIZES = (28, 26, 24, 22, 20, 18)  # from the back of a room, smaller letters are not read
TITLES = (44, 38, 34, 30, 28)
LARGEST_TITLE = 34  # of a slide; that of the title page may be larger
MORE = {"lead": 1.25}  # how much larger than the other lines
SPACE, NARROW, BROAD, WIDE = 0.24, 0.33, 0.64, 0.88  # how wide signs are, of their size
LEADING, BETWEEN, INDENT = 1.2, 0.45, 22.0


@dataclass(frozen=True)
class Line:
    """Is a paragraph, with a label in bold before it; a label alone is a small heading."""

    text: str
    label: str = ""
    style: str = "body"  # body, lead, point

    @property
    def whole(self) -> str:
        return " ".join(filter(None, [self.label, self.text]))


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    width: float
    height: float


WIDTH, HEIGHT = 960.0, 540.0  # 16:9
MARGIN = 44.0
TITLE = Box(MARGIN, 30, WIDTH - 2 * MARGIN, 82)
BODY = Box(MARGIN, 124, WIDTH - 2 * MARGIN, 356)
FOOT = Box(MARGIN, 494, 760, 30)
NUMBER = Box(WIDTH - MARGIN - 80, 494, 80, 30)
FRONT_TITLE = Box(MARGIN, 56, WIDTH - 2 * MARGIN, 138)
FRONT_BODY = Box(MARGIN, 208, WIDTH - 2 * MARGIN, 300)


def fitted(lines: Sequence[Line], box: Box) -> tuple[int, list[Line]]:
    """Returns the largest size at which the lines fit; where they fit at none, the longest are cut until they do."""
    for size in SIZES:
        if height(lines, size, box.width) <= box.height:
            return size, list(lines)
    short = list(lines)
    while height(short, SIZES[-1], box.width) > box.height:
        longest = max(range(len(short)), key=lambda place: len(short[place].text))
        short[longest] = replace(short[longest], text=_shorter(short[longest].text))
    return SIZES[-1], short


def fits(lines: Sequence[Line], box: Box) -> bool:
    return height(lines, SIZES[-1], box.width) <= box.height


def fitted_title(text: str, box: Box, largest: int) -> tuple[int, str]:
    """Returns the title, with the size at which it fits; one that fits at none is cut."""
    text = " ".join(text.split())
    for size in (size for size in TITLES if size <= largest):
        if _rows(text, size, box.width) * size * LEADING <= box.height:
            return size, text
    while _rows(text, TITLES[-1], box.width) * TITLES[-1] * LEADING > box.height:
        text = _shorter(text)
    return TITLES[-1], text


def height(lines: Sequence[Line], size: int, width: float) -> float:
    """Returns how high the lines stand below each other, at this size of an ordinary line."""
    return sum(_height(line, size * MORE.get(line.style, 1), width) + size * BETWEEN for line in lines)


def _height(line: Line, size: float, width: float) -> float:
    return _rows(line.whole, size, width - (INDENT if line.style == "point" else 0)) * size * LEADING


def _rows(text: str, size: float, width: float) -> int:
    return sum(_rows_of(part.split(), size, width) for part in text.split("\n"))


def _rows_of(words: Sequence[str], size: float, width: float) -> int:
    """Returns on how many rows the words stand; one that is longer than a row is broken off."""
    rows, at = 1, 0.0
    for word in words:
        wide = _width(word) * size
        if at and at + wide > width:
            rows, at = rows + 1, 0.0
        at += wide
        while at > width:
            rows, at = rows + 1, at - width
        at += SPACE * size
    return rows


def _width(word: str) -> float:
    """Returns how wide a word is, in its own size, in a font like Calibri in bold; with something to spare."""
    return sum(
        NARROW if s in "fijlrtI.,:;!'‘’()-" else WIDE if s in "mwMW@%…–" else BROAD if s.isupper() else 0.52
        for s in word
    )


def _shorter(text: str) -> str:
    """Returns a tenth less of the text, up to a whole word where there is one."""
    kept = text.removesuffix(" …")
    return dutch.shortened(kept, len(kept) * 9 // 10)

"""Prints the DPIA as an accessible PDF, with first what a gemeente still has to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from assessments import dutch
from assessments.papers.dpia import WRITTEN, Element, Value, answers, form, place
from assessments.papers.terms import OPEN
from samenwerking import pdf
from samenwerking.theme import look, theme

# How the form stores the choices that are no words.
CHOICES = {"true": "ja", "false": "nee", "null": "niet van toepassing"}
WRAPS = re.compile(r"(?<!\n)\n(?![\n-])")  # a line that was broken in the source, and goes on


@dataclass(frozen=True)
class Block:
    """Is a piece of an answer: a paragraph, or where it `is_list` the points of a list."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Field:
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """Holds fields that belong together; in a repeated part its title is what they are about."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Paragraph:
    number: str
    title: str
    parts: tuple[Part, ...]
    open: int  # answers here that the gemeente has to complete

    @property
    def anchor(self) -> str:
        return f"paragraaf-{self.number}"


def dpia_pdf() -> bytes:
    """Returns the PDF; the same answers and theme give the same bytes."""
    return pdf.render(dpia_html(), created=datetime.fromisoformat(WRITTEN))


def dpia_html() -> str:
    found = list(paragraphs())
    context = {
        "paragraphs": found,
        "still_open": [own for own in found if own.open],
        "written": dutch.day(datetime.fromisoformat(WRITTEN).date()),
        "colours": look().colours,
    }
    return render_to_string("papers/dpia.html", {**context, **theme()})


def paragraphs() -> Iterator[Paragraph]:
    """Yields the paragraphs of the form in order, each with its answers."""
    given = answers()
    for number, title in form()["paragraphs"].items():
        own = {key: value for key, value in given.items() if place(key)[0] == int(number)}
        parts = tuple(part for key, value in own.items() for part in _parts(key, value))
        yield Paragraph(number, title, parts, sum(_open(value) for value in own.values()))


def _open(value: Any) -> int:
    """Counts the places in a value that the gemeente has to fill in."""
    if isinstance(value, str):
        return value.count(OPEN)
    return sum(_open(part) for part in (value.values() if isinstance(value, dict) else value))


def _parts(number: str, value: Any) -> Iterator[Part]:
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        yield Part("", (_field(number, value),))
        return
    heads = _heads(number, len(value))
    for head, element in zip(heads, value, strict=True):
        fields = tuple(_field(key, part) for key, part in element.items() if part not in (head, [head]))
        yield Part(head, fields)


def _heads(number: str, parts: int) -> list[str]:
    """Returns what each of the repeated parts is about: what the form takes over, or else its own first field."""
    if over := form()["headed_by"].get(number):
        source: list[Element] = answers()[over.rpartition(".")[0]]  # type: ignore[assignment]
        return [str(element[over]) for element in source]
    own: list[Element] = answers()[number]  # type: ignore[assignment]
    first = [next(iter(element.values())) for element in own]
    return [value[0] if isinstance(value, list) else value for value in first]


def _field(number: str, value: Value) -> Field:
    return Field(form()["fields"][number], tuple(_blocks(value)))


def _blocks(value: Value) -> Iterator[Block]:
    if isinstance(value, list):
        yield Block(tuple(value), is_list=True) if len(value) > 1 else Block(tuple(value))
        return
    text = WRAPS.sub(" ", CHOICES.get(value, value))
    for piece in text.split("\n\n"):
        lines = piece.split("\n")
        if lines[0].startswith("- "):
            yield Block(tuple(line.removeprefix("- ") for line in lines), is_list=True)
        else:
            yield Block(tuple(lines))

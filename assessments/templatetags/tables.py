"""Puts the cells of a table beside the heads of their columns, since on a phone each cell says what it is."""

from collections.abc import Iterable, Iterator

from django import template

from assessments.report.blocks import Cell

register = template.Library()


@register.filter
def beside(cells: Iterable[Cell], heads: Iterable[str]) -> Iterator[tuple[Cell, str]]:
    """Yields each cell with the head of its column."""
    return zip(cells, heads, strict=True)

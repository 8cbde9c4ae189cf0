"""Cuts a list into pages, with its size and the way on in the answer. Refuses questions that it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict

Json = dict[str, Any]

NUMBER, SIZE = "pagina", "paginaGrootte"
USUAL, MOST = 50, 100


@dataclass(frozen=True)
class Page:
    number: int
    size: int

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size


class WrongQuery(Exception):
    """What stands behind the question mark is not understood; `faults` has all that is wrong with it."""

    def __init__(self, faults: list[Json]) -> None:
        self.faults = faults
        super().__init__(" ".join(fault["detail"] for fault in faults))


def page_of(query: QueryDict) -> Page:
    """Returns the page that a query asks for. Raises WrongQuery."""
    faults = _unknown(query, (NUMBER, SIZE))
    number, size = _whole(query, NUMBER, 1, None, faults), _whole(query, SIZE, USUAL, MOST, faults)
    if faults:
        raise WrongQuery(faults)
    return Page(number, size)


def refuse_query(query: QueryDict) -> None:
    """Raises WrongQuery where anything is asked of a resource that takes no question."""
    if faults := _unknown(query, ()):
        raise WrongQuery(faults)


def listed(name: str, rows: QuerySet[Any], page: Page, each: Callable[[Any], Json], address: str) -> Json:
    """Returns one page of rows under `name`. Raises Http404 behind the last page; an empty list has one."""
    total = rows.count()
    last = max(1, -(-total // page.size))
    if page.number > last:
        raise Http404
    found: Iterable[Model] = rows[page.start : page.start + page.size]
    numbers = {"self": page.number, "first": 1, "prev": page.number - 1, "next": page.number + 1, "last": last}
    return {
        "aantal": total,
        NUMBER: page.number,
        SIZE: page.size,
        "aantalPaginas": last,
        "_links": {
            rel: link(f"{address}?{urlencode({NUMBER: number, SIZE: page.size})}")
            for rel, number in numbers.items()
            if 1 <= number <= last
        },
        name: [each(row) for row in found],
    }


def link(path: str) -> Json:
    """Returns a link as HAL writes it, to the address that users see."""
    return {"href": settings.BASE_URL + path}


def _unknown(query: QueryDict, known: tuple[str, ...]) -> list[Json]:
    return [_fault(name, "Deze vraag kennen wij hier niet.") for name in query if name not in known]


def _whole(query: QueryDict, name: str, usual: int, most: int | None, faults: list[Json]) -> int:
    """Returns the number that a query gives, or the usual one; adds to `faults` what is no such number."""
    values = query.getlist(name)
    if not values:
        return usual
    digits = values[0] if len(values) == 1 and values[0].isascii() and values[0].isdigit() else ""
    number = int(digits) if 0 < len(digits) <= 9 else 0
    if number < 1 or (most and number > most):
        faults.append(
            _fault(name, f"Geef een heel getal van 1 tot en met {most}." if most else "Geef een heel getal vanaf 1.")
        )
    return number


def _fault(name: str, detail: str) -> Json:
    return {"parameter": name, "detail": detail}

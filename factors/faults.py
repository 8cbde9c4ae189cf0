"""Tells of a fault in the instrument's files, in one sentence that names the file and the place in it."""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Made = TypeVar("Made")

SHAPE = (KeyError, TypeError, ValueError, AttributeError)  # what building raises of a row that is not whole


class InvalidInstrument(ValueError):
    """The files do not make up an instrument; the message is a sentence for whoever wrote them."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"Het instrument klopt niet. {place}: {what}.")


def each(file: str, make: Callable[[Any], Made], rows: Iterable[Any]) -> tuple[Made, ...]:
    """Returns what `make` makes of each row. Raises InvalidInstrument where a row is not whole."""
    return tuple(one(file, make, row, number) for number, row in enumerate(rows, start=1))


def one(file: str, make: Callable[[Any], Made], row: Any, number: int = 0) -> Made:
    try:
        return make(row)
    except InvalidInstrument:
        raise
    except SHAPE as fault:
        key = row.get("key") if isinstance(row, dict) else None
        place = ", ".join(filter(None, [file, str(key) if key else f"nummer {number}" if number else ""]))
        raise InvalidInstrument(place, _what(fault)) from fault


def _what(fault: Exception) -> str:
    if isinstance(fault, KeyError):
        return f"‘{fault.args[0]}’ ontbreekt"
    names = ", ".join(f"‘{name}’" for name in re.findall(r"'(\w+)'", str(fault)))
    return f"{names} is onbekend, ontbreekt of heeft een verkeerde vorm" if names else f"verkeerde vorm ({fault})"

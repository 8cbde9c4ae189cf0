"""Gives the measures beside BIO2 and OWASP ASVS, each with the tests that show it: `fixtures/papers/isms.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from assessments.papers.terms import terms

FILE = Path(settings.BASE_DIR) / "fixtures" / "papers" / "isms.yaml"


@dataclass(frozen=True)
class Row:
    """Is a measure of BIO2, or a chapter of ASVS; `left` is what the software leaves to the gemeente."""

    number: str
    subject: str
    does: str = ""
    left: str = ""
    tests: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    version: str
    source: str
    rows: tuple[Row, ...]
    day: date | None = None


@cache
def standards() -> dict[str, Standard]:
    """Returns both, by 'bio2' and 'asvs'."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: _standard(**found) for name, found in read.items()}


def _standard(version: str, source: str, rows: list[dict[str, Any]], day: date | None = None) -> Standard:
    return Standard(version, source, tuple(_row(**row) for row in rows), day)


def _row(number: str, subject: str, does: str = "", left: str = "", tests: Sequence[str] = ()) -> Row:
    return Row(number, subject, does.format_map(terms()), left.format_map(terms()), tuple(tests))

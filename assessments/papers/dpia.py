"""Gives the DPIA that stands in `fixtures/papers/dpia/` as data of the Rijksmodel 3.0, with the figures of the code.

The form's own numbers are the keys. A part that the form repeats is a list; what belongs to the first processing of 3.1
stands first in each of them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from assessments.papers.terms import terms

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "papers" / "dpia"
PARTS = ("what", "whose", "right", "risks", "management")
SCHEMA = "https://github.com/MinBZK/par-dpia-form/blob/main/schemas/assessment-output.v2.schema.json"
URN = "urn:nl:dpia:3.0"
WRITTEN = "2026-11-30T00:00:00Z"  # when the answers were last looked through; an answer has no other time
# Repeated parts without an answer of their own, around a repeated part that has them.
AROUND = {"6.1": "6.1.1", "8.1": "8.1.1", "9.1": "9.1.1", "10.1": "10.1.1", "11.1": "11.1.1", "13.1": "13.1.1"}

Value = str | list[str]
Element = dict[str, Value]
Answers = dict[str, Value | list[Element]]


@cache
def form() -> dict[str, dict[str, str]]:
    """Returns what each paragraph and field is about, by its number in the form."""
    return dict(yaml.safe_load((FOLDER / "form.yaml").read_text(encoding="utf-8")))


def answers() -> Answers:
    """Returns every answer by its number in the form, in the order of the form."""
    words = terms()
    filled = {key: _filled(value, words) for key, value in _read().items()}
    return dict(sorted(filled.items(), key=lambda item: place(item[0])))


@cache
def _read() -> dict[str, Any]:
    """Returns the answers as they are written. They are parsed once, so nobody may change them."""
    read: dict[str, Any] = {}
    for part in PARTS:
        read |= yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
    for measures, risk in zip(read["17.1"], read["16.1"], strict=True):  # 17 takes over the risks of 16
        measures |= {"17.1.1": [risk["16.1.1"]], "17.1.2": risk["16.1.2"]}
    return read


def place(number: str) -> tuple[int, ...]:
    """Returns by what a number of the form is sorted: 2.10 comes after 2.9."""
    return tuple(map(int, number.split(".")))


def as_json() -> str:
    """Returns the DPIA as the ministry's form reads it in."""
    grouped: dict[str, object] = {}
    for number, value in answers().items():
        grouped[number] = _elements(value) if _is_repeated(value) else _answer(value)
    for around, inner in AROUND.items():
        grouped[around] = [{"_index": index} for index in range(len(answers()[inner]))]
    document = {"$schema": SCHEMA, "metadata": {"urn": URN, "createdAt": WRITTEN}, "answers": grouped}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _filled(value: Any, words: dict[str, str | int]) -> Any:
    """Returns the value with figures in place of the words in braces; measures become one text."""
    if isinstance(value, str):
        return value.format_map(words).strip()
    if isinstance(value, list) and value and isinstance(value[0], dict) and "maatregel" in value[0]:
        return "\n".join(_measure(measure, words) for measure in value)
    if isinstance(value, list):
        return [_filled(part, words) for part in value]
    return {key: _filled(part, words) for key, part in sorted(value.items())}


def _measure(measure: dict[str, str], words: dict[str, str | int]) -> str:
    told = f"- {_filled(measure['maatregel'], words)}"
    return f"{told} Test: {measure['test']}" if "test" in measure else told


def _is_repeated(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _elements(value: Any) -> list[dict[str, object]]:
    return [
        {"_index": index} | {key: _answer(part) for key, part in element.items()} for index, element in enumerate(value)
    ]


def _answer(value: object) -> dict[str, object]:
    return {"value": value, "lastEditedAt": WRITTEN}

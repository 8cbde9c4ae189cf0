"""Writes CITATION.cff, from which programs that keep references read how to cite a release."""

from __future__ import annotations

import re
from typing import Any

import yaml

from assessments.dataset.metadata import words
from assessments.dataset.tables import Dataset

ADDRESS = re.compile(r"(?:mailto:)?([^@\s:]+@[^@\s]+\.[^@\s]+)")


def cff(dataset: Dataset) -> str:
    """Returns the file; days are in quotes, as the format asks for text."""
    return yaml.safe_dump(
        {
            "cff-version": "1.2.0",
            "message": "Gebruikt u deze cijfers? Noem dan deze uitgave.",
            "type": "dataset",
            "title": words.titled(dataset),
            "abstract": words.abstract(dataset),
            "authors": [{"name": dataset.publisher}],
            "contact": [_contact(dataset)],
            "version": dataset.number,
            "date-released": dataset.made_on.isoformat(),
            "license": words.LICENCE,
            "url": dataset.address,
            "identifiers": [{"type": "other", "value": words.identifier(dataset)}],
            "keywords": list(words.KEYWORDS),
        },
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )


def _contact(dataset: Dataset) -> dict[str, Any]:
    address = ADDRESS.fullmatch(dataset.contact)
    return {"name": dataset.publisher} | ({"email": address[1]} if address else {})

"""Writes what people read first of a release: README, the rules in words, and the licence."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.template.loader import render_to_string

from assessments import dutch
from assessments.dataset.metadata import words
from assessments.dataset.names import wide_names
from assessments.dataset.tables import Dataset
from assessments.scores.intervals import ROUNDING
from assessments.scores.readings import GAP, LARGE_GAP, LEAST_SPREAD

ABOUT = {
    "README.md": "wat de uitgave is, en wat u ermee kunt",
    "LICENCE.txt": "wat u met de uitgave mag",
    "CITATION.cff": "hoe u de uitgave noemt, voor programma’s die verwijzingen bijhouden",
    "SHA256SUMS": "controlegetal van elk bestand; `sha256sum --check SHA256SUMS` kijkt ze na",
    "codeboek.pdf": "alle tabellen en kolommen, met waarden en uitleg",
    "scoring.md": "hoe is gerekend en wat verborgen blijft",
    "datapackage.json": "dezelfde beschrijving als Frictionless Data Package, voor R en Python",
    "dataset.jsonld": "korte beschrijving voor zoekmachines (schema.org)",
    "ddi-codebook-2.5.xml": "beschrijving voor data-archieven (DDI-Codebook 2.5)",
    "ddi-codebook-2.6.xml": "beschrijving voor data-archieven (DDI-Codebook 2.6)",
}
KINDS = {
    ".csv": "een tabel: UTF-8, komma’s, een punt in getallen",
    ".parquet": "een tabel voor R, Python en DuckDB, met kolomtypen",
    ".sav": "een tabel voor SPSS, met labels en meetniveaus",
    ".dta": "een tabel voor Stata, met labels",
    ".xlsx": "alle tabellen als werkmap, met codeboek",
    ".r": "leest de CSV-bestanden in R, met labels",
    ".do": "leest de CSV-bestanden in Stata, met labels",
    ".json": "de hele vragenlijst, per versie: stellingen, adviezen, regels en bronnen",
}
QUESTIONNAIRE = "vragenlijst/"

# Markdown is also read as plain text: lines of one length, but in what has lines of its own.
WIDTH = 100
UNWRAPPED = ("|", ">", "#", "    ")
ENTRY = re.compile(r"\n(?=- |\d+\. )")
MARK = re.compile(r"- |\d+\. ")


def readme(dataset: Dataset, names: Sequence[str]) -> str:
    """Returns README.md; `names` are those of all files of the release, which it lists by kind."""
    renamed = next((name, item) for item, name in wide_names(dataset.instruments).items() if name != item)
    return _written("README.md", dataset, files=list(_described(names)), limits=dutch.LIMITS, wide=renamed)


def rules_in_words(dataset: Dataset) -> str:
    return _written("scoring.md", dataset, bands=dutch.BANDS, limits=dutch.LIMITS)


def licence(dataset: Dataset) -> str:
    return _written("LICENCE.txt", dataset)


def _described(names: Sequence[str]) -> list[tuple[str, str]]:
    """Returns each file with what it is, and those of one kind in one folder as one: 'csv/*.csv'."""
    found: dict[str, str] = {}
    for name in names:
        path = PurePosixPath(name)
        if name in ABOUT:
            found[name] = ABOUT[name]
        elif path.suffix.lower() in KINDS:
            shown = f"{path.parent}/*{path.suffix}" if len(path.parts) > 1 else name
            found[shown] = _kind(name, path.suffix.lower())
        else:
            raise ValueError(f"Nothing says what {name} is.")
    return list(found.items())


def _kind(name: str, suffix: str) -> str:
    if suffix == ".csv" and name.startswith(QUESTIONNAIRE):
        return "de stellingen van de vragenlijst, per versie"
    return KINDS[suffix]


def _written(template: str, dataset: Dataset, **context: Any) -> str:
    text = render_to_string(f"dataset/{template}", {"dataset": dataset, "words": _said(dataset), **context})
    return "\n\n".join(_wrapped(block) for block in re.split(r"\n{2,}", text.strip())) + "\n"


def _wrapped(block: str) -> str:
    """Returns a paragraph or list in lines of one length; tables, quotations and what is indented stay as they are."""
    if block.startswith(UNWRAPPED):
        return block
    return "\n".join(_filled(" ".join(entry.split())) for entry in ENTRY.split(block))


def _filled(entry: str) -> str:
    mark = MARK.match(entry)
    indent = " " * len(mark[0]) if mark else ""
    return textwrap.fill(entry, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _said(dataset: Dataset) -> dict[str, str]:
    instrument = words.newest(dataset)
    return {
        "title": words.titled(dataset),
        "constructed": words.CONSTRUCTED,
        "counted": words.counted(dataset),
        "made_on": dutch.day(dataset.made_on),
        "universe": words.UNIVERSE,
        "sampling_networks": words.SAMPLING_NETWORKS,
        "sampling_people": words.SAMPLING_PEOPLE,
        "sampling_links": words.SAMPLING_LINKS,
        "collection": words.COLLECTION,
        "response": words.RESPONSE,
        "places": words.places(),
        "lowest": instrument.labels[1],
        "highest": instrument.labels[5],
        "unknown": instrument.unknown_label,
        "reworded": words.reworded(dataset),
        "versions": words.versions(dataset),
        "disclaimer": words.disclaimer(dataset),
        "weight": words.WEIGHT,
        "no_rows": words.NO_ROWS,
        "interviews": words.interviews(dataset),
        "cited": words.cited(dataset),
        "licence": words.LICENCE_TITLE,
        "licensed": words.LICENSED,
        "rounding": dutch.number(Decimal(ROUNDING.numerator) / ROUNDING.denominator),
        "licence_key": words.LICENCE,
        "licence_url": words.LICENCE_URL,
        "gap": dutch.number(GAP),
        "large_gap": dutch.number(LARGE_GAP),
        "least_spread": dutch.number(LEAST_SPREAD),
    }

"""Writes a release as a Data Package (version 2): programs read its CSV files with types, labels and keys by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from assessments.dataset.metadata import words
from assessments.dataset.tables import Column, Dataset, Kind, Table

Json = dict[str, Any]

PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
TYPES: dict[Kind, str] = {"text": "string", "choice": "string", "count": "integer", "decimal": "number", "date": "date"}
# The tables of which others name rows; a table refers to each of these of which it has the whole key.
REFERRED = ("rounds", "groups", "items")


def datapackage(dataset: Dataset, paths: Mapping[str, str]) -> str:
    """Returns datapackage.json; `paths` has by table the CSV file in which its rows are."""
    package = {
        "$schema": PROFILE.format("datapackage"),
        "name": words.slug(dataset),
        "id": words.identifier(dataset),
        "title": words.titled(dataset),
        "description": f"{words.abstract(dataset)} {words.NO_ROWS}",
        "homepage": dataset.address,
        "version": dataset.number,
        "created": f"{dataset.made_on.isoformat()}T00:00:00Z",
        "keywords": list(words.KEYWORDS),
        "licenses": [{"name": words.LICENCE, "title": words.LICENCE_TITLE, "path": words.LICENCE_URL}],
        "contributors": [{"title": dataset.publisher, "roles": ["publisher"]}],
        "sources": [{"title": words.instrument_title(instrument)} for instrument in words.by_age(dataset)],
        "resources": [_resource(table, dataset, paths[table.name]) for table in dataset.tables],
    }
    return as_json(package)


def as_json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _resource(table: Table, dataset: Dataset, path: str) -> Json:
    return {
        "$schema": PROFILE.format("dataresource"),
        "name": table.name,
        "type": "table",
        "path": path,
        "title": table.title,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": PROFILE.format("tableschema"),
            "fields": [_field(column, is_key=column.name in table.key) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": list(_references(table, dataset)),
        },
    }


def _field(column: Column, *, is_key: bool) -> Json:
    """Returns a field; its words are there twice, since programs that know categories need not check them."""
    field: Json = {"name": column.name, "type": TYPES[column.kind], "title": column.label}
    if column.note:
        field["description"] = column.note
    if column.values:
        field["categories"] = [{"value": value, "label": label} for value, label in column.values.items()]
        field["categoriesOrdered"] = column.is_ordered
    if constraints := dict(_constraints(column, is_key=is_key)):
        field["constraints"] = constraints
    return field


def _constraints(column: Column, *, is_key: bool) -> Iterator[tuple[str, Any]]:
    if is_key:
        yield "required", True
    if column.kind == "count":
        yield "minimum", 0
    if column.values:
        yield "enum", list(column.values)


def _references(table: Table, dataset: Dataset) -> Iterator[Json]:
    for other in dataset.tables:
        if other.name in REFERRED and other != table and set(other.key) <= set(table.names):
            key = list(other.key)
            yield {"fields": key, "reference": {"resource": other.name, "fields": key}}

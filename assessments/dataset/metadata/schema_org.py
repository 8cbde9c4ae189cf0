"""Writes a release as schema.org's Dataset in JSON-LD, with which search engines for data find it."""

from __future__ import annotations

from assessments.dataset.metadata import words
from assessments.dataset.metadata.datapackage import Json, as_json
from assessments.dataset.tables import Column, Dataset


def jsonld(dataset: Dataset) -> str:
    publisher = {"@type": "Organization", "name": dataset.publisher}
    return as_json(
        {
            "@context": "https://schema.org/",
            "@type": "Dataset",
            "@id": words.identifier(dataset),
            "identifier": words.identifier(dataset),
            "name": words.titled(dataset),
            "alternateName": words.english_title(dataset),
            "description": f"{words.abstract(dataset)} {words.NO_ROWS}",
            "url": dataset.address,
            "version": dataset.number,
            "datePublished": dataset.made_on.isoformat(),
            "inLanguage": "nl",
            "license": words.LICENCE_URL,
            "isAccessibleForFree": True,
            "conditionsOfAccess": words.access(dataset),
            "creditText": words.cited(dataset),
            "creator": publisher,
            "publisher": publisher,
            "keywords": [*words.KEYWORDS, *words.KEYWORDS_ENGLISH],
            "temporalCoverage": f"{dataset.first_day.isoformat()}/{dataset.last_day.isoformat()}",
            "spatialCoverage": [_place(code, name) for code, name in dataset.municipalities] or [_NETHERLANDS],
            "measurementTechnique": words.COLLECTION,
            "variableMeasured": [_variable(column) for column in _columns(dataset)],
            "distribution": [{"@type": "DataDownload", "url": dataset.address, "encodingFormat": "application/zip"}],
        }
    )


_NETHERLANDS: Json = {"@type": "Country", "name": "Nederland", "identifier": "NL"}


def _place(code: str, name: str) -> Json:
    place: Json = {"@type": "AdministrativeArea", "name": f"gemeente {name}", "containedInPlace": _NETHERLANDS}
    return {**place, "identifier": code} if code else place


def _columns(dataset: Dataset) -> list[Column]:
    """Returns each column once, also where several tables have it."""
    return list({column.name: column for table in dataset.tables for column in table.columns}.values())


def _variable(column: Column) -> Json:
    return {"@type": "PropertyValue", "name": column.name, "description": column.label}

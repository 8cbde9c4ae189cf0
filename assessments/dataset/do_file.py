"""Writes a Stata do-file that reads the CSV files: labelled numbers, dates and labels. Nothing here runs Stata."""

from __future__ import annotations

from collections.abc import Iterator

from assessments.dataset.tables import Column, Dataset, Table

_HEAD = """* Leest de CSV-bestanden van uitgave {number} in Stata 14 of nieuwer, en bewaart elke tabel als .dta.
* Zet eerst de werkmap op de map van dit bestand: cd "..."
version 14
set more off
"""


def do_file(dataset: Dataset) -> str:
    parts = [_HEAD.format(number=dataset.number), *("\n".join(_lines(table)) for table in dataset.tables)]
    return "\n".join(parts)


def _lines(table: Table) -> Iterator[str]:
    yield f"* {table.title}. {table.about}"
    yield f'import delimited using "csv/{table.name}.csv", clear varnames(1) case(preserve) encoding("UTF-8") ' + (
        "bindquote(strict) maxquotedrows(unlimited) stringcols(_all)"
    )
    numbers = " ".join(column.name for column in table.columns if column.kind in ("count", "decimal"))
    if numbers:
        yield f"destring {numbers}, replace"
    for column in table.columns:
        yield from _column(column)
    yield f"order {' '.join(table.names)}"
    yield f"label data {_text(table.title)}"
    yield f'save "{table.name}_uit_csv.dta", replace'
    yield ""


def _column(column: Column) -> Iterator[str]:
    if column.kind == "date":
        yield f'generate _made = daily({column.name}, "YMD")'
        yield "format _made %td"
    for number, value in enumerate(column.values or {}, start=1):
        yield f"{'replace' if number > 1 else 'generate'} _made = {number} if {column.name} == {_text(value)}"
    if column.kind in ("date", "choice"):
        yield f"drop {column.name}"
        yield f"rename _made {column.name}"
    for number, label in enumerate((column.values or {}).values(), start=1):
        yield f"label define {column.name} {number} {_text(label)}, add"
    if column.values:
        yield f"label values {column.name} {column.name}"
    yield f"label variable {column.name} {_text(column.label)}"


def _text(value: str) -> str:
    """Returns the text in quotes that may hold quotes, with what Stata would take for a macro marked."""
    marked = value.replace("`", "\\`").replace("$", "\\$")
    return f'`"{marked}"\''

"""Writes an R script that reads the CSV files, with nothing but R itself: factors, dates and labels.

It is ASCII, so that R reads it whatever the language of the computer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessments.dataset.tables import Column, Dataset, Kind, Table

CLASSES: dict[Kind, str] = {
    "text": "character",
    "choice": "character",
    "count": "numeric",
    "decimal": "numeric",
    "date": "Date",
}

_HEAD = """# Leest de CSV-bestanden van uitgave {number} in R. Zet eerst de werkmap op de map van dit bestand:
#   setwd("..."); source("{name}")
# Keuzes worden factors met Nederlandse woorden: group_kind == "niveau", waar in de CSV level staat.
# Datums worden Date, en elke kolom heeft een attribuut "label".

inlezen <- function(bestand, soorten, labels) {{
  tabel <- read.csv(file.path("csv", bestand), colClasses = soorten, na.strings = "", encoding = "UTF-8")
  for (kolom in names(labels)) attr(tabel[[kolom]], "label") <- labels[[kolom]]
  tabel
}}

keuze <- function(kolom, woorden, volgorde = FALSE) {{
  gemaakt <- factor(kolom, levels = names(woorden), labels = unname(woorden), ordered = volgorde)
  attr(gemaakt, "label") <- attr(kolom, "label")
  gemaakt
}}
"""


def r_script(dataset: Dataset, name: str) -> str:
    """Returns the script, which is to be kept as `name` beside the folder with the CSV files."""
    parts = [_HEAD.format(number=dataset.number, name=name), *("\n".join(_lines(table)) for table in dataset.tables)]
    return "\n".join(parts)


def _lines(table: Table) -> Iterator[str]:
    yield f"# {table.name}"
    yield f"{table.name} <- inlezen("
    yield f"  {_text(f'{table.name}.csv')},"
    yield f"  {_named((column.name, CLASSES[column.kind]) for column in table.columns)},"
    yield f"  {_named((column.name, column.label) for column in table.columns)}"
    yield ")"
    for column in table.columns:
        if column.values:
            yield _factor(table, column)
    yield ""


def _factor(table: Table, column: Column) -> str:
    whole = f"{table.name}${column.name}"
    order = ", volgorde = TRUE" if column.is_ordered else ""
    return f"{whole} <- keuze({whole}, {_named((column.values or {}).items())}{order})"


def _named(pairs: Iterable[tuple[str, str]]) -> str:
    """Returns a vector with names, of which any text can be one."""
    return "c(" + ", ".join(f"{_text(name)} = {_text(value)}" for name, value in pairs) + ")"


def _text(value: str) -> str:
    signs = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isascii() else f"\\U{ord(sign):08x}" for sign in signs) + '"'

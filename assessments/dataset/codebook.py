"""Says of every column of tables what it holds, as a table itself: for the page, the CSV and the Excel file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessments.dataset.tables import Column, Row, Table

COLUMNS = (
    Column("table", "Tabel", "text"),
    Column("column", "Kolom", "text"),
    Column("label", "Betekenis", "text"),
    Column("kind", "Soort waarde", "text"),
    Column("measure", "Meetniveau", "text"),
    Column("value", "Waarde", "text"),
    Column("value_label", "Betekenis van de waarde", "text"),
    Column("number", "Getal voor de waarde in SPSS en Stata", "count"),
    Column("note", "Toelichting", "text"),
)


def codebook_of(tables: Sequence[Table]) -> Table:
    return Table(
        "codebook",
        "Codeboek",
        "Elke rij is een kolom van een tabel, of een van de waarden daarvan.",
        COLUMNS,
        ("table", "column"),
        lambda: (row for table in tables for column in table.columns for row in _rows(table, column)),
    )


def _rows(table: Table, column: Column) -> Iterator[Row]:
    about: Row = {
        "table": table.name,
        "column": column.name,
        "label": column.label,
        "kind": column.kind,
        "measure": column.measure,
        "note": column.note or None,
    }
    if not column.values:
        yield about
    for number, (value, label) in enumerate((column.values or {}).items(), start=1):
        yield {**about, "value": value, "value_label": label, "number": number}

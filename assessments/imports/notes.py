"""Says in Dutch what was read of a file and above all what was not: nothing is taken in or left out unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessments.dutch import listing
from assessments.imports.cells import LONGEST_CELL, MOST_COLUMNS, Facts, Rows, Sheet, Table
from assessments.imports.headings import NO_HEADING, Column
from assessments.imports.marks import letters_of
from samenwerking.addresses import is_address

KINDS = {
    "xlsx": "Excelbestand (.xlsx)",
    "xlsb": "binair Excelbestand (.xlsb)",
    "xls": "oud Excelbestand (.xls)",
    "ods": "LibreOffice-bestand (.ods)",
    "csv": "CSV-bestand",
    "pasted": "geplakte tekst",
}
MOST_NAMED = 12


def notes_on(table: Table, header: int, columns: Mapping[Column, int], *, with_hidden: bool) -> list[str]:
    """Returns a sentence for each thing that the coördinator must know of how the file was read."""
    facts, names = table.facts, _names(table, header)
    return [
        *_sheets(facts),
        *_heading(table.rows, header),
        *_hidden(facts, with_hidden=with_hidden),
        *_hidden_columns(facts, columns, names),
        *_stretches(facts),
        *_more_columns(facts),
        *_cut(facts, names),
        *_other_addresses(table, header, columns, names),
    ]


def rows_called(numbers: Sequence[int]) -> str:
    """Returns 'rij 4', 'rij 4, 5 en 9', or for many 'rij 4, 5, … en 30 andere rijen'."""
    named = [str(number) for number in numbers[:MOST_NAMED]]
    more = len(numbers) - len(named)
    return "rij " + listing([*named, f"nog {more}"] if more else named)


def _names(table: Table, header: int) -> list[str]:
    named = table.rows[header][1] if 0 <= header < len(table.rows) else []
    return [named[place] if place < len(named) else "" for place in range(table.width)]


def _column(place: int, names: Sequence[str]) -> str:
    name = names[place] if place < len(names) else ""
    return f"kolom {letters_of(place)}" + (f" (‘{name}’)" if name else "")


def _sheets(facts: Facts) -> list[str]:
    others = [sheet for sheet in facts.sheets if sheet.name != facts.sheet and sheet.rows]
    if not others:
        return []
    return [f"Wij lazen werkblad ‘{facts.sheet}’. Niet gelezen: {listing([_sheet(sheet) for sheet in others])}."]


def _sheet(sheet: Sheet) -> str:
    said = [_count(sheet.rows, "rij", "rijen")]
    if sheet.addresses:
        said.append(f"{_count(sheet.addresses, 'adres', 'adressen')}")
    if sheet.is_hidden:
        said.append("verborgen")
    return f"‘{sheet.name}’ ({', '.join(said)})"


def _heading(rows: Rows, header: int) -> list[str]:
    if header == NO_HEADING:
        return ["Er staan geen namen boven de kolommen: ook de eerste rij is een deelnemer."]
    above = rows[:header]
    if not above:
        return []
    addresses = sum(any(map(is_address, cells)) for _, cells in above)
    said = (
        f"Boven de namen van de kolommen {'staat' if len(above) == 1 else 'staan'}"
        f" {_count(len(above), 'rij', 'rijen')} ({rows_called([number for number, _ in above])})."
        " Die lezen wij niet als deelnemer."
    )
    return [
        said + (f" Let op: in {_count(addresses, 'rij', 'rijen')} daarvan staat een e-mailadres." * bool(addresses))
    ]


def _hidden(facts: Facts, *, with_hidden: bool) -> list[str]:
    if facts.hidden_rows:
        verb = "is" if len(facts.hidden_rows) == 1 else "zijn"
        said = (
            f"{_count(len(facts.hidden_rows), 'rij', 'rijen')} {verb} verborgen of weggefilterd"
            f" ({rows_called(facts.hidden_rows)})."
        )
        return [f"{said} {'U neemt die toch mee.' if with_hidden else 'Die nemen wij niet mee.'}"]
    if facts.sees_hidden and facts.kind != "csv":
        return []
    if facts.kind == "csv":
        return ["Een CSV-bestand zegt niet welke rijen in Excel verborgen waren: wij lazen ze dus allemaal."]
    return [f"In een {KINDS[facts.kind]} zien wij niet welke rijen verborgen zijn: wij lazen ze dus allemaal."]


def _hidden_columns(facts: Facts, columns: Mapping[Column, int], names: Sequence[str]) -> list[str]:
    used = [_column(place, names) for place in sorted(set(columns.values()) & set(facts.hidden_columns))]
    return [f"Verborgen in het bestand, en wel gelezen: {listing(used)}."] if used else []


def _stretches(facts: Facts) -> list[str]:
    return [
        f"Tussen rij {before} en rij {after} staat niets. Wat vanaf rij {after} staat, lazen wij ook."
        for before, after in facts.stretches[:3]
    ]


def _more_columns(facts: Facts) -> list[str]:
    if not facts.more_columns:
        return []
    first = letters_of(MOST_COLUMNS)
    return [
        f"Wij lezen {MOST_COLUMNS} kolommen. Vanaf kolom {first}"
        f" {'staat er nog 1' if facts.more_columns == 1 else f'staan er nog {facts.more_columns}'}: die lazen wij niet."
    ]


def _cut(facts: Facts, names: Sequence[str]) -> list[str]:
    if not facts.cut:
        return []
    columns = sorted({place for _, place in facts.cut})
    rows = sorted({number for number, _ in facts.cut})
    cells = "1 cel staan" if len(facts.cut) == 1 else f"{len(facts.cut)} cellen staan"
    return [
        f"In {cells} meer dan {LONGEST_CELL} tekens; daarvan lazen wij alleen het begin:"
        f" {listing([_column(place, names) for place in columns])}, {rows_called(rows)}."
    ]


def _other_addresses(table: Table, header: int, columns: Mapping[Column, int], names: Sequence[str]) -> list[str]:
    """Says that another column holds addresses too; a few in remarks are no such column."""
    if "email" not in columns:
        return []
    counts: dict[int, int] = {}
    for _, cells in table.rows[header + 1 :]:
        for place, cell in enumerate(cells):
            if "@" in cell and place != columns["email"] and is_address(cell):
                counts[place] = counts.get(place, 0) + 1
    others = [_column(place, names) for place, count in sorted(counts.items()) if count > 1]
    if not others:
        return []
    return [
        f"Ook in {listing(others)} staan e-mailadressen. Wij gebruiken {_column(columns['email'], names)}."
        " Wilt u een andere kolom? Kies die bij ‘Kolommen’."
    ]


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"

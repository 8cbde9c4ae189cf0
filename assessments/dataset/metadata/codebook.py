"""Makes the codebook: all tables and columns of a release as an accessible PDF. It reads no rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

import django
from django.template.loader import render_to_string

from assessments import dutch
from assessments.dataset.metadata import words
from assessments.dataset.tables import Column, Dataset, Table
from factors.instrument import Instrument, Statement
from samenwerking import pdf
from samenwerking.apart import apart
from samenwerking.theme import look, theme

HOLDS = {"text": "tekst", "count": "aantal", "decimal": "getal", "date": "dag", "choice": "keuze"}
MEASURES = {"nominal": "nominaal", "ordinal": "ordinaal", "scale": "schaal"}


@dataclass(frozen=True)
class ColumnEntry:
    """Is a column as the codebook prints it; `kind` is what it holds and how that is measured, in a few words."""

    column: Column
    kind: str
    values: tuple[tuple[int, str, str], ...]  # (number in SPSS and Stata, value, label)
    is_key: bool


@dataclass(frozen=True)
class ItemEntry:
    """Holds the columns of a wide table that are about one item, by what they say of it."""

    title: str
    columns: tuple[ColumnEntry, ...]


@dataclass(frozen=True)
class TableEntry:
    table: Table
    key: str
    told: str  # the columns that an earlier table has too
    plain: tuple[ColumnEntry, ...]  # the other columns that are about no item
    items: tuple[ItemEntry, ...]

    @property
    def example(self) -> ItemEntry:
        """Returns the item with most columns: what is said of these holds for the others."""
        return max(self.items, key=lambda item: len(item.columns))


@dataclass(frozen=True)
class QuestionPart:
    """Holds the statements that are answered together, each with its texts as (who reads it or '', text)."""

    title: str
    statements: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Questions:
    """Is the newest questionnaire, and what was worded differently in the versions before it."""

    title: str
    instruction: str
    answers: str
    ouders_answers: str
    parts: tuple[QuestionPart, ...]
    earlier: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def codebook_pdf(dataset: Dataset) -> bytes:
    """Returns the PDF, which another process makes: the same release and theme give the same bytes."""
    return apart(_pdf, codebook_html(dataset), datetime.combine(dataset.made_on, time(), tzinfo=UTC))


def _pdf(html: str, made: datetime) -> bytes:
    django.setup()
    return pdf.render(html, created=made)


def codebook_html(dataset: Dataset) -> str:
    context = {
        "dataset": dataset,
        "title": words.titled(dataset),
        "about": words.about(dataset),
        "cited": words.cited(dataset),
        "no_rows": words.NO_ROWS,
        "disclosure": words.DISCLOSURE,
        "made_on": dutch.day(dataset.made_on),
        "constructed": words.CONSTRUCTED if dataset.is_constructed else "",
        "tables": _tables(dataset),
        "questions": _questions(words.by_age(dataset)),
        "colours": look().colours,
    }
    return render_to_string("dataset/codebook.html", {**context, **theme()})


def _tables(dataset: Dataset) -> list[TableEntry]:
    """Returns the tables, each with what no table before it has: a column is explained once."""
    told: list[Column] = []
    found = []
    for table in dataset.tables:
        found.append(_table(table, dataset, told))
        told += table.columns
    return found


def _table(table: Table, dataset: Dataset, told: Sequence[Column]) -> TableEntry:
    again = [column.name for column in table.columns if column in told]
    new = [column for column in table.columns if not column.item and column not in told]
    plain = tuple(_column(column, table) for column in _noted_once(new))
    items = dict.fromkeys(column.item for column in table.columns if column.item)
    found = tuple(_item(item, table, dataset) for item in items)
    return TableEntry(table, dutch.listing(table.key), dutch.listing(again), plain, found)


def _noted_once(columns: Iterable[Column]) -> Iterator[Column]:
    """Yields the columns; where several have the same note, all but the first name that one instead."""
    noted: dict[str, str] = {}
    for column in columns:
        first = noted.setdefault(column.note, column.name)
        yield replace(column, note=f"Zie {first}.") if column.note and first != column.name else column


def _item(item: str, table: Table, dataset: Dataset) -> ItemEntry:
    columns = tuple(_column(column, table) for column in table.columns if column.item == item)
    return ItemEntry(words.item_name(item, dataset), columns)


def _column(column: Column, table: Table) -> ColumnEntry:
    kind = HOLDS[column.kind]
    if column.decimals:
        kind += f", {column.decimals} decima{'al' if column.decimals == 1 else 'len'}"
    values = enumerate((column.values or {}).items(), start=1)
    return ColumnEntry(
        column,
        f"{kind}; {MEASURES[column.measure]}",
        tuple((number, value, label) for number, (value, label) in values),
        column.name in table.key,
    )


def _questions(instruments: Sequence[Instrument]) -> Questions:
    newest = instruments[-1]
    return Questions(
        words.instrument_title(newest),
        newest.instruction,
        _answers(newest.labels, newest.unknown_label),
        _answers(newest.ouders_labels, newest.ouders_unknown_label),
        tuple(
            QuestionPart(newest.name(block), tuple((own.key, _texts(own)) for own in statements))
            for block, statements in newest.blocks.items()
        ),
        tuple((earlier.version, _worded_otherwise(earlier, newest)) for earlier in reversed(instruments[:-1])),
    )


def _answers(labels: Mapping[int, str], unknown: str) -> str:
    return ", ".join([*(f"{value} = {label}" for value, label in labels.items()), unknown])


def _texts(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Returns the text for everybody, and after it those that a level has instead."""
    own = tuple((f"op niveau {dutch.SHORT[level]}", text) for level, text in statement.texts.items())
    return (("", statement.text), *own)


def _worded_otherwise(earlier: Instrument, newest: Instrument) -> tuple[tuple[str, str], ...]:
    kept = newest.statements
    return tuple(
        (key, text)
        for key, statement in earlier.statements.items()
        for whom, text in _texts(statement)
        if key not in kept or (whom, text) not in _texts(kept[key])
    )

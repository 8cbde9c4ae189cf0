"""Describes tables as files, and columns as variables: what each holds, how it is measured, what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assessments import dutch
from assessments.dataset.metadata import words
from assessments.dataset.metadata.ddi.nodes import Node
from assessments.dataset.tables import Column, Dataset, Kind, Table
from factors.instrument import LEVELS, OUDERS, Instrument, Statement

NATURE = {"text": "nominal", "choice": "nominal", "count": "ratio", "decimal": "interval", "date": "interval"}
# 2.5 has no word for 'text' among the formats: a text, a word and a day are signs, numbers are numbers.
FORMAT: dict[Kind, str] = {"text": "character", "choice": "character", "date": "character"}
REPRESENTATION: dict[Kind, str] = {"text": "text", "choice": "code", "date": "datetime"}
NO_VALUE = "geen waarde: leeg in CSV en Parquet, systeemmissend in SPSS en Stata"


def describe_file(root: Node, table: Table, path: str) -> None:
    file = root.add("fileDscr", ID=f"F.{table.name}", URI=path).add("fileTxt")
    file.say("fileName", path)
    file.say("fileCont", f"{table.title}. {table.about} Samen uniek: {dutch.listing(table.key)}.")
    file.add("dimensns").add("varQnty", str(len(table.columns)))
    file.add("fileType", "text/csv", charset="UTF-8")


def describe(data: Node, dataset: Dataset) -> None:
    """Adds the groups of variables, and then the variables: the schemas want them in this order."""
    for table in dataset.tables:
        data.add("varGrp", ID=f"G.{table.name}", type="file", name=table.name, var=_ids(table, table.columns)).say(
            "labl", table.title
        )
        for item, columns in _by_item(table):
            group = data.add("varGrp", ID=f"G.{table.name}.{item}", type="subject", name=item, var=_ids(table, columns))
            group.say("labl", words.item_name(item, dataset))
    for table in dataset.tables:
        for column in table.columns:
            _variable(data, table, column, dataset)


def _by_item(table: Table) -> Iterator[tuple[str, list[Column]]]:
    for item in dict.fromkeys(column.item for column in table.columns if column.item):
        yield item, [column for column in table.columns if column.item == item]


def _ids(table: Table, columns: Iterable[Column]) -> str:
    return " ".join(_id(table, column) for column in columns)


def _id(table: Table, column: Column) -> str:
    """Returns an ID; names have underscores, so a point keeps `a_b.c` and `a.b_c` apart."""
    return f"V.{table.name}.{column.name}"


def _variable(data: Node, table: Table, column: Column, dataset: Dataset) -> None:
    variable = data.add(
        "var",
        ID=_id(table, column),
        name=column.name,
        files=f"F.{table.name}",
        intrvl="contin" if column.kind in ("count", "decimal", "date") else "discrete",
        dcml=str(column.decimals) if column.kind == "decimal" else "",
        nature="ordinal" if column.is_ordered else NATURE[column.kind],
        representationType=REPRESENTATION.get(column.kind, "numeric"),
    )
    variable.say("labl", column.label)
    if column.item:
        _questions(variable, table, column, dataset)
    if column.kind == "count":
        variable.add("valrng").add("range", UNITS="INT", min="0")
    if column.note:
        variable.say("txt", column.note)
    _categories(variable, column, can_lack=column.name not in table.key)
    if column.item:
        variable.add("concept", words.item_name(column.item, dataset), vocab=words.newest(dataset).title)
    variable.add(
        "varFormat",
        type=FORMAT.get(column.kind, "numeric"),
        schema="ISO",
        category="date" if column.kind == "date" else "other",
    )


def _categories(variable: Node, column: Column, *, can_lack: bool) -> None:
    for value, label in (column.values or {}).items():
        category = variable.add("catgry", missing="N")
        category.add("catValu", value)
        category.say("labl", label)
    if can_lack and column.kind != "text":
        lacking = variable.add("catgry", missing="Y", missType="system")
        lacking.add("catValu", ".")
        lacking.say("labl", NO_VALUE)


def _questions(variable: Node, table: Table, column: Column, dataset: Dataset) -> None:
    """Adds the statements that the variable rests on, in the words of each level, once for each wording."""
    for number, (who, text) in enumerate(_wordings(column.item, dataset), start=1):
        question = variable.add("qstn", ID=f"Q{_id(table, column)[1:]}.{number}", responseDomainType="category")
        question.say("preQTxt", who)
        question.say("qstnLit", text)


def _wordings(item: str, dataset: Dataset) -> list[tuple[str, str]]:
    """Returns whom each statement was asked, with its text; the same in two versions is there once."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for instrument in words.by_age(dataset):
        for statement in _statements(item, instrument):
            for text, who in _texts(statement).items():
                found.setdefault((statement.key, who, text), []).append(instrument.version)
    return [(f"{key}, voor {who} (versie {dutch.listing(of)}):", text) for (key, who, text), of in found.items()]


def _statements(item: str, instrument: Instrument) -> Iterator[Statement]:
    scale = instrument.scales.get(item)
    if scale:
        for place in scale.places:
            yield instrument.blocks[scale.block][place]


def _texts(statement: Statement) -> dict[str, str]:
    """Returns by wording who read it."""
    if statement.scale == OUDERS:
        return {statement.text: dutch.SHORT[OUDERS]}
    texts: dict[str, list[str]] = {}
    for level in LEVELS:
        texts.setdefault(statement.for_level(level), []).append(dutch.SHORT[level])
    return {text: dutch.listing(levels) for text, levels in texts.items()}

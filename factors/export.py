"""Writes the instrument as data files, JSON and CSV, so that it outlives this platform. It knows nothing of rounds."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from factors.instrument import LEVELS, OUDERS, Factor, Instrument, Statement

Json = dict[str, Any]

# A spreadsheet reads a cell that starts with one of these as a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

STATEMENT_COLUMNS = ["key", "phase", "scale", "scale_name", "dimension", "dimension_name", *LEVELS, OUDERS]


def as_json(instrument: Instrument) -> Json:
    """Returns the whole instrument as JSON values, in the order of the questionnaire."""
    return {
        "version": instrument.version,
        "rules_version": instrument.rules_version,
        "title": instrument.title,
        "instruction": instrument.instruction,
        "scale": [{"value": value, "label": label} for value, label in instrument.labels.items()],
        "unknown_label": instrument.unknown_label,
        "ouders_scale": [{"value": value, "label": label} for value, label in instrument.ouders_labels.items()],
        "ouders_unknown_label": instrument.ouders_unknown_label,
        "note": instrument.note,
        "beyond": asdict(instrument.beyond),
        "phases": [asdict(phase) for phase in instrument.phases],
        "factors": [_factor(factor) for factor in instrument.factors],
        "dimensions": [_named(dimension) for dimension in instrument.dimensions.values()],
        "outcome": _named(instrument.outcome),
        "ouders": _named(instrument.ouders),
        "statements": [_statement(statement, instrument) for statement in instrument.statements.values()],
        "open_questions": [asdict(question) for question in instrument.open_questions],
        "advice": [asdict(advice) for advice in instrument.advice],
        "rules": [asdict(rule) for rule in instrument.rules],
        "sources": [asdict(source) for source in instrument.sources],
        "lenses": list(instrument.lenses),
        "conversation": instrument.conversation,
        "interview": [asdict(question) for question in instrument.interview],
    }


def as_csv(instrument: Instrument) -> str:
    """Returns the statements as CSV, a row each, with the text that each level and the ouders read."""
    return table(STATEMENT_COLUMNS, _statement_rows(instrument))


def table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Returns a CSV file that a spreadsheet opens as text and numbers, never as formulas; None is an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return "\ufeff" + file.getvalue()  # Excel takes a file without the mark for another encoding


def cell(value: object) -> object:
    """Returns `value` as it may stand in a spreadsheet: text that would be a formula has an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _statement_rows(instrument: Instrument) -> Iterator[list[object]]:
    for statement in instrument.statements.values():
        texts = _texts(statement)
        block = _block(statement)
        factor, dimension = instrument.factor.get(block), instrument.dimensions.get(statement.scale)
        yield [
            statement.key,
            factor.phase if factor else None,
            block,
            instrument.name(block),
            dimension.key if dimension else None,
            dimension.name if dimension else None,
            *(texts.get(reader) for reader in (*LEVELS, OUDERS)),
        ]


def _factor(factor: Factor) -> Json:
    return _named(factor) | {"dimensions": [dimension.key for dimension in factor.dimensions]}


def _named(part: Any) -> Json:
    """Returns a factor, dimension or battery with its statements by key: their texts stand once, under `statements`."""
    return asdict(part) | {"statements": [statement.key for statement in part.statements]}


def _statement(statement: Statement, instrument: Instrument) -> Json:
    block = _block(statement)
    return {
        "key": statement.key,
        "factor": block if block in instrument.factor else None,
        "dimension": statement.scale if statement.scale in instrument.dimensions else None,
        "scale": statement.scale,
        "text": statement.text,
        "texts": _texts(statement),
        "sources": [asdict(citation) for citation in statement.sources],
    }


def _texts(statement: Statement) -> dict[str, str]:
    """Returns the text by reader: the three levels or, for the ouders' own statements, the ouders."""
    if statement.scale == OUDERS:
        return {OUDERS: statement.text}
    return {level: statement.for_level(level) for level in LEVELS}


def _block(statement: Statement) -> str:
    return statement.scale.split(".")[0]

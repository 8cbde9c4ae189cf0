"""Reads a workbook in a process of its own, with limits to its memory and time; it runs as a program.

A cell in the far corner of a sheet makes the reader ask for gigabytes, and a fault in it ends the process: here that
ends this one, and not the site. It reads the file from standard input, after a line of JSON that says which sheet, and
writes JSON. It knows nothing of ours, so that it starts in some hundredths of a second.
"""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

MOST_MEMORY = 1_000_000_000  # bytes of address space
MOST_SECONDS = 20
MOST_CELLS = 4_000_000  # blank ones too
MOST_SHEETS = 100


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    asked = json.loads(sys.stdin.buffer.readline())
    json.dump(read(sys.stdin.buffer.read(), **asked), sys.stdout)


def read(content: bytes, sheet: str, longest: int, most_text: int) -> dict[str, Any]:
    """Returns the sheets and the rows of one of them, or under `fault` what went wrong."""
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        return _read(book, sheet, longest, most_text)
    except calamine.PasswordError:
        return {"fault": "password"}
    except (MemoryError, OverflowError):
        return {"fault": "large"}
    except Exception as fault:
        return {"fault": "password" if "assword" in str(fault) else "damaged"}


def _read(book: Any, asked: str, longest: int, most_text: int) -> dict[str, Any]:
    found: dict[str, tuple[dict[str, Any], Any]] = {}
    for metadata in book.sheets_metadata[:MOST_SHEETS]:
        if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(metadata.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            return {"fault": "large"}
        rows = sheet.to_python(skip_empty_area=False)
        line = {
            "name": metadata.name,
            "rows": sum(any(cell != "" for cell in row) for row in rows),
            "addresses": sum("@" in cell for row in rows for cell in row if isinstance(cell, str)),
            "is_hidden": metadata.visible != calamine.SheetVisibleEnum.Visible,
        }
        found[metadata.name] = (line, (rows, sheet.merged_cell_ranges))
    chosen = asked if asked in found else _best([line for line, _ in found.values()])
    if not chosen:
        return {"fault": "hidden" if found else "damaged"}
    rows, merged = found[chosen][1]
    texts, is_full = _texts(rows, longest, most_text)
    return {
        "sheet": chosen,
        "sheets": [line for line, _ in found.values()],
        "rows": texts,
        "merged": merged or [],
        "fault": "text" if is_full else "",
    }


def _best(sheets: list[dict[str, Any]]) -> str:
    """Returns the visible sheet with most addresses, or else the first that is not empty."""
    seen = [sheet for sheet in sheets if not sheet["is_hidden"]]
    best = max(seen, key=lambda sheet: (sheet["addresses"], sheet["rows"] > 0), default=None)
    return best["name"] if best else ""


def _texts(rows: list[list[Any]], longest: int, most_text: int) -> tuple[list[tuple[int, list[str]]], bool]:
    """Returns the rows that are not blank as text, and whether that is more text than is allowed."""
    texts, length = [], 0
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell)[: 4 * longest] for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            texts.append((number, cells))
            length += sum(min(len(cell), longest) for cell in cells)
            if length > most_text:
                return texts, True
    return texts, False


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return f"{value:%d-%m-%Y}"
    return str(value) if isinstance(value, int | time | timedelta) else ""


if __name__ == "__main__":
    main()

"""Reads a CSV file: in which signs it was saved, by which separator its cells are told apart, and its rows."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from assessments.imports.cells import Facts, Limited, Reading, Table, Unreadable

# In the order in which they are tried. Of the last three each reads all bytes: what stands in the words tells.
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 zonder merk",
    "utf-16-be": "UTF-16 zonder merk, omgekeerd",
    "cp1252": "Windows (cp1252)",
    "cp850": "MS-DOS (cp850)",
    "mac_roman": "Mac (mac-roman)",
}
BY_BYTE = ("cp1252", "cp850", "mac_roman")
# Letters and signs that stand in Dutch names and words.
USUAL = frozenset("éëïöüáàèêîôûçñäóúíßÉËÏÖÜÁÈÇÄ€²³°§·–—…’‘“”„«»\xb4 \xa0")
SEPARATORS = ";,\t|:^~!#*§¦\x1f"
LOOKED_AT = 60  # records
LOOKED_AT_MOST = 200_000  # signs
WITH_AN_ADDRESS = re.compile(r"(?:[^@;|\t]*<)?[^\s@;,|<>]+@[^\s@;,|<>]+\.[^\s@;,|<>]+>?")
SAMPLES = 3


def read_text(content: bytes, reading: Reading) -> Table:
    """Returns the table in a CSV file, with the signs that `reading` names or that fit best. Raises Unreadable."""
    encoding = reading.encoding if reading.encoding in ENCODINGS else best_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("Met deze tekens is het bestand niet te lezen. Kies andere tekens.") from None
    if "\0" in text:
        raise Unreadable("Dit is geen CSV- of Excelbestand. Sla de lijst in Excel op als .xlsx of .csv.")
    limited = Limited.of(_records(text.removeprefix("\ufeff")))
    facts = Facts(
        encoding=encoding,
        samples=_samples(content, limited, encoding),
        stretches=tuple(limited.stretches),
        more_columns=limited.more_columns,
        cut=tuple(limited.cut),
    )
    return Table(limited.rows, facts)


def best_encoding(content: bytes) -> str:
    """Returns the encoding in which the bytes make sense. Raises Unreadable for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in content[:2000]:
        return _wide(content)
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max(BY_BYTE, key=lambda encoding: _fitness(content, encoding))
    return "utf-8-sig"


def _wide(content: bytes) -> str:
    """Returns in which order the bytes of UTF-16 without a mark stand. Raises Unreadable."""
    begin = content[:2000]
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    if max(even, odd) > 0.8 * len(begin) / 2 and min(even, odd) < 0.1 * len(begin) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise Unreadable("Dit is geen CSV- of Excelbestand. Sla de lijst in Excel op als .xlsx of .csv.")


def _fitness(content: bytes, encoding: str) -> float:
    """Returns which part of the signs that are not plain makes sense where it stands."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return -1
    places = [match.start() for match in islice(re.finditer(r"[^\0-\x7f]", text), 5000)]
    return sum(_is_usual(text, place) for place in places) / (len(places) or 1)


def _is_usual(text: str, place: int) -> bool:
    sign, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if sign not in USUAL:
        return False
    if unicodedata.category(sign)[0] == "L":
        return not (sign.isupper() and before.islower())
    return sign in "’\xb4" or not (before.isalpha() and after.isalpha())


def _samples(content: bytes, table: Limited, encoding: str) -> dict[str, list[str]]:
    """Returns by encoding what three cells with other signs than plain ones would say; nothing where all is plain."""
    if encoding not in ("utf-8-sig", *BY_BYTE):
        return {}
    words = [cell for _, cells in table.rows for cell in cells if not cell.isascii()]
    found = list(dict.fromkeys(words))[:SAMPLES]
    samples = {}
    for other in ("utf-8-sig", *BY_BYTE) if found else ():
        try:
            content.decode(other)
            samples[other] = [word.encode(encoding).decode(other).removeprefix("\ufeff") for word in found]
        except UnicodeError:
            continue
    return samples


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows with the numbers that a spreadsheet shows: a line break within quotes begins no row."""
    first, _, rest = text.partition("\n")
    separator = ""
    if match := re.fullmatch(r"\"?sep=(.)\"?\r?", first, re.IGNORECASE):
        separator, text = match[1], rest
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or separator_of(text), strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise Unreadable(
            f"Regel {reader.line_num + bool(separator)} van dit bestand is niet te lezen."
            " Staat er een aanhalingsteken te veel, of een heel lange cel?"
        ) from None


def separator_of(text: str) -> str:
    """Returns the separator by which the first records have most alike: as many cells, and addresses that are whole."""
    begin = text[:LOOKED_AT_MOST]
    return max(SEPARATORS, key=lambda separator: _likeness(begin, separator))


def _likeness(text: str, separator: str) -> tuple[float, float, float]:
    try:
        records = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), LOOKED_AT))
    except csv.Error:
        return (0, 0, 0)
    filled = [cells for cells in records if any(cells)]
    widths = Counter(len(cells) for cells in filled if len(cells) > 1)
    if not widths:
        return (0, 0, 0)
    width, alike = max(widths.items(), key=lambda item: (item[1], item[0]))
    whole = sum(any(_is_whole(cell) for cell in cells) for cells in filled if len(cells) == width)
    return (round(whole / len(filled), 1), round(alike / len(filled), 1), width)


def _is_whole(cell: str) -> bool:
    return WITH_AN_ADDRESS.fullmatch(cell.strip(" \"'")) is not None

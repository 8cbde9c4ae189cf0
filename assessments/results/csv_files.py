"""Reads CSV files piece by piece, and names what is wrong with a row by its line. Knows no answers.

However long a file is, one piece of it is in memory at a time; from the first quote on, one row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path

PIECE = 2 * 1024**2  # bytes
NOT_CSV = "niet te lezen als CSV: kijk of de aanhalingstekens kloppen"
_ORDINARY = bytes(sorted(set(range(256)) - set(b',\n"\0')))


@dataclass(frozen=True, order=True)
class Fault:
    """Says what is wrong on a line of a file; the header is line 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Faulty(Exception):
    """A file has faults, and nothing of it was used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} fouten")
        self.faults = sorted(faults)


@dataclass(frozen=True)
class Piece:
    """Holds some lines of a file, of which the first has the number `line`."""

    file: CsvFile
    line: int
    texts: Iterable[str]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yields each row with the number of its first line, its fields in the order of the columns asked for.

        What is not such a row becomes a fault of the file.
        """
        reader = csv.reader(chain.from_iterable(map(io.StringIO, self.texts)), strict=True)
        width, in_order = len(self.file.header), itemgetter(*map(self.file.header.index, self.file.columns))
        line = self.line
        try:
            for row in reader:
                if len(row) == width:
                    yield line, in_order(row)
                elif row:
                    self.file.blame(line, f"{len(row)} velden in plaats van {width}")
                line = self.line + reader.line_num
        except csv.Error:
            self.file.blame(line, NOT_CSV)


class CsvFile:
    """Is a file with these columns in any order; `faults` has what was found wrong so far."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        self.columns = columns
        self.header: list[str] = []
        self.faults: list[Fault] = []

    def blame(self, line: int, text: str) -> None:
        """Adds a fault."""
        self.faults.append(Fault(str(self._path), line, text))

    def pieces(self) -> Iterator[Piece]:
        """Yields the file without its header; it is read once. Raises Faulty for a wrong header, or what is no text."""
        texts = self._texts()
        header, _, rest = next(texts, "").partition("\n")
        self._read_header(header, texts)
        line = 2
        for text in chain([rest], texts):
            if '"' in text:  # a row may go on in the next piece
                yield Piece(self, line, chain([text], texts))
                _exhaust(texts)
            else:
                yield Piece(self, line, [text])
                line += text.count("\n")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yields all rows; see Piece."""
        for piece in self.pieces():
            yield from piece.rows()

    def _read_header(self, text: str, rest: Iterable[str]) -> None:
        try:
            self.header = next(csv.reader([text], strict=True), [])
            faults = _header_faults(self.header, self.columns)
        except csv.Error:
            faults = [NOT_CSV]
        if faults:
            _exhaust(rest)  # where it is no text, that is the one fault
            raise Faulty([Fault(str(self._path), 1, fault) for fault in faults])

    def _texts(self) -> Iterator[str]:
        """Yields whole lines, about PIECE long together. Raises Faulty where the file is no UTF-8 or can't be read."""
        line, encoding = 1, "utf-8-sig"
        try:
            with self._path.open("rb") as file:
                while block := file.read(PIECE):
                    block = _with_plain_ends(block + file.readline())
                    yield block.decode(encoding)
                    line, encoding = line + block.count(b"\n"), "utf-8"
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise Faulty([Fault(str(self._path), line, "geen UTF-8: bewaar het bestand als 'CSV UTF-8'")]) from None
        except OSError as error:
            raise Faulty([Fault(str(self._path), 1, f"niet te lezen: {error.strerror}")]) from None


def plain(piece: Piece) -> bytes:
    """Returns the lines of a piece where each has its fields, without quotes or blank lines; nothing where not."""
    if not isinstance(piece.texts, list):
        return b""
    data = piece.texts[0].encode()
    data += b"" if data.endswith(b"\n") else b"\n"
    line = b"," * (len(piece.file.header) - 1) + b"\n"
    signs = data.translate(None, _ORDINARY)
    return data if signs == line * (len(signs) // len(line)) else b""


def _with_plain_ends(block: bytes) -> bytes:
    """Returns lines that end as Unix ends them; most do, and looking whether they do takes next to nothing."""
    return block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in block else block


def _header_faults(header: Sequence[str], columns: Sequence[str]) -> list[str]:
    faults = [f"kolom '{name}' ontbreekt" for name in columns if name not in header]
    faults += [f"onbekende kolom {name!r}" for name in header if name not in columns]
    return faults + [f"kolom '{name}' staat er twee keer" for name in columns if header.count(name) > 1]


def _exhaust(texts: Iterable[str]) -> None:
    for _ in texts:
        pass

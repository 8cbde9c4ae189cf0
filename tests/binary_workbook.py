"""Writes an .xlsb with the parts and records that [MS-XLSB] asks for at the least.

No program that the tests can start writes one. The reader was also tried by hand on files that Excel saved.
"""

import io
import struct
import zipfile

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
  <Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
</Types>"""

# Kinds of records, by their names in the specification
ROW, CELL_TEXT = 0, 6
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_SHEETS, END_SHEETS, BEGIN_ROWS, END_ROWS = 143, 144, 145, 146
SIZE, SHEET_NAME = 148, 156


def by_records(sheets):
    """Returns the workbook of these sheets, by name, whose cells are text or None."""
    numbered = list(enumerate(sheets.items(), start=1))
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/_rels/workbook.bin.rels": _relations(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n, _ in numbered}
        ),
        "xl/workbook.bin": _book({n: name for n, (name, _) in numbered}),
    } | {f"xl/worksheets/sheet{n}.bin": _sheet(rows) for n, (_, rows) in numbered}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def _relations(targets):
    lines = (
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{part}"/>' for key, (kind, part) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _book(names):
    own = (_record(SHEET_NAME, struct.pack("<II", 0, n) + _text(f"rId{n}") + _text(name)) for n, name in names.items())
    return b"".join([_record(BEGIN_BOOK), _record(BEGIN_SHEETS), *own, _record(END_SHEETS), _record(END_BOOK)])


def _sheet(rows):
    records = [_record(BEGIN_SHEET), _record(SIZE, struct.pack("<4I", 0, len(rows) - 1, 0, 3)), _record(BEGIN_ROWS)]
    for number, row in enumerate(rows):
        records.append(_record(ROW, struct.pack("<IIH3xI", number, 0, 300, 0)))
        cells = ((column, cell) for column, cell in enumerate(row) if cell is not None)
        records += [_record(CELL_TEXT, struct.pack("<II", column, 0) + _text(cell)) for column, cell in cells]
    return b"".join([*records, _record(END_ROWS), _record(END_SHEET)])


def _record(kind, content=b""):
    return _number(kind) + _number(len(content)) + content


def _number(number):
    """Returns a whole number in bytes of seven bits each, the lowest first."""
    *more, last = [number >> shift & 127 for shift in range(0, max(number.bit_length(), 1), 7)]
    return bytes([*(part | 128 for part in more), last])


def _text(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

"""Excel files that were made or damaged to do harm are each refused in words, however little of it is wrong."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from assessments.imports.tables import FORMULA, Unreadable, read_table

SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXTS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def parts():
    """Returns the parts of a good workbook with one list in it."""
    workbook = Workbook()
    workbook.active.append(["email"])
    workbook.active.append(["a@b.nl"])
    written = io.BytesIO()
    workbook.save(written)
    with zipfile.ZipFile(written) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def read(changed):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (parts() | changed).items():
            packed.writestr(name, content)
    return read_table("lijst.xlsx", written.getvalue())


def referring(rows, text, index=0, end=b"</sheetData></worksheet>"):
    """Returns a sheet of so many full rows in which each cell refers to the same text, as Excel writes it."""
    row = b"<row>" + b'<c t="s"><v>%d</v></c>' % index * 40 + b"</row>"
    return {
        TYPES: parts()[TYPES].replace(b"</Types>", TEXTS_TYPE),
        TEXTS: b"<sst %s><si><t>%s</t></si></sst>" % (MAIN, text.encode()),
        SHEET: b'<worksheet %s><dimension ref="A1"/><sheetData>' % MAIN + row * rows + end,
    }


@pytest.mark.parametrize(("text", "said"), [("\u00e9", "\u00e9"), (" a\u200b  b ", "a b"), (" =A1", FORMULA)])
def test_a_text_that_many_cells_refer_to_stands_in_each(text, said):
    assert [cells for _, cells in read(referring(200, text)).rows] == [[said] * 40] * 200


def test_one_text_repeated_to_hundreds_of_megabytes_is_refused_long_before_the_end_of_the_sheet():
    with pytest.raises(Unreadable, match="te veel tekst"):
        read(referring(5990, "\u00e9" * 299))
    with pytest.raises(Unreadable, match=r"te veel tekst|beschadigd"):
        read(referring(500, "\u00e9" * 299, end=b"<here it is damaged"))


def test_a_text_of_millions_of_blanks_that_each_cell_refers_to_is_refused():
    with pytest.raises(Unreadable, match=r"leeg|te groot om te lezen"):
        read(referring(5990, " " * 2_900_000))


def test_a_list_may_have_many_columns_more_than_it_needs_but_not_without_end():
    def rows(columns):
        return "".join(f"p{number}@b.nl{';Kerkstraat 1' * columns}\n" for number in range(5000)).encode()

    assert len(read_table("lijst.csv", rows(38)).rows) == 5000
    with pytest.raises(Unreadable, match="te veel tekst"):
        read_table("lijst.csv", rows(38).replace(b"Kerkstraat", b"Lange Kerkstraat"))


@pytest.mark.parametrize("left", [0, 100])
@pytest.mark.parametrize("name", [RELATIONS, BOOK, STYLES, SHEET])
def test_a_workbook_with_a_part_that_is_empty_or_stops_halfway_is_refused_in_words(name, left):
    with pytest.raises(Unreadable, match="beschadigd"):
        read({name: parts()[name][:left]})


@pytest.mark.parametrize("left", [0, 100])
@pytest.mark.parametrize("name", [TYPES, "docProps/core.xml"])
def test_damage_to_what_no_list_needs_takes_nothing_from_it(name, left):
    assert [cells for _, cells in read({name: parts()[name][:left]}).rows] == [["email"], ["a@b.nl"]]


def test_a_sheet_or_its_texts_that_stop_halfway_give_no_shorter_list():
    content = parts()[SHEET].replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 300 + b"</sheetData>")
    for part in (0.3, 0.6, 0.9):
        with pytest.raises(Unreadable, match="beschadigd"):
            read({SHEET: content[: int(part * len(content))]})
    texts = referring(1, "a", index=1)
    with pytest.raises(Unreadable, match="beschadigd"):
        read(texts | {TEXTS: texts[TEXTS][:-20]})


@pytest.mark.parametrize("index", [1, -99, 10**30])
def test_a_cell_that_refers_to_a_text_that_is_not_there_is_damage(index):
    with pytest.raises(Unreadable, match="beschadigd"):
        read(referring(1, "a", index=index))


@pytest.mark.parametrize("encoding", ["foo", "utf-7", "gb2312"])
def test_a_part_in_signs_that_can_not_be_counted_is_refused(encoding):
    said = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    for name in ("xl/extra.xml", STYLES):
        with pytest.raises(Unreadable, match="beschadigd"):
            read({name: said + parts().get(name, b"<a/>")})


def test_a_name_that_stops_the_count_but_not_the_reader_hides_nothing():
    styles = parts()[STYLES].replace(b"<styleSheet", "<?\u0220a?><styleSheet".encode())
    assert [cells for _, cells in read({STYLES: styles}).rows] == [["email"], ["a@b.nl"]]
    with pytest.raises(Unreadable, match="te groot om te lezen"):
        read({STYLES: styles.replace(b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>")})

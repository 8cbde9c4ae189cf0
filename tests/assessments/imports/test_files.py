"""Lists are read alike whichever program wrote them, with the row numbers that it shows; other files are named."""

import datetime
import io
import subprocess
import time
import zipfile

import pytest

from assessments.imports.headings import find_heading
from assessments.imports.tables import FORMULA, Reading, Unreadable, read_pasted, read_table
from assessments.imports.texts import best_encoding, separator_of
from tests import lists
from tests.binary_workbook import by_records
from tests.lists import HEADER

ROWS = [
    HEADER,
    ["directeur1@school.nl", "Brugschool", "management", "directeur"],
    [None, None, None, None],
    ["ib1@school.nl", "Brugschool", "uitvoerend", "ib'er"],
]
READ = [(1, HEADER), (2, ROWS[1]), (4, ROWS[3])]
HANGS = 60  # seconds; not a measurement
WORDS = ["coördinator", "Renée", "Zoë", "België", "façade", "ruïne", "knutselclub ‘Ster’", "Öost"]


def with_blanks(sheets, number):
    return lists.by_odfpy({"Lijst": [sheets["Lijst"][0], *sheets["Lijst"][2 + number :]]}, blank=number)


@pytest.mark.parametrize(
    ("kind", "write"),
    [
        ("xlsx", lists.by_openpyxl),
        ("xlsx", lists.by_xlsxwriter),
        ("xlsx", lambda sheets: lists.strict(lists.by_openpyxl(sheets))),
        ("xlsx", lambda sheets: lists.strict(lists.by_xlsxwriter(sheets))),
        ("ods", lists.by_odfpy),
        ("xls", lists.by_xlwt),
        ("xlsb", by_records),
        ("csv", lambda sheets: lists.by_csv(sheets["Lijst"])),
    ],
    ids=["openpyxl", "xlsxwriter", "strict openpyxl", "strict xlsxwriter", "odfpy", "xlwt", "records", "csv"],
)
def test_a_list_is_the_same_list_whichever_program_wrote_it(kind, write):
    table = read_table("zonder naam", write({"Lijst": ROWS}))
    assert table.rows == READ
    assert table.facts.kind == kind
    assert table.facts.sheet == ("" if kind == "csv" else "Lijst")
    assert find_heading(table).columns == {"email": 0, "partner": 1, "level": 2, "job_title": 3}


@pytest.mark.files
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_a_list_that_libreoffice_saved_is_the_same_list(tmp_path, kind):
    (tmp_path / "lijst.ods").write_bytes(lists.by_odfpy({"Lijst": ROWS}, hidden=[4], how="collapse"))
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "uit"), "lijst.ods"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    table = read_table("x", (tmp_path / "uit" / f"lijst.{kind}").read_bytes())
    assert table.rows == READ
    assert table.facts.hidden_rows == (() if kind == "xls" else (4,))


# Hidden rows, sheets and what is beyond a limit


@pytest.mark.parametrize(
    "content",
    [
        lists.by_openpyxl({"Lijst": ROWS}, hidden=[4]),
        lists.by_xlsxwriter({"Lijst": ROWS}, hidden=[4]),
        lists.strict(lists.by_xlsxwriter({"Lijst": ROWS}, hidden=[4])),
        lists.by_odfpy({"Lijst": ROWS}, hidden=[4]),
        lists.by_odfpy({"Lijst": ROWS}, hidden=[4], how="collapse"),
    ],
)
def test_hidden_rows_are_seen_in_excel_and_in_libreoffice(content):
    facts = read_table("x", content).facts
    assert (facts.hidden_rows, facts.sees_hidden) == ((4,), True)


def test_rows_after_a_filter_are_those_that_a_filter_hid():
    def filtered(_book, sheet):
        sheet.autofilter("A1:D4")
        sheet.filter_column("D", "x == directeur")
        sheet.set_row(3, options={"hidden": True})

    assert read_table("x", lists.by_xlsxwriter({"Lijst": ROWS}, prepare=filtered)).facts.hidden_rows == (4,)


def test_of_an_old_workbook_it_is_known_that_hidden_rows_are_not_seen():
    assert not read_table("x", lists.by_xlwt({"Lijst": ROWS})).facts.sees_hidden


@pytest.mark.parametrize("write", [lists.by_openpyxl, lists.by_xlsxwriter, lists.by_odfpy, lists.by_xlwt])
def test_the_sheet_with_addresses_is_read_and_another_can_be_chosen(write):
    other = [["E-mail"], ["wethouder1@gemeente.nl"]]
    content = write({"Toelichting": [["Lijst van november"], ["Bel de school"]], "Oud": other, "Lijst": ROWS})
    table = read_table("x", content)
    assert (table.facts.sheet, table.rows) == ("Lijst", READ)
    assert [(sheet.name, sheet.rows, sheet.addresses) for sheet in table.facts.sheets] == [
        *(("Toelichting", 2, 0), ("Oud", 2, 1), ("Lijst", 3, 2))
    ]
    assert read_table("x", content, Reading(sheet="Oud")).rows == [(1, ["E-mail"]), (2, ["wethouder1@gemeente.nl"])]
    assert read_table("x", content, Reading(sheet="weg")).facts.sheet == "Lijst"


def test_a_hidden_sheet_is_named_and_not_taken_by_itself():
    def hide(book, _sheet):
        book.worksheets()[0].hide()
        book.worksheets()[1].activate()

    many = [HEADER, *([f"ib{n}@school.nl", "Brugschool", "uitvoerend", ""] for n in range(9))]
    table = read_table("x", lists.by_xlsxwriter({"Vorig jaar": many, "Lijst": ROWS}, prepare=hide))
    assert table.facts.sheet == "Lijst"
    assert [sheet.is_hidden for sheet in table.facts.sheets] == [True, False]


def test_a_row_far_below_is_read_with_its_own_number():
    content = lists.by_odfpy({"Lijst": [HEADER, ROWS[1], ROWS[3]]}, blank=700)
    table = read_table("x", content)
    assert [number for number, _ in table.rows] == [1, 702, 703]
    assert table.facts.stretches == ((1, 702),)
    csv = lists.by_csv([HEADER, ROWS[1], *[["", "", "", ""]] * 300, ROWS[3]])
    assert [number for number, _ in read_table("x", csv).rows] == [1, 2, 303]


def test_a_line_break_in_a_cell_of_csv_begins_no_row_and_neither_does_the_line_that_names_the_separator():
    rows = [HEADER, ["a@b.nl", "Brug\nschool", "bestuur", "twee\nregels"], ["c@b.nl", "Gemeente", "bestuur", ""]]
    content = lists.by_csv(rows)
    assert [number for number, _ in read_table("x", content).rows] == [1, 2, 3]
    named = b"sep=;\r\n" + content.removeprefix(b"\xef\xbb\xbf")
    assert [number for number, _ in read_table("x", named).rows] == [1, 2, 3]


def test_a_long_remark_is_cut_and_columns_beyond_the_limit_are_counted():
    rows = [[*row, "Bel na drie uur. " * 100, *["x"] * 40] if number else row for number, row in enumerate(ROWS[:2])]
    for content in (lists.by_openpyxl({"Lijst": rows}), lists.by_xlsxwriter({"Lijst": rows}), lists.by_csv(rows)):
        table = read_table("x", content)
        assert table.rows[1][1][:4] == ROWS[1]
        assert table.facts.cut == ((2, 4),)
        assert table.facts.more_columns == 5


# Formulas


def test_a_formula_counts_by_the_value_that_is_stored_and_without_one_it_is_said():
    def formulas(_book, sheet):
        sheet.write_formula(1, 0, '=LOWER("DIRECTEUR1@SCHOOL.NL")', None, "directeur1@school.nl")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 3, '=IF(A2="","x","")', None, "")

    content = lists.by_xlsxwriter({"Lijst": ROWS}, prepare=formulas)
    as_excel = lists.changed(content, lambda _, part: part.replace(b'<c r="D2"><f>', b'<c r="D2" t="str"><f>'))
    written = read_table("x", as_excel).rows[1][1]
    assert written == ["directeur1@school.nl", FORMULA, "management"]
    never = [[*ROWS[0]], ['=LOWER("A@B.NL")', "Brugschool", "bestuur", "#N/A"]]
    assert read_table("x", lists.by_openpyxl({"Lijst": never})).rows[1][1] == [
        FORMULA,
        "Brugschool",
        "bestuur",
        FORMULA,
    ]
    assert read_table("x", b'e-mail;partner\n="a@b.nl";=A1\n').rows[1][1] == ["a@b.nl", FORMULA]


def test_numbers_dates_and_merged_cells_are_what_a_reader_sees():
    day = datetime.date(2026, 11, 12)
    rows = [HEADER, ["a@b.nl", ("Brugschool", 3), 3.0, day], ["b@b.nl", "", 2.5, day], ["c@b.nl", "", 1, day]]
    assert [cells for _, cells in read_table("x", lists.by_odfpy({"Lijst": rows})).rows[1:]] == [
        ["a@b.nl", "Brugschool", "3", "12-11-2026"],
        ["b@b.nl", "Brugschool", "2.5", "12-11-2026"],
        ["c@b.nl", "Brugschool", "1", "12-11-2026"],
    ]


# CSV


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", ":", "^", "~"])
def test_cells_are_told_apart_by_what_makes_rows_alike_and_not_by_counting(separator):
    rows = [
        HEADER,
        *([f"ib{n}@school.nl", "De Brug, Oost, 1e; ‘x’", "bestuur", "ib'er, leraar, coach"] for n in range(4)),
    ]
    assert separator_of(lists.by_csv(rows, separator).decode("utf-8-sig")) == separator
    assert [cells for _, cells in read_table("x", lists.by_csv(rows, separator)).rows] == rows


def test_many_commas_in_cells_without_quotes_make_no_columns():
    text = "e-mail;functie\n" + "".join(f"a{n}@b.nl;leraar, mentor, coach, decaan, ib'er\n" for n in range(5))
    assert read_table("x", text.encode()).rows[1][1] == ["a0@b.nl", "leraar, mentor, coach, decaan, ib'er"]
    names = "Naam;E-mail\n" + "".join(f"Begeleider, {n};Begeleider, {n} <a{n}@b.nl>\n" for n in range(5))
    assert read_table("x", names.encode()).rows[1][1] == ["Begeleider, 0", "Begeleider, 0 <a0@b.nl>"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman"]
)
def test_a_file_is_read_in_the_signs_in_which_its_words_make_sense(encoding):
    words = [word for word in WORDS if "‘" not in word or encoding != "cp850"]
    rows = [HEADER, *([f"ib{n}@school.nl", word, "bestuur", ""] for n, word in enumerate(words))]
    content = lists.by_csv(rows, encoding=encoding)
    assert [cells[1] for _, cells in read_table("x", content).rows[1:]] == words
    if encoding in ("cp1252", "cp850", "mac_roman"):
        facts = read_table("x", content).facts
        assert facts.samples[encoding] == words[:3]
        assert read_table("x", content, Reading(encoding="cp850")).facts.encoding == "cp850"


def test_plain_text_is_read_in_the_first_signs_and_nothing_is_asked_of_it():
    assert best_encoding(b"e-mail;partner") == "utf-8-sig"
    assert read_table("x", lists.by_csv(ROWS)).facts.samples == {}


def test_a_limesurvey_export_is_known_by_its_names():
    header = "tid,firstname,lastname,email,emailstatus,token,language,attribute_1 <Organisatie>,attribute_2 <Functie>"
    table = read_table("x", f'{header}\n"1","Ib","er","ib1@school.nl","OK","x","nl","Brugschool","ib\'er"'.encode())
    assert find_heading(table).columns == {"email": 3, "partner": 7, "job_title": 8}


@pytest.mark.parametrize(
    ("summary", "header"),
    [
        ("1. Summary", "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole"),
        ("1. Samenvatting", "Naam\tEerste deelname\tLaatste vertrek\tDuur\tE-mail\tDeelnemers-id (UPN)\tRol"),
    ],
)
def test_a_teams_export_is_known_by_its_names_and_its_roles_are_no_job_titles(summary, header):
    lines = [summary, "Titel\tOverleg", "", "2. Deelnemers", header]
    lines += [f"Ib {n}\t1\t2\t3\tib{n}@school.nl\tib{n}@school.nl\tPresenter" for n in range(3)]
    table = read_table("x", "\n".join(lines).encode("utf-16"))
    assert find_heading(table).columns == {"name": 0, "email": 4}
    assert table.rows[find_heading(table).place][0] == 5


# Headings


def test_a_first_row_that_is_a_person_is_no_heading():
    heading = find_heading(read_table("x", b"a@b.nl;School;bestuur\nc@b.nl;School;bestuur\n"))
    assert (heading.place, heading.columns) == (-1, {"email": 0})


def test_of_two_columns_the_one_with_addresses_is_the_address():
    street = b"Adres;E-mail contact;Organisatie\nKerkstraat 1;a@b.nl;School\nDorp 2;c@b.nl;School\n"
    assert find_heading(read_table("x", street)).columns["email"] == 1
    half = b"E-mail;Werkmail;Organisatie\na@b.nl;a@s.nl;School\n;c@s.nl;School\n;d@s.nl;School\n"
    assert find_heading(read_table("x", half)).columns["email"] == 1


# Pasted


def test_pasted_addresses_are_rows_with_their_names_and_what_is_none_is_seen():
    text = 'Begeleider, 1 <ib1@school.nl>; "Begeleider, 2" <ib2@school.nl>\nib3@school.nl, ib4@school.nl\n'
    text += "ib5@school.nl ib6@school.nl\nzonder adres"
    rows = read_pasted(text).rows
    assert [number for number, _ in rows] == list(range(8))
    assert [cells[0] for _, cells in rows[1:]] == [
        *("Begeleider, 1 <ib1@school.nl>", '"Begeleider, 2" <ib2@school.nl>', "ib3@school.nl", "ib4@school.nl"),
        *("ib5@school.nl", "ib6@school.nl", "zonder adres"),
    ]
    assert read_pasted("E-mail\tPartner\na@b.nl\tSchool").rows == [
        (1, ["E-mail", "Partner"]),
        (2, ["a@b.nl", "School"]),
    ]


# What is no list


def compound(name):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + name.encode("utf-16-le") + b"\0" * 500


def packed(**parts):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n", "een PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0", "een foto"),
        (b"\0\0\0\x18ftypheic", "een foto"),
        (b"{\\rtf1 hoi}", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"$FL2@(#) SPSS", "SPSS"),
        (b"<html><body><table><tr><td>a@b.nl", "een webpagina"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", "een webpagina"),
        (b"<table border=1><tr><td>a@b.nl", "een webpagina"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "XML-werkblad 2003"),
        (b'<?xml version="1.0"?><office:document>', "LibreOffice-bestand"),
        (b"BEGIN:VCARD\nEMAIL:a@b.nl", "visitekaartjes"),
        (b'[{"email": "a@b.nl"}]', "JSON"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nB;Y2", "SYLK"),
        (b"Received: from x\nTo: a@b.nl", "bewaarde e-mail"),
        (compound("EncryptedPackage"), "wachtwoord"),
        (compound("WordDocument"), "Word-document"),
        (compound("__properties_version1.0"), "Outlook"),
        (packed(**{"[Content_Types].xml": "x", "word/document.xml": "x"}), "Word-document"),
        (packed(**{"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), "PowerPoint"),
        (packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "x"}), "tekstdocument"),
        (packed(**{"Index/Document.iwa": "x"}), "Numbers"),
        (packed(lijst="x"), "zipbestand"),
    ],
)
def test_a_file_of_another_kind_is_named_and_the_cure_is_said(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_table("lijst.xlsx", content)


@pytest.mark.parametrize("rows", [65_000, 65_535])
def test_a_cell_in_the_far_corner_of_an_old_workbook_is_refused_before_it_takes_all_memory(rows):
    sheet = [["e-mail"], *[[]] * (rows - 1), [""] * 255 + ["x"]]
    started = time.perf_counter()
    with pytest.raises(Unreadable, match="te groot om te lezen"):
        read_table("x", lists.by_xlwt({"Lijst": sheet}))
    assert time.perf_counter() - started < HANGS


def test_the_far_corner_of_a_new_workbook_or_document_is_refused_too():
    content = lists.by_openpyxl({"Lijst": ROWS})
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    for made in (
        lists.changed(content, lambda _, part: part.replace(b"</sheetData>", corner)),
        lists.by_odfpy({"Lijst": [*ROWS, *[["x"] * 500] * 20]}, blank=1_000_000),
    ):
        with pytest.raises(Unreadable, match=r"te groot om te lezen|beschadigd"):
            read_table("x", made)

"""Files of participants as people really have them, clumsy or hostile, are read, and each row gets its outcome."""

import contextlib
import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assessments.imports.fates import NEW, Choices, Known, Takes
from assessments.imports.headings import find_heading
from assessments.imports.job_titles import levels_with
from assessments.imports.participants import judge
from assessments.imports.tables import FORMULA, LARGEST_FILE, Table, Unreadable, clean, read_table
from assessments.imports.template import harmless, template_workbook

KNOWN = Known(partners={1: "School De Brug", 2: "Gemeente"})


def excel(rows, prepare=None):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    if prepare:
        prepare(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def fates(content, known=KNOWN, choices=None, name="lijst.csv"):
    table = read_table(name, content)
    heading = find_heading(table)
    return judge(table, heading.place, heading.columns, known, choices or Choices())


def only(content, **options):
    (fate,) = fates(content, **options).fates
    return fate


HANGS = 60  # seconds; not a measurement: what was fixed took minutes
HEADER = "E-mailadres;Organisatie;Niveau;Functie\r\n"


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + "Jan@School.nl;school de brug;Uitvoerend;ib'er\r\n").encode("utf-8-sig"),
        (HEADER + "jan@school.nl;School De Brug;uitvoering;ib'er\r\n;;;\r\n\r\n").encode("cp1252"),
        (HEADER.replace(";", ",") + "jan@school.nl,School De Brug,U,ib'er\n").encode(),
        (HEADER.replace(";", "\t") + "jan@school.nl\tSchool De Brug\tuitvoerend\tib'er\n").encode("utf-16"),
        ("sep=;\r\n" + HEADER + "jan@school.nl;School De Brug;uitvoerend;ib'er\r\n").encode(),
        ("Deelnemers 2027;;;\r\n;;;\r\n" + HEADER + "Jan <jan@school.nl>;School De Brug;uitvoerend;ib'er").encode(),
        excel(
            [["e-mail", "School", "Laag", "Rol"], ["jan@school.nl ", "School  De Brug", "uitvoerend", "ib'er", None]]
        ),
    ],
    ids=["utf-8 with BOM", "cp1252 with blanks", "commas", "utf-16 tabs", "sep line", "title above", "excel"],
)
def test_a_list_is_read_however_it_was_saved(content):
    fate = only(content)
    assert (fate.email, fate.partner, fate.level, fate.job_title, fate.outcome) == (
        "jan@school.nl",
        1,
        "uitvoerend",
        "ib'er",
        "new",
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (";Gemeente;bestuur;", "Het e-mailadres ontbreekt."),
        ("jan.school.nl;Gemeente;bestuur;", "het @-teken ontbreekt"),
        ("jan@school,nl;Gemeente;bestuur;", "een komma in plaats van een punt"),
        ("jan@school.nl piet@school.nl;Gemeente;bestuur;", "een spatie in, of meer dan één adres"),
        ('"jan@school.nl\nBcc: x@y.nl";Gemeente;bestuur;', "Er staan meer regels in de cel"),
        ("jan@school;Gemeente;bestuur;", "Controleer de spelling"),
        ("jan..v@school.nl;Gemeente;bestuur;", "Controleer de spelling"),
        ("jan@school.nl;;bestuur;", "De partner ontbreekt."),
        ("jan@school.nl;Gemeent;bestuur;", "is geen partner van dit netwerk"),
        ("jan@school.nl;Gemeente;;", "Het niveau ontbreekt."),
        ("jan@school.nl;Gemeente;;astronaut", "Kies hierboven welk niveau bij deze functie hoort"),
        ("jan@school.nl;Gemeente;directie;", "is geen niveau"),
        ('=HYPERLINK("x");Gemeente;bestuur;', "staat een formule"),
        ("jan@school.nl;=1+1;bestuur;", "In de partner staat een formule"),
        (f"{'a' * 255}@b.nl;Gemeente;bestuur;", "te lang"),
    ],
)
def test_a_row_that_is_wrong_says_what_to_do(row, sentence):
    fate = only((HEADER + row).encode())
    assert fate.outcome == "fault"
    assert sentence in " ".join(fate.faults)


def test_a_job_title_gives_the_level_where_the_row_has_none_and_the_networks_own_table_wins():
    content = (HEADER + "jan@school.nl;Gemeente;;Schooldirecteur").encode()
    assert only(content).level == "management"
    own = Known(partners=KNOWN.partners, levels=levels_with({"schooldirecteur": "bestuur"}))
    assert only(content, known=own).level == "bestuur"
    assert only((HEADER + "jan@school.nl;Gemeente;;Zorgcoordinator").encode(), known=own).level == "uitvoerend"


def test_spellings_of_one_partner_or_job_title_are_one_question():
    rows = [
        "a@b.nl;Wijkteam Öost;;Knutsel-juf",
        "c@b.nl;wijkteam oost;;knutsel juf",
        "d@b.nl;WIJKTEAM-OOST;;Knutseljuf",
    ]
    content = (HEADER + "\n".join(rows)).encode()
    judged = fates(content, choices=Choices(partners={"Wijkteam Öost": NEW}))
    assert judged.unknown_partners == ("Wijkteam Öost",)
    assert [fate.partner for fate in judged.fates] == ["Wijkteam Öost"] * 3
    assert judged.job_titles == {"Knutsel-juf": "", "Knutseljuf": ""}


@pytest.mark.parametrize("job_title", ["=1+1", "???", "x" * 101])
def test_what_can_be_no_job_title_is_a_fault_of_its_row_and_no_question(job_title):
    judged = fates((HEADER + f"a@b.nl;Gemeente;;{job_title}").encode())
    assert judged.job_titles == {}
    assert judged.fates[0].outcome == "fault"


@pytest.mark.parametrize("partner", ["=1+1", "x" * 201])
def test_what_can_be_no_partner_is_a_fault_of_its_row_and_no_question(partner):
    judged = fates((HEADER + f"a@b.nl;{partner};bestuur;").encode())
    assert judged.unknown_partners == ()
    assert judged.fates[0].outcome == "fault"


def test_an_unknown_partner_is_new_or_one_that_is_there_as_the_coordinator_says():
    content = (HEADER + "jan@school.nl;Brugschool;bestuur;").encode()
    assert fates(content).unknown_partners == ("Brugschool",)
    assert only(content, choices=Choices(partners={"Brugschool": NEW})).partner == "Brugschool"
    assert only(content, choices=Choices(partners={"Brugschool": "1"})).partner == 1
    assert only(content, choices=Choices(partners={"Brugschool": "99"})).outcome == "fault"


def test_an_exact_double_skips_itself_and_an_address_that_takes_part_already_is_no_fault():
    content = (HEADER + "a@b.nl;Gemeente;bestuur;\nA@B.nl;Gemeente;bestuur;\nc@b.nl;Gemeente;bestuur;").encode()
    known = Known(partners=KNOWN.partners, participants={"c@b.nl": Takes(2, "bestuur")})
    assert [fate.outcome for fate in fates(content, known=known).fates] == ["new", "skipped", "known"]


def test_a_corrected_list_changes_who_takes_part_but_not_where_somebody_is_who_has_sent():
    was = {
        "a@b.nl": Takes(1, "bestuur"),
        "b@b.nl": Takes(2, "management", "wethouder"),
        "c@b.nl": Takes(1, "bestuur", has_sent=True),
        "d@b.nl": Takes(2, "bestuur", "lid", has_sent=True),
        "e@b.nl": Takes(2, "bestuur", "lid"),
    }
    rows = "".join(f"{address};Gemeente;bestuur;{'voorzitter' if address < 'e' else ''}\n" for address in was)
    judged = fates((HEADER + rows).encode(), known=Known(partners=KNOWN.partners, participants=was)).fates
    assert [fate.outcome for fate in judged] == ["changed", "changed", "stays", "changed", "known"]
    school = KNOWN.partners[1]
    assert [fate.remark for fate in judged[:2]] == [f"Was: {school}, bestuur.", "Was: Gemeente, management."]
    assert judged[2].remark.startswith(f"Is al klaar, en blijft bij {school}, bestuur.")
    assert judged[3].remark == "Was: lid."


def test_a_domain_that_looks_mistyped_is_pointed_out():
    rows = "".join(f"p{number}@scholengroep.nl;Gemeente;bestuur;\n" for number in range(3))
    judged = fates(
        (HEADER + rows + "p4@scholengroep.n1;Gemeente;bestuur;\np5@scholengoep.nl;Gemeente;bestuur;").encode()
    )
    assert judged.fates[-1].remark == "Klopt dit adres? Bedoelt u @scholengroep.nl?"
    assert judged.fates[0].remark == ""


def test_excel_formulas_errors_dates_and_numbers_are_what_they_say_and_never_computed():
    rows = [["email", "partner", "niveau", "functie"], ["=A1", "Gemeente", "bestuur", "x"]]
    rows.append(["a@b.nl", "Gemeente", "bestuur", 12.0])
    table = read_table("x.xlsx", excel(rows))
    assert table.rows[1][1][0] == FORMULA
    assert table.rows[2][1][3] == "12"


def test_a_merged_cell_holds_for_all_its_rows():
    rows = [["email", "partner", "niveau"], ["a@b.nl", "Gemeente", "bestuur"], ["b@b.nl", None, None]]
    content = excel(rows, lambda book: (book.active.merge_cells("B2:B3"), book.active.merge_cells("C2:C3")))
    assert [fate.outcome for fate in fates(content).fates] == ["new", "new"]


def test_right_to_left_marks_and_zero_width_signs_are_taken_out():
    assert clean("jan\u202e@sch\u200bool.nl\xa0") == "jan@school.nl"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leeg"),
        (b"  \r\n ", "leeg"),
        (b"\x07\x1b\0\0\x9c\0" * 30, "geen CSV- of Excelbestand"),
        (b"PK\x03\x04 geen zip", "beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "oud of beschadigd Office-bestand"),
        (b"email;partner\n" + b"x" * 2_000_000 + b";y\n", "cel"),
        (b'email;partner\n"a@b.nl;x\n' * 10, "niet te lezen"),
        (b"a" * (LARGEST_FILE + 1), "te groot"),
        (b"email;partner\n" + b"a@b.nl;x\n" * 200_000, "meer dan 6000 rijen"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_table("lijst", content)


def zipped(**entries):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return written.getvalue()


def test_a_zip_that_is_no_workbook_and_one_that_unpacks_to_gigabytes_are_refused():
    with pytest.raises(Unreadable, match="zipbestand"):
        read_table("x.xlsx", zipped(tekst="hoi"))
    bomb = zipped(**{"[Content_Types].xml": "x", "xl/worksheets/sheet1.xml": b" " * 70_000_000})
    assert len(bomb) < 200_000
    with pytest.raises(Unreadable, match="te groot om te lezen"):
        read_table("x.xlsx", bomb)


def test_an_xml_bomb_in_a_workbook_is_refused():
    good = zipfile.ZipFile(io.BytesIO(excel([["email"], ["a@b.nl"]])))
    bomb = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY c "&a;&a;">]><worksheet>&c;</worksheet>'
    entries = {name: bomb if "sheet1" in name else good.read(name) for name in good.namelist()}
    with pytest.raises(Unreadable):
        read_table("x.xlsx", zipped(**entries))


SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


def changed(part, old, new, rows=(("email", "partner"), ("a@b.nl", "Gemeente"))):
    """Returns a workbook in which one part has something else."""
    good = zipfile.ZipFile(io.BytesIO(excel(rows)))
    entries = {TEXTS: b"<sst></sst>"} | {name: good.read(name) for name in good.namelist()}
    assert old in entries[part]
    return zipped(**entries | {part: entries[part].replace(old, new)})


@pytest.mark.parametrize(
    "content",
    [
        lambda: changed(TEXTS, b"</sst>", b"<si/>" * 500_000 + b"</sst>"),
        lambda: changed(TEXTS, b"</sst>", b"<si/>" * 11_500_000 + b"</sst>"),
        lambda: changed(TEXTS, b"</sst>", b'<x:si xmlns:x="y"/>' * 100_000 + b"</sst>"),
        lambda: changed(STYLES, b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>"),
        lambda: changed(SHEET, b"</row>", b"<c/>" * 1_000_000 + b"</row>"),
        lambda: changed(SHEET, b"<sheetData>", b"<x/>" * 2_000_000 + b"<sheetData>"),
        lambda: changed(SHEET, b"<sheetData>", b" " * 16_000_000 + b"<sheetData>"),
        lambda: zipped(**{"[Content_Types].xml": "x"}, **{f"xl/{number}.xml": "" for number in range(3000)}),
    ],
    ids=["texts", "many texts", "texts by another name", "styles", "a row", "a sheet", "blanks", "parts"],
)
def test_a_small_file_with_millions_of_things_in_it_is_refused_at_once(content):
    made = content()
    assert len(made) < 500_000
    started = time.perf_counter()
    with pytest.raises(Unreadable, match="te groot om te lezen"):
        read_table("x.xlsx", made)
    assert time.perf_counter() - started < HANGS


def test_merged_cells_by_the_thousand_take_no_time_and_a_real_one_still_holds():
    rows = [["email", "partner", "niveau"], *[[f"p{n}@b.nl", None, "bestuur"] for n in range(5000)]]
    rows[1][1] = "Gemeente"
    areas = b'<mergeCell ref="B2:B5001"/>' + b'<mergeCell ref="C2:C5001"/>' * 5990
    content = changed(SHEET, b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>", rows)
    started = time.perf_counter()
    assert fates(content).count("new") == 5000
    assert time.perf_counter() - started < HANGS


def test_a_list_in_which_each_address_has_a_domain_of_its_own_is_judged_in_time():
    often = [f"{'a' * 55}{number:02}.nl" for number in range(25)] * 3
    domains = often + [f"{'a' * 50}{number:05}.nl" for number in range(5900)]
    rows = "".join(f"p{number}@{domain};Gemeente;bestuur;\n" for number, domain in enumerate(domains))
    started = time.perf_counter()
    assert fates((HEADER + rows).encode()).count("new") == len(domains)
    assert time.perf_counter() - started < HANGS


@given(st.binary(max_size=400))
def test_whatever_the_bytes_reading_gives_a_table_or_a_sentence(content):
    for start in (b"", b"PK\x03\x04", b"email;partner;niveau\n", b"\xff\xfe"):
        with contextlib.suppress(Unreadable):
            fates(start + content)


@given(st.lists(st.lists(st.text(max_size=30), max_size=5), min_size=1, max_size=8))
def test_whatever_the_cells_each_row_has_one_fate(rows):
    table = Table([(number, cells) for number, cells in enumerate([["email", "partner", "niveau", "functie"], *rows])])
    heading = find_heading(table)
    judged = judge(table, heading.place, heading.columns, KNOWN, Choices())
    assert len(judged.fates) == len(rows)
    assert all(fate.faults or fate.partner is not None for fate in judged.fates if fate.outcome != "skipped")


def test_five_thousand_rows_are_read_and_judged():
    rows = [["e-mail", "partner", "niveau", "functie"]]
    rows += [[f"persoon{n}@school{n % 90}.nl", "Gemeente", "bestuur", "wethouder"] for n in range(5000)]
    for content in (excel(rows), "\n".join(";".join(row) for row in rows).encode()):
        started = time.perf_counter()
        judged = fates(content)
        assert time.perf_counter() - started < HANGS
        assert judged.count("new") == 5000


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_name_in_the_template_is_no_formula(text):
    assert harmless(text) == f"'{text}"
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(template_workbook([text])))
    assert not [cell for row in book["uitleg"].iter_rows() for cell in row if cell.data_type == "f"]

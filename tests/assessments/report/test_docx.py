"""The report as a Word file has all that is to be read, and is the same file for the same report."""

import io
import re
import subprocess
import zipfile
from datetime import date
from functools import cache
from itertools import pairwise

import page as page_validation
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from assessments.report.agreements import agreements_section, by_phase
from assessments.report.blocks import AdviceGroup, Advices, Points
from assessments.report.builder import build_report
from assessments.report.docx import docx_of
from assessments.report.docx.tables import widths
from assessments.report.facts import Agreed, OpenText, PartnerFacts
from assessments.report.pdf import pdf_of
from tests.assessments.report.test_builder import strings
from tests.report_cases import INSTRUMENT, M, U, facts, nijmegen, scores, texts


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@cache
def report_of(key):
    return build_report(nijmegen(), INSTRUMENT, facts(), key)


@cache
def made_of(key):
    return docx_of(report_of(key))


def opened(key):
    return Document(io.BytesIO(made_of(key)))


def runs(table):
    return [run for row in table.rows for cell in row.cells for p in cell.paragraphs for run in p.runs]


PASTED = "\x0b\x0c\x00\x1f\x7f\x9f\ufffe\u2028\r\n"


def test_signs_that_come_along_with_what_is_pasted_harm_neither_word_nor_pdf():
    said = OpenText("open_startcondities", "", f"Wij zien{PASTED}elkaar vaker.")
    names = {"network": f"Netwerk{PASTED}Oost", "round": f"Voorjaar{PASTED}", "municipalities": f"Oost{PASTED}dorp"}
    partner = PartnerFacts("school", f"De{PASTED}Linde", "school")
    about = facts(texts=(said,), partners=(partner,), organisation=f"Gemeente{PASTED}", **names)
    found = nijmegen(partners={"school": scores(3.9)})
    partners, report = (build_report(found, INSTRUMENT, about, key) for key in ("partner:school", "netwerk"))
    assert re.search(r"Rapport voor De\s+Linde", text_of(Document(io.BytesIO(docx_of(partners)))))
    written = text_of(Document(io.BytesIO(docx_of(report))))
    assert re.search(r"Netwerk\s+Oost", written)
    assert re.search(r"Wij zien\s+elkaar vaker", written)
    for profile in ("ua1", "3a"):
        assert page_validation.validate_pdf_bytes(pdf_of(report), profile=profile).failures == []


@pytest.mark.parametrize("key", ["netwerk", U, "samenvatting"])
def test_every_sentence_of_the_report_is_in_it(key):
    report = build_report(nijmegen(), INSTRUMENT, facts(texts=texts(5), is_constructed=True), key)
    written = text_of(Document(io.BytesIO(docx_of(report))))
    assert report.constructed in written
    for section in report.to_read:
        assert section.title in written
        for block in section.blocks:
            for sentence in strings(getattr(block, "text", "")):
                assert sentence in written


def test_headings_are_headings_and_tables_tables():
    report, document = report_of(M), opened(M)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in report.to_read]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Vanaf", "Duur", "Wat u doet"]


def test_what_was_agreed_stands_behind_the_report_by_phase():
    agreed = (
        Agreed("Samen eten.\x0b"),
        Agreed("Elke maand bellen.", "de scholen", date(2027, 3, 1), INSTRUMENT.name("communicatie"), "gedaan", "Fijn"),
    )
    document = Document(io.BytesIO(docx_of(report_of(U), [agreements_section(by_phase(agreed, INSTRUMENT))])))
    headings = [found.text for found in document.paragraphs if found.style.name.startswith("Heading")]
    assert headings[-1] == "Wat is afgesproken"
    first, second = document.tables[-2:]
    assert [cell.text for cell in first.rows[1].cells] == [
        *("Elke maand bellen.", "de scholen", "1 maart 2027", "Gedaan. Fijn")
    ]
    assert second.rows[1].cells[0].text.strip() == "Samen eten."


def test_where_nothing_was_agreed_there_is_room_to_note_it():
    document = Document(io.BytesIO(docx_of(report_of(U), [agreements_section(())])))
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["Wat", "Wie", "Wanneer"]
    assert "Wat spreken wij af?" in [found.text for found in document.paragraphs]


def test_equal_reports_give_equal_bytes_that_know_no_clock():
    made = made_of(M)
    assert docx_of(report_of(M)) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 3, 2, 9, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in parts.namelist()


def test_it_is_dutch_and_its_tables_have_a_head():
    document = opened(M)
    assert document.core_properties.language == "nl-NL"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_every_drawing_is_a_picture_with_its_sentence_in_it_and_below_it():
    report, document = report_of("netwerk"), opened("netwerk")
    charts = [chart for section in report.to_read for chart in section.charts]
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [chart.alt for chart in charts]
    below = [after.text for p, after in pairwise(document.paragraphs) if p._p.findall(f".//{qn('w:drawing')}")]
    assert below == [chart.alt for chart in charts]
    text_width = document.sections[0].page_width - 2 * document.sections[0].left_margin
    assert [shape.width.cm for shape in document.inline_shapes] == pytest.approx([text_width / 360_000], abs=0.01)


def test_it_is_on_a4_and_no_type_is_smaller_than_nine_points():
    document = opened(M)
    page = document.sections[0]
    assert (page.page_width.cm, page.page_height.cm) == pytest.approx((21.0, 29.7), abs=0.01)
    used = [document.styles["Header"], *(paragraph.style for paragraph in document.paragraphs)]
    assert min(style.font.size for style in used if style.font.size).pt >= 9
    assert min(run.font.size for table in document.tables for run in runs(table)).pt >= 9


def test_its_headings_have_the_colour_of_the_theme_of_the_gemeente(settings, tmp_path):
    settings.THEME_DIR, settings.THEME_CLASS = str(tmp_path), "oostdorp-theme"
    (tmp_path / "theme.css").write_text(".oostdorp-theme { --basis-heading-color: #7a1f5c }")
    document = Document(io.BytesIO(docx_of(report_of(M))))
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F5C"


def test_every_page_says_whose_report_it_is_and_that_it_is_a_concept():
    report = build_report(nijmegen(), INSTRUMENT, facts(is_concept=True), M)
    document = Document(io.BytesIO(docx_of(report)))
    assert document.sections[0].header.paragraphs[0].text == "CONCEPT · " + " · ".join(report.running)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([["Naam", "n"], ["ab", "12"]], [9.6, 6.4]),  # what fits on a line, in one measure
        ([["Wat", "Duur"], ["een lange zin met korte woorden", "12 min"]], [14.4, 1.6]),
        ([["a" * 60, "b" * 20]], [12.0, 4.0]),  # what fits nowhere gives in alike
    ],
)
def test_a_column_has_room_for_its_longest_word_and_more_for_more_text(texts, expected):
    assert widths(texts, 16.0) == pytest.approx(expected, abs=0.2)


@pytest.mark.files
@pytest.mark.parametrize("key", ["netwerk", U, "partner:school"])
def test_another_program_shows_every_word_whole(key, tmp_path):
    found = nijmegen(partners={"school": scores(3.9)})
    about = facts(texts=texts(5), partners=(PartnerFacts("school", "De Linde", "school"),))
    content = docx_of(build_report(found, INSTRUMENT, about, key))
    (tmp_path / "rapport.docx").write_bytes(content)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "rapport.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    pages = PdfReader(tmp_path / "rapport.pdf").pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    shown = set(" ".join(page.extract_text() for page in pages).split())
    assert set(text_of(Document(io.BytesIO(content))).split()) - shown == set()


def test_each_list_of_numbers_starts_at_one():
    document = opened("netwerk")
    lists = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Number":
            lists.setdefault(paragraph._p.pPr.numPr.numId.val, []).append(paragraph.text)
    report = report_of("netwerk")
    numbered = [b for s in report.sections for b in s.blocks if isinstance(b, Points) and b.style == "numbered"]
    assert list(lists.values()) == [list(block.items) for block in numbered]
    numbering = document.part.numbering_part.element
    for number in lists:
        assert numbering.num_having_numId(number).lvlOverride_lst[0].startOverride.val == 1


def test_every_advice_says_who_and_from_what():
    report, written = report_of(U), text_of(opened(U))
    cards = [c for s in report.sections for b in s.blocks if isinstance(b, Advices | AdviceGroup) for c in b.items]
    assert cards
    for card in cards:
        for said in (card.title, card.first_step, f"{card.who}.", *(source.text for source in card.sources)):
            assert said in written
    first = [c for s in report.sections for b in s.blocks if isinstance(b, Advices) for c in b.items]
    assert all(card.example in written for card in first)

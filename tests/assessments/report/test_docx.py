"""The report as a Word file has all its text and tables, and is the same file for the same report."""

import io
import re
import zipfile

import page as page_validation
import pytest
from docx import Document
from docx.oxml.ns import qn

from assessments.report.blocks import AdviceGroup, Advices, Points
from assessments.report.builder import build_report
from assessments.report.docx import docx_of
from assessments.report.facts import OpenText, PartnerFacts
from assessments.report.pdf import pdf_of
from tests.assessments.report.test_builder import strings
from tests.report_cases import INSTRUMENT, M, U, facts, nijmegen, scores, texts


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


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
def test_every_sentence_of_the_report_is_in_it_but_of_drawings_that_word_has_not(key):
    report = build_report(nijmegen(), INSTRUMENT, facts(texts=texts(5), is_constructed=True), key)
    written = text_of(Document(io.BytesIO(docx_of(report))))
    assert report.constructed in written
    for section in report.to_read:
        assert section.title in written
        for block in section.blocks:
            for sentence in strings(getattr(block, "text", "")):
                assert (sentence in written) != getattr(block, "is_about_drawing", False)


def test_headings_are_headings_and_tables_tables():
    report = build_report(nijmegen(), INSTRUMENT, facts(), M)
    document = Document(io.BytesIO(docx_of(report)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in report.to_read]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        *("Factor", "Uitvoerend", "Management", "Bestuur", "Netwerk")
    ]


def test_equal_reports_give_equal_bytes_that_know_no_clock():
    report = build_report(nijmegen(), INSTRUMENT, facts(), M)
    made = docx_of(report)
    assert docx_of(report) == made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 3, 2, 9, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in parts.namelist()


def test_it_is_dutch_and_its_tables_have_a_head():
    document = Document(io.BytesIO(docx_of(build_report(nijmegen(), INSTRUMENT, facts(), M))))
    assert document.core_properties.language == "nl-NL"
    assert {lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_each_list_of_numbers_starts_at_one():
    document = Document(io.BytesIO(docx_of(build_report(nijmegen(), INSTRUMENT, facts(), "netwerk"))))
    lists = {}
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Number":
            lists.setdefault(paragraph._p.pPr.numPr.numId.val, []).append(paragraph.text)
    report = build_report(nijmegen(), INSTRUMENT, facts(), "netwerk")
    numbered = [b for s in report.sections for b in s.blocks if isinstance(b, Points) and b.style == "numbered"]
    assert list(lists.values()) == [list(block.items) for block in numbered]
    numbering = document.part.numbering_part.element
    for number in lists:
        assert numbering.num_having_numId(number).lvlOverride_lst[0].startOverride.val == 1


def test_every_advice_says_who_and_from_what():
    report = build_report(nijmegen(), INSTRUMENT, facts(), U)
    written = text_of(Document(io.BytesIO(docx_of(report))))
    cards = [c for s in report.sections for b in s.blocks if isinstance(b, Advices | AdviceGroup) for c in b.items]
    assert cards
    for card in cards:
        for said in (card.title, card.first_step, f"{card.who}.", *(source.text for source in card.sources)):
            assert said in written
    first = [c for s in report.sections for b in s.blocks if isinstance(b, Advices) for c in b.items]
    assert all(card.example in written for card in first)

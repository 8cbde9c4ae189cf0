"""The report as Word: all its text and tables, and the same for the same report."""

import io

import pytest
from docx import Document
from report_cases import INSTRUMENT, M, U, facts, nijmegen, texts
from test_report_object import strings

from assessments.report.builder import build_report
from assessments.report.word import docx_of


def text_of(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("key", ["netwerk", U, "samenvatting"])
def test_every_sentence_of_the_report_is_in_it(key):
    report = build_report(nijmegen(), INSTRUMENT, facts(texts=texts(5), is_constructed=True), key)
    written = text_of(Document(io.BytesIO(docx_of(report))))
    assert report.constructed in written
    for section in report.sections:
        assert section.title in written
        for block in section.blocks:
            for sentence in strings(getattr(block, "text", "")):
                assert sentence in written


def test_headings_are_headings_and_tables_tables():
    report = build_report(nijmegen(), INSTRUMENT, facts(), M)
    document = Document(io.BytesIO(docx_of(report)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in report.sections]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Groep", "Uitgenodigd", "Ingevuld", "Respons"]


def test_equal_reports_give_equal_text():
    report = build_report(nijmegen(), INSTRUMENT, facts(), M)
    assert text_of(Document(io.BytesIO(docx_of(report)))) == text_of(Document(io.BytesIO(docx_of(report))))

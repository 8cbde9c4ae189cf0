"""A second validator agrees that our PDFs are accessible and archivable; it sees faults that the first passes over."""

import io

import page
import pytest
from pypdf import PdfWriter

from assessments.report.builder import build_report
from assessments.report.facts import OpenText
from assessments.report.pdf import pdf_of
from tests.assessments.report.test_pdf import CASES
from tests.report_cases import INSTRUMENT, facts, nijmegen
from tests.verapdf import faults_of

pytestmark = pytest.mark.long

PROFILES = ("ua1", "3a")


def test_every_kind_of_report_is_accepted(tmp_path):
    made = {
        name.replace(" ", "-"): pdf_of(build_report(found, INSTRUMENT, facts(**more), key))
        for name, (found, key, more) in CASES.items()
    }
    assert faults_of(tmp_path, made) == {(name, profile): "" for name in made for profile in PROFILES}


def test_so_is_one_in_many_scripts(tmp_path):
    wrote = OpenText("open_slot", "", "مرحبا ትግርኛ Łódź İzmir 中文 👍🏽 \ue000")
    report = build_report(nijmegen(), INSTRUMENT, facts(texts=(wrote,)), "netwerk")
    assert faults_of(tmp_path, {"scripts": pdf_of(report)}) == {("scripts", profile): "" for profile in PROFILES}


def test_it_refuses_what_the_first_one_accepts(tmp_path):
    """Pages that do not say which tags are theirs: so it is veraPDF that judges here."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(build_report(nijmegen(), INSTRUMENT, facts(), "samenvatting"))))
    for sheet in writer.pages:
        del sheet["/StructParents"]
    broken = io.BytesIO()
    writer.write(broken)
    assert page.is_pdf_compliant_bytes(broken.getvalue(), profile="ua1")
    assert "7.1-3" in faults_of(tmp_path, {"broken": broken.getvalue()})["broken", "ua1"]

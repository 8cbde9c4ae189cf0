"""What somebody hears who opens a report in Chromium's own viewer, which reads a PDF without its tags."""

import pytest

from assessments.report.builder import build_report
from assessments.report.pdf import pdf_of
from tests.chromium_tree import tree_of
from tests.report_cases import INSTRUMENT, facts, nijmegen

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def report():
    return build_report(nijmegen(), INSTRUMENT, facts(), "netwerk")


@pytest.fixture(scope="module")
def tree(report, playwright, browser_type_launch_args, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "netwerk.pdf").write_bytes(pdf_of(report))
    return tree_of(playwright, browser_type_launch_args, folder, "netwerk.pdf", report.title)


def test_the_sentence_of_every_figure_is_heard(report, tree):
    heard = "".join("".join(name.replace("<newline>", "").split()) for role, name in tree if role == "staticText")
    sentences = [chart.alt for section in report.sections for chart in section.charts]
    assert sentences
    assert [sentence for sentence in sentences if "".join(sentence.split()) not in heard] == []


def test_of_the_structure_it_tells_no_more_than_the_accessibility_page_says(tree):
    """Once this fails, Chromium reads tags, and templates/accessibility.html may say so."""
    roles = {role for role, _ in tree}
    assert {"heading", "paragraph", "staticText"} <= roles
    assert not roles & {"table", "list", "image", "figure"}

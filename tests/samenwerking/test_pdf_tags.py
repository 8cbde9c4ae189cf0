"""What a PDF tells a screen reader is true: where a figure is, where a link leads, in which language words are."""

import io
import subprocess
from collections import Counter
from datetime import UTC, datetime

import page
import pytest
from PIL import Image, ImageChops

from samenwerking import pdf
from tests.pdf_structure import descriptions, nodes, printed, told, untold

HTML = """<!doctype html>
<html lang="nl">
<head>
  <title>Proef</title>
  <link rel="stylesheet" href="/static/css/fonts.css">
  <style>
    @page { size: 400px 600px; margin: 40px; @bottom-right { content: "voet " counter(page) } }
    body { font: 12px "Source Sans 3"; margin: 0 }
    .tweede { break-before: page }
  </style>
</head>
<body>
  <h1>Proef</h1>
  <p>Lees <a href="https://example.org/een/lang/adres/">wat er staat op een bladzijde die ver weg ligt, en waarvan de
    naam langer is dan een regel</a> of <a href="#cijfers">de <em>cijfers</em></a>.</p>
  <p>Een vuistregel van de <span lang="en">Wilder <em>Collaboration</em> Factors Inventory</span>, en verder.</p>
  <h2 class="tweede" id="cijfers">Cijfers</h2>
  <p>Een regel.</p>
  <div style="padding-left: 30px"><svg viewBox="0 0 100 20" width="250" height="50"><title>Regels: 3,4</title>
    <rect width="100" height="20" fill="#ff0000"/></svg></div>
</body>
</html>"""


@pytest.fixture(scope="module", params=[True, False], ids=["fast", "slow"])
def document(request):
    return pdf.render(HTML, created=datetime(2026, 3, 1, tzinfo=UTC), fast=request.param)


def test_it_stays_accessible_and_archivable(document):
    assert [page.is_pdf_compliant_bytes(document, profile=profile) for profile in ("ua1", "3a")] == [True, True]


def test_a_link_is_described_by_its_whole_text_on_each_of_its_lines(document):
    far = "wat er staat op een bladzijde die ver weg ligt, en waarvan de naam langer is dan een regel"
    assert list(dict.fromkeys(descriptions(document))) == [far, "de cijfers"]
    assert descriptions(document).count(far) > 1


def test_words_in_another_language_say_which(document):
    [foreign] = [node for node in nodes(document, "/Span") if node["/K"] and node.get("/Lang") and len(node["/K"]) > 1]
    assert foreign["/Lang"] == "en"
    assert all("/Lang" not in node for node in nodes(document, "/P"))


def test_the_box_of_a_figure_lies_where_the_figure_is(document):
    command = ["pdftoppm", "-f", "2", "-l", "2", "-r", "72", "-png", "-"]
    shown = Image.open(io.BytesIO(subprocess.run(command, input=document, capture_output=True, check=True).stdout))
    red, green, blue = shown.convert("RGB").split()
    left, top, right, bottom = ImageChops.subtract(red, ImageChops.lighter(green, blue)).getbbox()
    [figure] = nodes(document, "/Figure")
    drawn = (left, shown.height - bottom, right, shown.height - top)
    assert [float(side) for side in figure["/A"]["/BBox"]] == pytest.approx(drawn, abs=1.5)


def test_all_that_is_printed_is_in_the_tree_but_the_running_heads(document):
    assert printed(document) - told(document) == Counter("voet1voet2")
    assert not told(document) - printed(document)


def test_no_text_stands_outside_the_tree_and_the_edges_of_a_page(document):
    assert untold(document) == []


def test_weasyprint_builds_its_tree_as_before_once_a_document_is_written(document):
    from weasyprint.pdf import tags

    assert tags._build_box_tree.__module__ == "weasyprint.pdf.tags"

"""The PDF is accessible and can be archived, fails where something would be left out, and is the same each time."""

import gc
import io
import itertools
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import page
import pytest
from pypdf import PdfReader
from weasyprint import Document

from samenwerking import pdf
from tests.pdf_structure import elements, structure

CREATED = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CSV = pdf.Attachment("cijfers.csv", b"factor,mean\nregels,3.4\n", "text/csv", "De cijfers van dit rapport")
HTML = """<!doctype html>
<html lang="nl">
<head>
  <title>Rapport over samenwerking</title>
  <meta name="description" content="Elf factoren op drie niveaus">
  <link rel="stylesheet" href="/static/css/fonts.css">
  <style>body { font-family: "Source Sans 3" }</style>
</head>
<body>
  <h1>Rapport</h1>
  <p>Lees verder op <a href="https://example.org/">de site</a> of <a href="#cijfers">bij de cijfers</a>.</p>
  <h2 id="cijfers">Cijfers</h2>
  <table>
    <caption>Gemiddelden per factor</caption>
    <thead><tr><th scope="col">Factor</th><th scope="col">Gemiddelde</th></tr></thead>
    <tbody><tr><th scope="row">Regels</th><td>3,4</td></tr></tbody>
  </table>
  <figure>
    <svg viewBox="0 0 100 20" width="300" height="60" font-family="Source Sans 3"><title>Regels: 3,4 van 5</title>
      <rect width="68" height="10" fill="#14607a"/><text x="0" y="18" font-size="7">Regels 3,4</text></svg>
    <figcaption>Het gemiddelde als staaf</figcaption>
  </figure>
  <ul><li>Eén</li><li>Twee</li></ul>
</body>
</html>"""


A_SECOND_THREAD = "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"


def rendered(body="", **options):
    html = HTML.replace("</body>", f"{body}</body>")
    return pdf.render(html, created=CREATED, attachments=[CSV], **options)


@pytest.fixture(scope="module")
def document():
    return rendered()


@pytest.fixture(scope="module")
def slow_document():
    return rendered(fast=False)


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_one_file_is_both_accessible_and_archivable(document, profile):
    report = page.validate_pdf_bytes(document, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_so_is_one_made_without_what_is_only_faster(slow_document, profile):
    assert page.is_pdf_compliant_bytes(slow_document, profile=profile)


def test_without_what_is_only_faster_text_structure_and_files_are_the_same(document, slow_document):
    fast, slow = (PdfReader(io.BytesIO(made)) for made in (document, slow_document))
    assert document != slow_document
    assert [sheet.extract_text() for sheet in slow.pages] == [sheet.extract_text() for sheet in fast.pages]
    assert structure(slow_document) == structure(document)
    assert "/Table" in dict(elements(structure(slow_document)))
    assert (slow.metadata, slow.attachments) == (fast.metadata, fast.attachments)


def test_without_what_is_only_faster_none_of_it_is_asked(monkeypatch):
    monkeypatch.setattr(pdf, "pdf_speed", None)
    assert rendered(fast=False).startswith(b"%PDF-")


@pytest.mark.parametrize("fast", [True, False])
def test_the_same_input_gives_the_same_bytes(fast):
    assert rendered(fast=fast) == rendered(fast=fast)


def test_a_style_sheet_that_changed_is_read_again(settings, tmp_path):
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("thema", str(tmp_path))]
    made = []
    for words in ("eerst", "daarna"):
        (tmp_path / "kop.css").write_text(f"body::before {{ content: '{words}' }}")
        made.append(rendered('<link rel="stylesheet" href="/static/thema/kop.css">'))
    texts = [PdfReader(io.BytesIO(document)).pages[0].extract_text() for document in made]
    assert ["eerst" in texts[0], "daarna" in texts[1], "eerst" in texts[1]] == [True, True, False]


def test_pdfs_made_at_once_are_those_made_one_by_one(document):
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: rendered(), range(8))) == [document] * 8
    assert gc.isenabled()


@pytest.mark.parametrize("was_on", [True, False])
def test_garbage_waits_for_a_pdf_only_where_one_thread_runs_and_is_then_looked_for_as_before(was_on):
    inside = "gc.disable() if not {on} else None\nwith undisturbed(): print(gc.isenabled())\nprint(gc.isenabled())"
    told = [_in_a_process(extra + inside.format(on=was_on)) for extra in ("", A_SECOND_THREAD)]
    assert told == [["False", str(was_on)], [str(was_on), str(was_on)]]


def _in_a_process(code):
    start = "import gc, threading\nfrom samenwerking.pdf_speed import undisturbed\n"
    done = subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("fast", [True, False])
def test_a_stream_that_would_end_on_a_carriage_return_is_mended(fast):
    """Its length is then in doubt, and the file is no PDF/A; it happens to one stream in 256."""
    contents = (f"factor,mean\nregels,{number}\n".encode() for number in itertools.count())
    content = next(content for content in contents if zlib.compress(content, 9).endswith(b"\r"))
    csv = pdf.Attachment("cijfers.csv", content, "text/csv", "Cijfers")
    document = pdf.render(HTML, created=CREATED, attachments=[csv], fast=fast)
    assert page.is_pdf_compliant_bytes(document, profile="3a")
    assert PdfReader(io.BytesIO(document)).attachments == {"cijfers.csv": [content]}


def test_a_file_whose_own_tables_end_so_is_written_again(monkeypatch):
    write, written = Document.write_pdf, []

    def first_one_spoilt(*arguments, **options):
        written.append(write(*arguments, **options))
        return written[0] + b"\r\nendstream" if len(written) == 1 else written[-1]

    monkeypatch.setattr(Document, "write_pdf", first_one_spoilt)
    document = rendered()
    assert len(written) == 2
    assert document == written[1] != written[0]
    assert page.is_pdf_compliant_bytes(document, profile="3a")


def test_title_language_and_date_are_those_of_the_content(document):
    reader = PdfReader(io.BytesIO(document))
    assert reader.metadata.title == "Rapport over samenwerking"
    assert reader.metadata.creation_date == CREATED
    assert reader.root_object["/Lang"] == "nl"


def test_the_data_travel_in_the_file(document):
    reader = PdfReader(io.BytesIO(document))
    assert reader.attachments == {"cijfers.csv": [CSV.content]}
    [file] = [reference.get_object() for reference in reader.root_object["/AF"]]
    assert file["/AFRelationship"] == "/Data"
    assert file["/EF"]["/F"]["/Subtype"] == "/text/csv"


def test_the_font_is_our_own(document):
    fonts = PdfReader(io.BytesIO(document)).pages[0]["/Resources"]["/Font"].values()
    assert {font["/BaseFont"].partition("+")[2].rstrip(",") for font in fonts} == {
        "Source-Sans-3",
        "Source-Sans-3-Bold",
    }


def test_the_chart_has_its_title_as_alternative_text(document):
    figures = [alternative for role, alternative in elements(structure(document)) if role == "/Figure"]
    assert figures == ["Regels: 3,4 van 5"]


NOT_OURS = [
    '<img alt="" src="https://example.org/picture.png">',
    '<img alt="" src="file:///etc/hostname">',
    '<img alt="" src="/v/somebody/">',
    '<img alt="" src="/static/../samenwerking/settings.py">',
    '<img alt="" src="/static/%2e%2e/samenwerking/settings.py">',
    '<img alt="" src="/static/css/there-is-no-such-file.css">',
    '<link rel="stylesheet" href="//example.org/style.css">',
    "<style>@import url(https://example.org/style.css);</style>",
    '<a rel="attachment" href="file:///etc/hostname">bijlage</a>',
]
LEFT_OUT = [
    '<svg width="9" height="9"><image href="https://example.org/picture.png" width="9" height="9"/></svg>',
    '<a href="#nowhere">nergens</a>',
]


@pytest.mark.parametrize("fast", [True, False])
def test_what_is_not_ours_is_refused(subtests, fast):
    for body in NOT_OURS:
        with subtests.test(body), pytest.raises(pdf.RefusedURL):
            rendered(body, fast=fast)


@pytest.mark.parametrize("fast", [True, False])
def test_what_would_be_left_out_is_an_error(subtests, fast):
    for body in LEFT_OUT:
        with subtests.test(body), pytest.raises(pdf.PDFError):
            rendered(body, fast=fast)


def test_a_page_without_a_title_is_refused():
    with pytest.raises(pdf.PDFError, match="title"):
        pdf.render('<html lang="nl"><p>Tekst</p></html>', created=CREATED)


@pytest.mark.parametrize("span", ["colspan", "rowspan"])
def test_a_table_with_spanned_cells_is_refused_and_a_text_about_one_is_not(span):
    """A screen reader would hear the wrong heads."""
    with pytest.raises(pdf.PDFError, match="spanned"):
        rendered(f'<table><tr><th {span}="2">Kop</th></tr><tr><td>1</td><td>2</td></tr></table>')
    assert rendered(f"<p>Iemand schreef {span}=&quot;2&quot;.</p>")

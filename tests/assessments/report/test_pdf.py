"""The report as PDF is accessible, archivable and complete, for every subject and for the clumsy cases."""

import io
import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import page
import pytest
from pypdf import PdfReader

from assessments.report.builder import build_report
from assessments.report.facts import CONSTRUCTED, Agreed, OpenText, PartnerFacts, Previous
from assessments.report.pdf import html_of, made_from, pdf_of
from assessments.templatetags.languages import FOREIGN
from samenwerking.pdf import render
from tests.pdf_structure import nodes, printed, structure, told, untold
from tests.report_cases import INSTRUMENT, B, M, U, facts, figure, nijmegen, results, scores, texts

LONG = "Samenwerkingsverband voor passend onderwijs, jeugdhulp en jeugdgezondheidszorg in de regio Noordoost-Zuidwest"
LONG_WORD = "Jeugdgezondheidszorgsamenwerkingsverbandsbestuurdersoverleg" * 2
MANY = {f"partner-{number}": scores(3.0 + number % 3) for number in range(60)}

OUDERS_FIGURE = figure(2.9, 14, interval=(figure(2.4).mean, figure(3.4).mean), split=True, unknown=figure(0.1).mean)
AGREED = tuple(
    Agreed("Kijk na elk overleg kort terug.", "de coördinator", date(2026, 1, 15), "Kennis", is_done=number % 2 == 0)
    for number in range(6)
)
PREVIOUS = Previous("Najaar 2025", date(2025, 11, 1), nijmegen(sd=figure(0.6).mean), INSTRUMENT.wording, agreed=AGREED)
AFTER_ANOTHER = "a second round, with ouders and all that was agreed"
CASES = {
    "network": (nijmegen(), "netwerk", {}),
    "level": (nijmegen(), U, {"texts": texts(6, level=U)}),
    "partner": (nijmegen(partners={"school": scores(3.9)}), "partner:school", {}),
    "summary": (nijmegen(), "samenvatting", {"is_constructed": True}),
    "constructed": (nijmegen(), M, {"is_constructed": True}),
    "long names": (
        nijmegen(partners={"school": scores(3.9)}),
        "partner:school",
        {
            "network": LONG,
            "round": LONG_WORD,
            "municipalities": LONG,
            "is_constructed": True,
            "partners": (PartnerFacts("school", f"{LONG} {LONG_WORD}", "school"),),
        },
    ),
    "long names in the summary": (
        nijmegen(),
        "samenvatting",
        {"network": LONG, "round": LONG, "municipalities": LONG, "is_constructed": True, "organisation": LONG},
    ),
    "a summary of levels that agree, after a round before, at a low response": (
        results({level: scores(3.4) for level in (U, M, B)}, n=12, invited=40),
        "samenvatting",
        {"previous": PREVIOUS, "wording": INSTRUMENT.wording, "is_constructed": True},
    ),
    "a summary of what is low at every level": (
        results({level: scores("low") for level in (U, M, B)}),
        "samenvatting",
        {},
    ),
    "few answered": (nijmegen(partners={"school": scores(3.9)}, n=8), "partner:school", {}),
    "a crowd in every row": (
        results({U: scores(4.4), M: scores(4.5), B: scores("high")}, partners={"school": scores(4.4)}),
        "partner:school",
        {},
    ),
    "60 partners": (nijmegen(partners=MANY), "netwerk", {}),
    "one level only": (results({U: scores(3.0)}, hidden=[M, B]), "netwerk", {}),
    "one level, its own report": (results({U: {"regels": 2.0}}, hidden=[M, B]), U, {}),
    "400 open answers": (nijmegen(), "netwerk", {"texts": texts(400)}),
    "an answer of 4000 signs": (
        nijmegen(),
        "netwerk",
        {"texts": (OpenText("open_slot", "", "woord & <b>meer " * 250),)},
    ),
    "much to say up front": (
        results({level: scores(3.5, regels=2.6, middelen=3.1) for level in (U, M, B)}, split=True),
        "netwerk",
        {"is_constructed": True},
    ),
    "a low response": (nijmegen(n=5, invited=40), "netwerk", {}),
    AFTER_ANOTHER: (
        nijmegen(ouders=OUDERS_FIGURE),
        "netwerk",
        {
            "previous": PREVIOUS,
            "wording": INSTRUMENT.wording,
            "texts": texts(60) + texts(9, level="ouders"),
            "network": LONG,
            "is_constructed": True,
            "is_concept": True,
        },
    ),
}


@pytest.fixture(scope="module")
def made():
    """Returns a function that gives a report and its PDF by name; each is made once."""
    kept = {}

    def make(name):
        if name not in kept:
            found, key, more = CASES[name]
            report = build_report(found, INSTRUMENT, facts(**more), key)
            kept[name] = report, pdf_of(report)
        return kept[name]

    return make


def pages(pdf):
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return text.rstrip("\f").split("\f")


@pytest.mark.parametrize("name", list(CASES))
def test_one_file_is_accessible_and_archivable(made, name):
    _, pdf = made(name)
    for profile in ("ua1", "3a"):
        validated = page.validate_pdf_bytes(pdf, profile=profile)
        assert [(failure.rule_id, failure.message) for failure in validated.failures] == []
        assert validated.is_compliant


def test_what_is_only_faster_changes_neither_text_nor_structure(made):
    report, fast = made("level")
    slow = render(html_of(report), created=report.made_at, fast=False)
    assert pages(slow) == pages(fast)
    assert structure(slow) == structure(fast)


@pytest.mark.parametrize("name", ["network", "level", "60 partners"])
def test_a_report_is_light(made, name):
    assert len(made(name)[1]) < 400_000


@pytest.mark.parametrize(("name", "most"), [("network", 15), ("level", 13), ("partner", 11)])
def test_a_report_is_short(made, name, most):
    assert len(PdfReader(io.BytesIO(made(name)[1])).pages) <= most


@pytest.mark.parametrize("name", [*CASES, "lines"])
def test_the_page_is_whole_xml_which_is_read_fast(made, name):
    if name == "lines":
        answer = OpenText("open_slot", "", "eerste & regel\r\n<tweede>")
        report = build_report(nijmegen(), INSTRUMENT, facts(texts=(answer,)), "netwerk")
    else:
        report, _ = made(name)
    assert ElementTree.fromstring(html_of(report)).tag == "html"


@pytest.mark.parametrize("name", [name for name, (_, key, _) in CASES.items() if key == "samenvatting"])
def test_the_summary_is_one_page(made, name):
    assert len(PdfReader(io.BytesIO(made(name)[1])).pages) == 1


@pytest.mark.parametrize("name", ["network", "level", "partner"])
def test_the_text_reads_in_the_order_of_the_sections(made, name):
    report, pdf = made(name)
    text = re.sub(r"\s+", " ", " ".join(pages(pdf)))
    place = 0
    for section in report.sections:
        place = text.find(f"{section.eyebrow.upper()} {section.title} ".lstrip(), place)
        assert place >= 0, section.title


@pytest.mark.parametrize("name", ["network", "level", "400 open answers", "one level only"])
def test_the_bookmarks_are_the_sections(made, name):
    report, pdf = made(name)
    outline = PdfReader(io.BytesIO(pdf)).outline
    nested = next(entry for entry in outline if isinstance(entry, list))
    titles = [entry.title for entry in nested if not isinstance(entry, list)]
    assert titles == [section.title for section in report.sections]


@pytest.mark.parametrize("name", ["network", "level", "one level only"])
def test_the_contents_lead_to_each_section_by_one_link_that_is_described_by_its_text(made, name):
    report, pdf = made(name)
    links = [note.get_object() for note in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]]
    to_read_first = [*report.to_read, *report.annex]
    assert [(link["/Contents"], link["/Dest"]) for link in links] == [(s.title, s.key) for s in to_read_first]


@pytest.mark.parametrize("name", list(CASES))
def test_no_text_stands_outside_the_tags(made, name):
    assert untold(made(name)[1]) == []


@pytest.mark.parametrize("name", ["partner", "summary"])
def test_all_that_is_printed_is_told_but_what_stands_at_the_edges_of_each_page(made, name):
    report, pdf = made(name)
    count = len(pages(pdf))
    edges = "".join(f"pagina {number} van {count}{report.constructed}" for number in range(1, count + 1))
    if not report.is_one_page:
        edges += "".join(report.running) * (count - 1)
    assert printed(pdf) - told(pdf) == Counter("".join(edges.split()))
    assert not told(pdf) - printed(pdf)


@pytest.mark.parametrize("name", list(CASES))
def test_every_figure_has_its_box_on_its_page_and_its_sentence_beside_it(made, name):
    report, pdf = made(name)
    figures = nodes(pdf, "/Figure")
    said = [drawn["/Alt"].replace("\u00a0", " ") for drawn in figures]
    assert said == [chart.alt for s in report.sections for chart in s.charts]
    for drawn in figures:
        left, foot, right, top = (float(side) for side in drawn["/A"]["/BBox"])
        _, _, width, height = (float(side) for side in drawn["/Pg"]["/MediaBox"])
        assert 0 < left < right < width
        assert 0 < foot < top < height
    text = "".join("".join(pages(pdf)).split())
    assert all("".join(drawn["/Alt"].split()) in text for drawn in figures)


@pytest.mark.parametrize("name", ["network", "level"])
def test_words_that_are_not_dutch_are_in_their_own_language(made, name):
    html = html_of(made(name)[0])
    for words, language in FOREIGN.items():
        assert html.count(words) == html.count(f'<span lang="{language}">{words}</span>') == 1
    assert {node["/Lang"] for node in nodes(made(name)[1], "/Span") if "/Lang" in node} == set(FOREIGN.values())


@pytest.mark.parametrize("name", ["constructed", "long names", "summary"])
def test_a_constructed_network_says_so_on_every_page(made, name):
    for text in pages(made(name)[1]):
        assert CONSTRUCTED in re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", ["network", "60 partners"])
def test_a_collected_one_does_not(made, name):
    assert "bedacht" not in " ".join(pages(made(name)[1]))


def test_every_page_says_whose_it_is_and_which_it_is(made):
    _, pdf = made("level")
    found = pages(pdf)
    for number, text in enumerate(found, start=1):
        assert f"pagina {number} van {len(found)}" in text
        assert "Netwerk Oost" in text
        assert "Voorjaar 2026" in text


@pytest.mark.parametrize("name", ["network", "level", "400 open answers", "long names"])
def test_no_heading_is_left_alone_at_the_foot_of_a_page(made, name):
    """The last line of a page, above its foot, is never a heading."""
    report, pdf = made(name)
    headings = {block.text for s in report.sections for block in s.blocks if type(block).__name__ == "Heading"}
    headings |= {
        block.name for s in report.sections for block in s.blocks if type(block).__name__ in ("FactorBlock", "Topic")
    }
    headings |= {section.title for section in report.sections}
    for text in pages(pdf)[1:]:
        lines = [line for line in text.splitlines() if line and not line.startswith(("pagina ", "Voorbeeld:"))]
        assert lines[-1] not in headings


def test_the_rows_of_a_factor_stay_together(made):
    """A page that begins with the second row of a factor would not say which factor it is."""
    first = []
    for name in ("network", "level", "much to say up front", "one level, its own report"):
        layout = ["pdftotext", "-layout", "-", "-"]
        text = subprocess.run(layout, input=made(name)[1], capture_output=True, check=True).stdout.decode()
        lines = [line for line in text.splitlines() if line.strip()]
        first += [after for line, after in pairwise(lines) if line.split()[:3] == ["Groep", "Score", "Interval"]]
    assert len(first) > 11  # a table for each phase; some go on on a next page
    assert not [line for line in first if line.startswith(" ")]


TO_READ = 7  # pages before the annex


def _pages_before_the_annex(found):
    return next((number for number, text in enumerate(found) if "BIJLAGE" in text), len(found))


def test_what_is_to_be_read_has_seven_pages_at_most_and_a_partners_report_two(made):
    found = {name: pages(made(name)[1]) for name in CASES}
    annex = {name: _pages_before_the_annex(some) for name, some in found.items()}
    partners = {name for name, (_, key, _) in CASES.items() if key.startswith("partner")}
    assert {name: number for name, number in annex.items() if number > (2 if name in partners else TO_READ)} == {}


def test_no_head_of_the_table_of_the_response_is_broken(made):
    for name in ("network", "a low response", "one level only"):
        assert any({"Uitgenodigd", "Ingevuld", "Respons"} <= set(text.split()) for text in pages(made(name)[1])), name


def test_the_profile_is_whole_on_page_2(made):
    whole = ("network", "level", "constructed", "much to say up front", "a low response", "60 partners", AFTER_ANOTHER)
    for name in whole:
        assert "1 = helemaal mee oneens" in pages(made(name)[1])[1], name


def test_a_concept_says_so_on_every_page_and_holds_what_the_final_one_holds():
    concept, final = (
        build_report(nijmegen(), INSTRUMENT, facts(is_concept=is_one), "netwerk") for is_one in (True, False)
    )
    assert all("CONCEPT" in text for text in pages(pdf_of(concept)))
    assert not any("CONCEPT" in text for text in pages(pdf_of(final)))
    assert concept.sections == final.sections


def test_a_concept_of_constructed_answers_says_both_beside_each_other_on_every_page(made):
    assert all(f"CONCEPT. {CONSTRUCTED}" in text for text in pages(made(AFTER_ANOTHER)[1]))


def test_the_data_travel_in_the_file(made):
    report, pdf = made("network")
    attached = PdfReader(io.BytesIO(pdf)).attachments
    assert {name: content[0].decode() for name, content in attached.items()} == dict(report.data)


def test_equal_reports_give_equal_bytes(made):
    report, pdf = made("summary")
    assert pdf_of(report) == pdf


def test_what_a_pdf_is_made_from_changes_with_what_it_says_and_how_it_looks(settings, tmp_path):
    report = nijmegen(), INSTRUMENT, facts()
    before = made_from(*report)
    assert made_from(*report) == before
    said = [
        (nijmegen(minimum=6), INSTRUMENT, facts()),
        (nijmegen(), replace(INSTRUMENT, note="Gevalideerd."), facts()),
        (nijmegen(), INSTRUMENT, facts(texts=texts(1))),
        (nijmegen(), INSTRUMENT, facts(partners=())),
        (nijmegen(), INSTRUMENT, facts(organisation="Gemeente Oostdorp")),
    ]
    assert len({before, *(made_from(*other) for other in said)}) == 6
    (tmp_path / "theme.css").write_text(":root { --basis-color-accent-1-inverse-bg-default: #7a1f5c }")
    settings.THEME_DIR = str(tmp_path)
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, ("thema", str(tmp_path))]
    assert made_from(*report) != before


def test_what_a_person_wrote_is_text_and_no_markup(made):
    text = re.sub(r"\s+", " ", " ".join(pages(made("an answer of 4000 signs")[1])))
    assert "woord & <b>meer" in text

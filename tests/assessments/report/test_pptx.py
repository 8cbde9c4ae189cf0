"""The report as slides says what is talked about, to eyes and to a screen reader, and never more than fits."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pypdf import PdfReader

from assessments.dutch import capital
from assessments.report.agreements import by_phase
from assessments.report.blocks import AdviceGroup, Advices, Quotes, Topic
from assessments.report.builder import build_report
from assessments.report.facts import Agreed, OpenText, PartnerFacts, Previous
from assessments.report.pptx import build_deck, pptx_of
from assessments.report.pptx.fit import BODY, SIZES, Box, Line, fitted, fitted_title, height
from tests.report_cases import FACTORS, INSTRUMENT, U, facts, nijmegen, scores, texts

SAME = dict.fromkeys(FACTORS, ())
AGREED = (Agreed("Elke maand overleg", outcome="gelukt", is_done=True), Agreed("Eén aanspreekpunt"))
BEFORE = Previous("Najaar 2024", None, nijmegen(), SAME, agreed=AGREED)
SCHOOL = (PartnerFacts("school", "De Linde", "school"),)
KEYS = ["netwerk", U, "partner:school", "samenvatting"]
LONG = "Samenwerkingsverband" + " Passend Onderwijs" * 20
MANY = tuple(
    OpenText(question.key, "", f"{number} {'Wij zien elkaar vaker dan vorig jaar. ' * (number % 9 + 1)}")
    for question in INSTRUMENT.open_questions
    for number in range(150)
)
CASES = {
    "plain": {"texts": texts(5)},
    "full": {"texts": MANY, "previous": BEFORE, "wording": SAME, "is_concept": True, "is_constructed": True},
    "long": {
        "network": LONG,
        "round": "Ronde" + "y" * 200,
        "municipalities": LONG,
        "organisation": LONG,
        "partners": (PartnerFacts("school", LONG, "school"),),
        "texts": (OpenText("open_startcondities", "", "x" * 2000),),
        "previous": replace(BEFORE, agreed=(Agreed(LONG, outcome="gelukt", remark=LONG * 3),) * 5),
        "wording": SAME,
        "is_concept": True,
        "is_constructed": True,
    },
}


def about(case):
    return facts(**({"partners": SCHOOL} | CASES[case]))


def found():
    return nijmegen(partners={"school": scores(3.9)})


@cache
def report_of(key, case="full"):
    return build_report(found(), INSTRUMENT, about(case), key)


@cache
def made_of(key, case="full"):
    return pptx_of(build_deck(found(), INSTRUMENT, about(case), key))


def opened(key, case="full"):
    return Presentation(io.BytesIO(made_of(key, case)))


def title(slide):
    return slide.shapes.title.text_frame.text


def said(slide):
    """Returns all text of a slide, in the order in which it is read."""
    parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    return "\n".join([*parts, *(cell.text for table in tables for row in table.rows for cell in row.cells)])


def with_title(key, start, case="full"):
    return [slide for slide in opened(key, case).slides if title(slide).startswith(start)]


def blocks(key, kind, case="full"):
    return [block for section in report_of(key, case).to_read for block in section.blocks if isinstance(block, kind)]


# What they say.


def test_the_slides_follow_the_meeting():
    titles = [title(slide) for slide in opened("netwerk").slides]
    assert [re.sub(r"(:|\. ).*", "", one) for one in titles] == [
        *("Rapport van het netwerk", "De kern", "Wie antwoordden?"),
        *["Het profiel"] * 3,
        *["Verschil"] * 3,
        *("Wat mensen schreven", "Wat veranderde er?", "Advies 1", "Advies 2", "Advies 3", "Wat spreken wij af?"),
    ]


def test_without_a_previous_round_or_a_text_there_is_no_slide_for_it():
    slides = pptx_of(build_deck(found(), INSTRUMENT, facts(), "netwerk"))
    titles = {title(slide) for slide in Presentation(io.BytesIO(slides)).slides}
    assert titles.isdisjoint({"Wat mensen schreven", "Wat veranderde er?"})


def agreed_slides(agreed):
    deck = build_deck(found(), INSTRUMENT, facts(), "netwerk", by_phase(agreed, INSTRUMENT))
    made = Presentation(io.BytesIO(pptx_of(deck)))
    return [slide for slide in made.slides if title(slide).startswith(("Wat is afgesproken", "Wat spreken wij"))]


def test_what_was_agreed_stands_by_phase_before_the_room_for_more():
    agreed = (
        Agreed("Samen eten."),
        Agreed("Elke maand bellen.", "de scholen", date(2027, 3, 1), INSTRUMENT.name("communicatie")),
        Agreed("Kennen.", factor=INSTRUMENT.name("voorgeschiedenis"), outcome="gedaan", remark="Iedereen kent elkaar"),
    )
    stands, room = agreed_slides(agreed)
    phases = [phase.phase for phase in by_phase(agreed, INSTRUMENT)]
    assert stands.placeholders[1].text_frame.text.split("\n") == [
        *(phases[0], "Kennen: gedaan. Iedereen kent elkaar"),
        *(phases[1], "Elke maand bellen: de scholen, klaar op 1 maart 2027"),
        *(phases[2], "Samen eten"),
    ]
    assert title(room) == "Wat spreken wij nog af?"
    assert set(said(room).split("\n")) >= {"Wat", "Wie", "Wanneer"}


def test_many_long_agreements_stand_whole_on_more_slides_with_titles_of_their_own():
    agreed = tuple(Agreed(f"{number} {'lang ' * 55}", "wie " * 45, remark="zo " * 90) for number in range(9))
    *stand, _ = agreed_slides(agreed)
    assert len({title(slide) for slide in stand}) == len(stand) > 1
    written = " ".join(said(slide) for slide in stand)
    for one in agreed:
        assert one.what.strip() in written
    assert "…" not in written


@pytest.mark.parametrize("key", KEYS)
def test_the_first_slide_says_whose_it_is_and_that_it_is_a_constructed_concept(key):
    report, first = report_of(key), opened(key).slides[0]
    assert title(first) == report.title
    for sentence in (report.network, report.round, *report.facts, report.constructed):
        assert sentence in said(first)
    assert "Concept: dit rapport is nog niet gepubliceerd." in said(first)


@pytest.mark.parametrize("key", KEYS)
def test_every_other_slide_says_so_at_its_foot_and_has_its_number(key):
    for number, slide in enumerate(list(opened(key).slides)[1:], start=2):
        *_, foot, own = slide.shapes
        assert foot.text_frame.text == "CONCEPT · Voorbeeld: bedachte antwoorden · Netwerk Oost · Voorjaar 2026"
        assert [text.text for text in own._element.iter(qn("a:t"))] == [str(number)]


def test_each_difference_has_its_questions():
    topics = blocks("netwerk", Topic)[:3]
    slides = with_title("netwerk", "Verschil")
    assert [capital(title(slide).removeprefix("Verschil: ")) for slide in slides] == [topic.name for topic in topics]
    for topic, slide in zip(topics, slides, strict=True):
        for sentence in (topic.text, *topic.questions):
            assert sentence in said(slide)


@pytest.mark.parametrize("key", ["netwerk", U, "partner:school"])
def test_each_advice_says_how_and_with_which_step(key):
    given = [card for block in blocks(key, Advices | AdviceGroup) for card in block.items][:3]
    slides = with_title(key, "Advies")
    assert [title(slide) for slide in slides] == [f"Advies {n}. {card.title}" for n, card in enumerate(given, start=1)]
    for card, slide in zip(given, slides, strict=True):
        for sentence in (card.how, card.first_step, card.who, card.why):
            assert sentence in said(slide)


def test_what_changed_says_how_sure_that_is_and_what_came_of_what_was_agreed():
    [slide] = with_title("netwerk", "Wat veranderde er?")
    for sentence in ("Of een verandering meer is dan toeval", "is geen zekerheid", "Elke maand overleg: gelukt"):
        assert sentence in said(slide)


def test_of_many_texts_the_first_that_fit_are_shown_and_it_is_said_that_there_are_more():
    [slide] = with_title("netwerk", "Wat mensen schreven")
    for quotes in blocks("netwerk", Quotes):
        assert f"‘{quotes.texts[0].strip()[:60]}" in said(slide)
    assert "Dit is een deel, door het lot gekozen." in said(slide)
    [all_of_them] = with_title("netwerk", "Wat mensen schreven", "plain")
    assert "Dit is een deel" in said(all_of_them)  # three of five


@pytest.mark.parametrize("key", ["partner:school", "samenvatting"])
def test_who_may_read_no_open_answers_gets_none(key):
    assert all("Wij zien elkaar" not in said(slide) for slide in opened(key).slides)


def test_the_slides_of_a_summary_say_nothing_that_the_summary_does_not():
    titles = [title(slide) for slide in opened("samenvatting").slides]
    assert not [one for one in titles if one.startswith(("Verschil", "Advies"))]
    assert "Om mee te beginnen" in titles
    *slides, _ = opened("samenvatting").slides
    assert not [shape for slide in slides for shape in slide.shapes if shape.has_table]


def test_the_last_slide_has_empty_lines_to_write_in():
    *_, last = opened("netwerk").slides
    [table] = [shape.table for shape in last.shapes if shape.has_table]
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == ["Wat", "Wie", "Wanneer"]
    assert rows == [["", "", ""]] * 4


# How they are read.


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("case", CASES)
def test_each_slide_has_a_title_of_its_own_before_all_else_and_no_placeholder_is_empty(key, case):
    slides = opened(key, case).slides
    assert len({title(slide) for slide in slides}) == len(slides)
    for slide in slides:
        assert next(iter(slide.shapes)).shape_id == slide.shapes.title.shape_id
        for shape in slide.placeholders:
            assert "".join(shape._element.itertext()).strip(), (title(slide), shape.name)


@pytest.mark.parametrize("key", KEYS)
def test_each_picture_and_table_has_an_alternative_text(key):
    shapes = [shape for slide in opened(key).slides for shape in slide.shapes]
    drawn = [s for s in shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE or s.has_table]
    assert len(drawn) >= 4
    for shape in drawn:
        [properties] = shape._element.iter(qn("p:cNvPr"))
        assert len(properties.get("descr")) > 10


def test_the_alternative_texts_of_the_profile_have_every_score_that_is_drawn():
    told = [
        next(s._element.iter(qn("p:cNvPr"))).get("descr")
        for slide in with_title("netwerk", "Het profiel")
        for s in slide.shapes
        if s.shape_type == MSO_SHAPE_TYPE.PICTURE
    ]
    for factor in INSTRUMENT.factors:
        assert any(f"{factor.name}: uitvoerend " in text and "; netwerk " in text for text in told)


@pytest.mark.parametrize("key", KEYS)
def test_all_text_is_dutch_and_large_enough_for_the_back_of_the_room(key):
    for slide in opened(key).slides:
        for tag in ("a:rPr", "a:endParaRPr"):
            for properties in slide._element.iter(qn(tag)):
                assert properties.get("lang") == "nl-NL"
                assert int(properties.get("sz")) >= 1800
        assert len(list(slide._element.iter(qn("a:r")))) == len(list(slide._element.iter(qn("a:rPr")))) - len(
            list(slide._element.iter(qn("a:fld")))
        )


def test_master_and_layouts_are_dutch_too_and_know_no_date():
    made = opened("netwerk")
    for part in (made.slide_master, *made.slide_layouts):
        assert {found.get("lang") for found in part._element.iter(qn("a:rPr"))} <= {"nl-NL"}
        assert PP_PLACEHOLDER.DATE not in {shape.placeholder_format.type for shape in part.placeholders}
        assert "Click to" not in "".join(part._element.itertext())
    assert made.core_properties.language == "nl-NL"
    assert made.core_properties.title == "Rapport van het netwerk: Netwerk Oost"


def test_they_are_in_the_theme_of_the_gemeente(settings, tmp_path):
    settings.THEME_DIR, settings.THEME_CLASS = str(tmp_path), "oostdorp-theme"
    (tmp_path / "theme.css").write_text(".oostdorp-theme { --basis-heading-color: #7a1f5c }")
    with zipfile.ZipFile(io.BytesIO(pptx_of(build_deck(found(), INSTRUMENT, facts(), "samenvatting")))) as parts:
        assert re.search(rb'<a:dk2><a:srgbClr [^>]*val="7A1F5C"', parts.read("ppt/theme/theme1.xml"))


def test_equal_reports_give_equal_bytes_that_know_no_clock():
    again = pptx_of(build_deck(found(), INSTRUMENT, about("full"), "netwerk"))
    assert made_of("netwerk") == again
    with zipfile.ZipFile(io.BytesIO(again)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2026, 3, 2, 9, 0, 0)}
        assert not [name for name in parts.namelist() if "thumbnail" in name or "printerSettings" in name]


# What fits.


def test_they_are_sixteen_to_nine_and_nothing_stands_outside_a_slide_or_on_something_else():
    for case in CASES:
        for key in KEYS:
            made = opened(key, case)
            assert made.slide_width * 9 == made.slide_height * 16
            for slide in made.slides:
                boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
                assert min(min(box) for box in boxes) >= 0
                assert max(box[2] for box in boxes) <= made.slide_width
                assert max(box[3] for box in boxes) <= made.slide_height
                for place, one in enumerate(boxes):
                    for other in boxes[:place]:
                        apart = one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
                        assert apart, (case, key, title(slide))


def test_text_is_as_large_as_fits_and_is_cut_where_it_fits_at_no_size():
    assert fitted([Line("Kort")], BODY) == (SIZES[0], [Line("Kort")])
    size, [line] = fitted([Line("Wij zien elkaar. " * 200, "Waarom")], BODY)
    assert (size, line.label) == (SIZES[-1], "Waarom")
    assert line.text.endswith(" …")
    assert height([line], size, BODY.width) <= BODY.height < height([Line(line.text + line.text)], size, BODY.width)
    size, cut = fitted_title("Samenwerking " * 100, Box(0, 0, 872, 82), 34)
    assert size == 28
    assert cut.startswith("Samenwerking Samenwerking")


def test_every_advice_of_the_instrument_fits_whole():
    for advice in INSTRUMENT.advice:
        why = max((rule.why(advice.key) for rule in INSTRUMENT.rules if advice.key in rule.advice), key=len, default="")
        lines = [
            Line(advice.how),
            Line(advice.first_step, "Eerste stap"),
            Line("alle", "Voor wie"),
            Line(why, "Waarom"),
        ]
        assert fitted(lines, BODY)[1] == lines


@pytest.mark.files
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("key", KEYS)
def test_another_program_shows_every_word_whole_within_its_slide(key, case, tmp_path):
    (tmp_path / "rapport.pptx").write_bytes(made_of(key, case))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "rapport.pptx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    pages, slides = PdfReader(tmp_path / "rapport.pdf").pages, list(opened(key, case).slides)
    assert len(pages) == len(slides)
    for slide, page in zip(slides, pages, strict=True):
        shown = "".join(page.extract_text().split())
        assert [word for word in said(slide).split() if word not in shown and len(word) < 100] == []
    for number, bottom in bottoms(tmp_path / "rapport.pdf"):
        assert bottom <= (BODY.top + BODY.height if number > 1 else 508), (number, title(slides[number - 1]))


def bottoms(path):
    """Yields for each page how far down its lowest word reaches, but for the foot, in points."""
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    for number, page in enumerate(told.split("<page ")[1:], start=1):
        words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', page)
        ends = [float(end) for start, end in words if number == 1 or float(start) < 490]
        yield number, max(ends)

"""The change since the previous round comes from published figures, with its interval, in words that claim no more."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

import page
import pytest
import scipy.stats
from docx import Document
from pypdf import PdfReader

from assessments.disclosure.changes import Change, changes
from assessments.disclosure.publish import publish
from assessments.report.blocks import Heading, Table, Text
from assessments.report.builder import build_report
from assessments.report.docx import docx_of
from assessments.report.facts import Previous
from assessments.report.pdf import pdf_of
from assessments.report.sentences.change import change_sentence, change_verdict
from assessments.scores.groups import NETWORK, level_group
from tests.people import INSTRUMENT as TESTED
from tests.people import answering, plain_scores
from tests.report_cases import FACTORS, INSTRUMENT, B, M, U, facts, figure, nijmegen, published, results, scores

UITVOEREND = level_group(U)


def spread(mean, sd, n=12):
    """Returns a figure of a group that is large enough for everything."""
    return figure(mean, n, split=False, unknown=Decimal("0.0"), sd=Decimal(str(sd)))


def of(before, now, which=UITVOEREND, *, is_comparable=True):
    """Returns the change of one group on one factor between two published rounds."""
    found = changes(before, now, [which], ["regels"], ["regels"] if is_comparable else [])
    assert len(found) == 1
    return found[0]


def round_of(regels, level=U):
    return published({level: {"regels": regels}} if regels is not None else {}, hidden=[] if regels else [level])


def welch(now, before):
    """Returns Welch's interval from published means, spreads and numbers, within −4 and 4.

    Each argument has one group, or levels that weigh the same. Two means of one decimal differ by up to a tenth from
    what they are rounded from.
    """
    parts = [(float(f.sd) ** 2 / f.n / len(own) ** 2, f.n - 1) for own in (now, before) for f in own]
    error = sum(e for e, _ in parts)
    half = scipy.stats.t.ppf(0.975, error**2 / sum(e**2 / df for e, df in parts)) * error**0.5 + 0.1
    change = published_mean(now) - published_mean(before)
    return [max(change - half, -4), min(change + half, 4)]


def published_mean(own):
    return round(sum(float(f.mean) for f in own) / len(own), 1)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (spread(3.0, 0.8), spread(3.6, 0.7)),
        (spread(3.0, 0.3, 6), spread(3.6, 1.2, 40)),
        (spread(1.1, 0.3, 10), spread(4.9, 0.3, 10)),
        (spread(4.0, 1.7, 6), spread(2.0, 2.0, 6)),
    ],
)
def test_a_change_is_published_minus_published_with_welchs_interval(before, now):
    found = of(round_of(before), round_of(now))
    assert found.size == now.mean - before.mean
    assert [float(bound) for bound in found.interval] == pytest.approx(welch([now], [before]), abs=0.05001)
    assert found.obstacle is None


def test_by_hand():
    """The interval is worked out by hand.

    s = 0.8 and 0.6, n = 10: SE = √(0.064 + 0.036) = 0.316, df = 0.01/(0.064² + 0.036²)·9 = 16.7, t = 2.113; and 0.1 is
    added on both sides.
    """
    found = of(round_of(spread(3.0, 0.8, 10)), round_of(spread(3.5, 0.6, 10)))
    assert list(map(str, (found.size, *found.interval))) == ["0.5", "-0.3", "1.3"]
    assert not found.is_beyond_chance


@pytest.mark.parametrize(
    ("before", "now", "size", "obstacle"),
    [
        (figure(3.0), figure(3.4), "0.4", "small"),
        (figure(3.0), spread(3.4, 0.8), "0.4", "small"),
        (spread(3.0, 0.8), figure(3.4), "0.4", "small"),
        (figure("low"), spread(3.4, 0.8), None, "limit_before"),
        (spread(3.4, 0.8), figure("high"), None, "limit_now"),
        (figure("low"), figure("high"), None, "limit_now"),
        (None, spread(3.4, 0.8), None, "hidden_before"),
        (spread(3.4, 0.8), None, None, "hidden_now"),
        (None, None, None, "hidden_both"),
    ],
)
def test_where_there_is_no_change_or_no_interval_it_says_why(before, now, size, obstacle):
    found = of(round_of(before), round_of(now))
    assert (found.size and str(found.size), found.interval, found.obstacle) == (size, None, obstacle)
    assert not found.is_beyond_chance


def test_other_statements_are_never_compared():
    found = of(round_of(spread(3.0, 0.8)), round_of(spread(3.4, 0.8)), is_comparable=False)
    assert (found.size, found.interval, found.obstacle) == (None, None, "wording")


def test_a_group_that_was_not_there_was_not_hidden():
    before, now = round_of(spread(3.0, 0.8), M), round_of(spread(3.4, 0.8))
    assert of(before, now).obstacle == "absent_before"


def test_the_networks_change_is_of_its_published_means_and_has_the_spread_of_all_levels():
    before = {U: {"regels": spread(3.0, 0.8)}, M: {"regels": spread(3.1, 0.6)}, B: {"regels": spread(3.5, 0.5, 10)}}
    now = {U: {"regels": spread(3.3, 0.7)}, M: {"regels": spread(3.4, 0.9)}, B: {"regels": spread(3.6, 0.4, 10)}}
    found = of(published(before), published(now), NETWORK)
    assert str(found.size) == "0.2"
    levels = [[own["regels"] for own in means.values()] for means in (now, before)]
    assert [float(bound) for bound in found.interval] == pytest.approx(welch(*levels), abs=0.05001)
    assert of(published(before | {B: {"regels": figure(3.5, 5)}}), published(now), NETWORK).obstacle == "small"


def test_everybody_took_part_and_still_a_change_has_an_interval():
    people = [answering("a", U, value) for value in (2, 2, 3, 3, 4, 4)]
    later = [answering("a", U, value) for value in (4, 4, 4, 5, 5, 5)]
    before, now = (publish(plain_scores(own), TESTED, minimum=3, invited={("a", U): 6}) for own in (people, later))
    assert now.figure(UITVOEREND, "regels").interval is None
    assert list(map(str, of(before, now).interval)) == ["0.4", "2.6"]


def test_equal_answers_of_a_few_do_not_make_a_change_certain():
    before, now = (
        publish(plain_scores([answering("a", U, 4, regels=own)] * 6), TESTED, minimum=3) for own in ("4444", "4445")
    )
    found = of(before, now)
    assert (str(found.size), list(map(str, found.interval))) == ("0.3", ["-0.2", "0.8"])


# In words.


def changed(factor, size, interval=None, obstacle=None):
    bounds = tuple(map(Decimal, interval)) if interval else None
    return Change(UITVOEREND, factor, figure(3), figure(3), None if size is None else Decimal(size), bounds, obstacle)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed("regels", "0.2", ("-0.2", "0.6")), "tussen −0,2 en +0,6: dat kan toeval zijn"),
        (changed("regels", "0.3", ("0.0", "0.6")), "tussen 0,0 en +0,6: dat kan toeval zijn"),
        (changed("regels", "0.0", ("-0.4", "0.4")), "tussen −0,4 en +0,4: dat kan toeval zijn"),
        (changed("regels", "0.4", ("0.1", "0.7")), "tussen +0,1 en +0,7: waarschijnlijk echt veranderd"),
        (changed("regels", "-0.6", ("-1.0", "-0.2")), "tussen −1,0 en −0,2: waarschijnlijk echt veranderd"),
        (changed("regels", "0.6", None, "small"), "niet te zeggen of dit toeval is: te weinig mensen"),
        (
            replace(changed("regels", "0.6", None, "small"), group=NETWORK),
            "niet te zeggen of dit toeval is: in een niveau te weinig mensen",
        ),
        (changed("regels", None, None, "wording"), "niet te vergelijken: de stellingen zijn veranderd"),
        (changed("regels", None, None, "hidden_before"), "niet te vergelijken: toen niet getoond"),
    ],
)
def test_a_change_is_said_without_a_test_of_significance(change, said):
    assert change_verdict(change) == said


UP, UP_TOO = changed("vertrouwen", "0.6", ("0.2", "1.0")), changed("toewijding", "0.5", ("0.1", "0.9"))
DOWN, CHANCE = changed("regels", "-0.6", ("-1.0", "-0.2")), changed("kennis", "0.1", ("-0.4", "0.6"))
UNSURE, APART = changed("prikkels", "0.8", None, "small"), changed("middelen", None, None, "wording")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([APART], "Geen enkele factor is te vergelijken met de vorige ronde."),
        ([UNSURE, APART], "Of een verandering meer is dan toeval, is niet te zeggen."),
        ([CHANCE], "Bij kennis kan het verschil toeval zijn."),
        ([CHANCE, CHANCE, CHANCE], "Bij alle drie factoren kan het verschil toeval zijn."),
        (
            [CHANCE, CHANCE, UNSURE],
            "Bij twee factoren kan het verschil toeval zijn; bij de rest is dat niet te zeggen.",
        ),
        ([UP], "Vertrouwen (+0,6) is waarschijnlijk echt hoger dan toen."),
        ([DOWN, APART], "Regels (−0,6) zijn waarschijnlijk echt lager dan toen."),
        (
            [DOWN, UP, UP_TOO, CHANCE],
            "Vertrouwen (+0,6) en toewijding (+0,5) zijn waarschijnlijk echt hoger dan toen. "
            "Regels (−0,6) zijn waarschijnlijk echt lager dan toen. "
            "Bij de andere factor kan het verschil toeval zijn.",
        ),
        (
            [UP, CHANCE, CHANCE, UNSURE],
            "Vertrouwen (+0,6) is waarschijnlijk echt hoger dan toen. "
            "Bij twee andere factoren kan het verschil toeval zijn; bij de rest is dat niet te zeggen.",
        ),
    ],
)
def test_one_sentence_says_what_changed(found, said):
    assert change_sentence(found, INSTRUMENT) == said


# In the report.

WORDING = {key: (f"stelling over {key}",) for key in FACTORS}


def section(now, then, key="netwerk", place="alle-veranderingen", **other):
    before = Previous("Voorjaar 2025", None, then, WORDING | other)
    report = build_report(now, INSTRUMENT, facts(previous=before, wording=WORDING), key)
    return next(found for found in report.sections if found.key == place), report


def tables(found):
    return [block for block in found.blocks if isinstance(block, Table)]


def rows(table):
    return {row.name: [cell.text for cell in row.cells] for row in table.rows}


@pytest.fixture
def two_rounds():
    then = results({U: scores(3.0, kennis="low", regels=spread(3.0, 0.6)), M: scores(3.0, regels=None)})
    now = results({U: scores(3.0, regels=spread(2.2, 0.6), leiderschap=3.6), M: scores(3.0)}, hidden=[B])
    return now, then


def test_the_networks_report_has_a_table_for_each_group_that_is_shown(two_rounds):
    found, _ = section(*two_rounds, vertrouwen=("in andere woorden",))
    assert [block.text for block in found.blocks if isinstance(block, Heading)] == ["Uitvoerend", "Management"]
    first, second = map(rows, tables(found))
    assert list(first) == [factor.name for factor in INSTRUMENT.factors]
    assert first["Regels"] == ["3,0", "2,2", "−0,8", "tussen −1,4 en −0,2: waarschijnlijk echt veranderd"]
    assert first["Leiderschap"] == ["3,0", "3,6", "+0,6", "niet te zeggen of dit toeval is: te weinig mensen"]
    assert first["Kennis"] == ["1,5 of lager", "3,0", "–", "niet te berekenen: van toen is alleen een grens bekend"]
    assert first["Vertrouwen"] == ["–", "3,0", "–", "niet te vergelijken: de stellingen zijn veranderd"]
    assert second["Regels"] == ["–", "3,0", "–", "niet te vergelijken: toen niet getoond"]
    assert Text("Het bestuur wordt nu niet getoond, dus ook niet vergeleken.") in found.blocks


def test_the_part_to_read_says_and_draws_what_changed_of_whom_the_report_is(two_rounds):
    now, then = two_rounds
    found, _ = section(now, then, U, place="verandering")
    lead, chart, doubt = found.blocks
    assert lead.text.startswith("Regels (−0,8) zijn waarschijnlijk echt lager dan toen.")
    assert lead.text in chart.alt
    assert "geen zekerheid" in doubt.text
    assert rows(chart.table)["Regels"][:3] == ["3,0", "2,2", "−0,8"]
    assert "Regels (−0,8) zijn waarschijnlijk echt lager" in str(report_of_level(now, then).sections[0])


def report_of_level(now, then):
    return section(now, then, U)[1]


def test_with_three_levels_the_network_comes_first():
    found, _ = section(nijmegen(), nijmegen())
    assert [block.text for block in found.blocks if isinstance(block, Heading)] == [
        *("Netwerk", "Uitvoerend", "Management", "Bestuur")
    ]
    assert rows(tables(found)[0])["Regels"][:3] == ["2,7", "2,7", "0,0"]


def test_a_levels_report_compares_its_level_and_a_partners_its_partner(two_rounds):
    found, report = section(*two_rounds, key=U)
    assert [table.caption for table in tables(found)] == ["Verandering per factor: uitvoerend"]
    assert {line.split(",")[1] for line in report.data[2][1].splitlines()[1:]} == {U}
    now, then = (nijmegen(partners={"school": scores(value), "elders": scores(2.0)}) for value in (3.4, 3.0))
    found, report = section(now, then, "partner:school", place="verandering")
    assert rows(found.charts[0].table)["Regels"][:3] == ["3,0", "3,4", "+0,4"]
    assert {line.split(",")[1] for line in report.data[2][1].splitlines()[1:]} == {"school"}


def test_without_a_previous_round_there_is_nothing_to_compare():
    report = build_report(nijmegen(), INSTRUMENT, facts(), "netwerk")
    assert "verandering" not in [found.key for found in report.sections]
    assert [name for name, _ in report.data] == ["cijfers.csv", "verschillen.csv"]


def test_the_data_of_the_report_have_the_change_and_no_spread(two_rounds):
    _, report = section(*two_rounds)
    name, text = report.data[2]
    assert name == "verandering.csv"
    [row] = [row for row in csv.DictReader(io.StringIO(text)) if (row["group"], row["factor"]) == (U, "regels")]
    assert [float(row["low"]), float(row["high"])] == [-1.4, -0.2]
    assert (row["mean_before"], row["mean_now"], row["change"], row["obstacle"]) == ("3.0", "2.2", "-0.8", "")
    assert not [column for column in row if "sd" in column]


def test_the_report_with_a_change_and_with_ouders_is_a_valid_pdf_and_a_word_file():
    rounds = [{U: scores(3.0, regels=spread(value, 0.6)), M: scores(3.0)} for value in (2.2, 3.0)]
    _, report = section(results(rounds[0], hidden=[B], ouders=figure(3.1, 14, split=False)), results(rounds[1]))
    pdf = pdf_of(report)
    for profile in ("ua1", "3a"):
        assert page.validate_pdf_bytes(pdf, profile=profile).failures == []
    assert set(PdfReader(io.BytesIO(pdf)).attachments) == {"cijfers.csv", "verschillen.csv", "verandering.csv"}
    document = Document(io.BytesIO(docx_of(report)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Op het uitvoerend niveau: regels (−0,8) zijn waarschijnlijk echt lager dan toen." in said
    assert "14 mensen, ouders en jongeren, komen uit op 3,1 (bespreken)." in said

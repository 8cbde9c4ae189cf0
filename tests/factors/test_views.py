"""The public pages lead from every text to its source, are right in the example, and can be read by all."""

import csv
import io
import math
import re
from fractions import Fraction
from itertools import combinations
from random import Random
from statistics import fmean, stdev

import page as page_validation
import pandas as pd
import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader
from scipy.special import stdtrit

from assessments.disclosure.combinations import smallest_combination
from assessments.disclosure.groups import decide, large_enough
from assessments.disclosure.publish import publish
from assessments.scores.cells import PATTERN_COLUMNS, RESPONDENT_COLUMNS, Counts
from assessments.scores.groups import NETWORK, level_group, partner_group
from assessments.scores.scoring import score
from factors import evidence, worked_example
from factors.instrument import LEVELS
from tests.browsing import follow
from tests.cast import loaded_instrument

PAGES = {
    "instrument": [],
    "factor": ["regels"],
    "outcome": [],
    "ouders": [],
    "sources": [],
    "source": ["verstappen2021"],
    "lenses": [],
    "lens": ["kanter"],
    "advice_bank": [],
    "advice": ["regels_wie_doet_wat"],
    "conversation": [],
    "method": [],
}


@pytest.fixture
def loaded(db):
    return loaded_instrument()


# --- The pages


@pytest.mark.django_db
def test_without_an_instrument_a_page_says_so(client, subtests):
    for name in PAGES.keys() - {"method"}:
        with subtests.test(name):
            response = client.get(reverse(name, args=PAGES[name]))
            assert response.status_code == 503
            assert "Er is nog geen vragenlijst geladen" in response.content.decode()


@pytest.mark.parametrize("name", ["factor", "source", "lens", "advice"])
def test_a_key_that_is_not_there_is_not_found(client, loaded, name):
    assert client.get(reverse(name, args=["bestaat_niet"])).status_code == 404


def test_every_link_between_the_pages_leads_somewhere(client, loaded):
    waiting, pages = [reverse("instrument"), reverse("method")], {}
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode() if "html" in response["Content-Type"] else ""
        pages[address] = text
        links = [link.split("#")[0] for link in re.findall(r'href="([^"]*)"', text)]
        waiting += [link for link in links if link.startswith(("/instrument/", "/zo-rekenen-wij/"))]
    anchors = {address: set(re.findall(r'\bid="([^"]+)"', text)) for address, text in pages.items()}
    for address, text in pages.items():
        for target, anchor in re.findall(r'href="(/(?:instrument|zo-rekenen-wij)/[^"#]*)#([^"]+)"', text):
            assert anchor in anchors[target], f"{address} points to {target}#{anchor}"
    assert len([address for address in pages if "/adviezen/" in address]) == 1 + len(loaded.instrument.advice)


def test_from_an_advice_to_the_section_is_one_click_and_the_section_leads_back(client, loaded):
    for advice in loaded.instrument.advice:
        own = reverse("advice", args=[advice.key])
        text = client.get(own).content.decode()
        for citation in advice.sources:
            address = f"{reverse('source', args=[citation.source])}#{evidence.anchor(citation.section)}"
            assert f'href="{address}"' in text
    for source in loaded.instrument.sources:
        text = client.get(reverse("source", args=[source.key])).content.decode()
        for section in evidence.sections(loaded.instrument, source.key):
            assert f'id="{section.anchor}"' in text


def test_each_section_has_an_anchor_of_its_own(instrument):
    for source in instrument.sources:
        anchors = [section.anchor for section in evidence.sections(instrument, source.key)]
        assert len(anchors) == len(set(anchors))
        assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", anchor) for anchor in anchors)


def test_sections_come_in_the_order_of_the_study(instrument):
    names = [section.name for section in evidence.sections(instrument, "sterksteschakels")]
    numbered = [tuple(map(int, re.findall(r"\d+", name.split()[0]))) for name in names if name.startswith("§")]
    assert numbered == sorted(numbered)


def test_the_page_says_what_the_questionnaire_cant_mend_and_where_that_stands(client, loaded):
    text = client.get(reverse("instrument")).content.decode()
    assert loaded.instrument.beyond.text in text
    assert f'href="{reverse("source", args=["smeets2018"])}#7-3-reflectie"' in text


def test_the_page_draws_what_may_colour_what_without_scores(client, loaded):
    text = client.get(reverse("instrument")).content.decode()
    drawing = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    words = " ".join(re.findall(r"<text[^>]*>([^<]*)", drawing))
    for factor in loaded.instrument.factors:
        assert all(word in words for word in factor.name.split())
    assert not re.search(r"\d", words)
    assert "niet getoond" not in words
    assert f'href="{reverse("source", args=["verstappen2021"])}#5-3-conclusie"' in text


def test_what_comes_from_the_catalogue_is_marked(client, loaded):
    text = client.get(reverse("source", args=["nji2014"])).content.decode()
    assert "Dit komt uit de catalogus: de titel, de auteurs, het jaar." in " ".join(text.split())


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"factor": "regels"}, lambda advice: advice.factor == "regels"),
        ({"factor": "algemeen"}, lambda advice: advice.factor is None),
        ({"level": "bestuur"}, lambda advice: "bestuur" in advice.levels),
        ({"factor": "kennis", "level": "bestuur"}, lambda a: a.factor == "kennis" and "bestuur" in a.levels),
        ({"factor": "<script>", "level": "onzin"}, lambda advice: True),
    ],
)
def test_the_bank_shows_what_was_asked_for(client, loaded, query, fits):
    text = client.get(reverse("advice_bank"), query).content.decode()
    shown = re.findall(r'href="/instrument/adviezen/([a-z_0-9]+)/"', text)
    assert shown == [advice.key for advice in loaded.instrument.advice if fits(advice)]


# --- The files


def test_the_questionnaire_is_an_accessible_pdf_with_every_statement(client, loaded):
    response = client.get(reverse("questionnaire_pdf"))
    assert response["Content-Type"] == "application/pdf"
    for profile in ("ua1", "3a"):
        report = page_validation.validate_pdf_bytes(response.content, profile=profile)
        assert [failure.message for failure in report.failures] == []
    pages = PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    wordings = {s.key: (s.text, *s.texts.values()) for s in loaded.instrument.statements.values()}
    assert [key for key, said in wordings.items() if not all(wording in text for wording in said)] == []
    assert all(f"{value} = {label}" in text for value, label in loaded.instrument.ouders_labels.items())
    assert f"Versie {loaded.version}" in text


def test_the_statements_and_the_instrument_can_be_taken_along(client, loaded):
    text = client.get(reverse("statements_csv")).content.decode("utf-8-sig")
    assert [row["key"] for row in csv.DictReader(io.StringIO(text))] == list(loaded.instrument.statements)
    assert client.get(reverse("instrument_json")).json()["version"] == loaded.version


# --- 'Zo rekenen wij'

SCORES = {"management": (3.5, 4, 3.75, 4.25, 3.5, 4), "bestuur": (4.25, 4, 4.5, 4, 4.25)}
INVITED = {("", "uitvoerend"): 16, ("", "management"): 8, ("", "bestuur"): 5}


def pattern(value):
    """Returns four answers with this mean."""
    total = round(4 * value)
    return "".join(str(total // 4 + (place < total % 4)) for place in range(4))


def nl(value, places=1):
    exact = Fraction(value) * 10**places
    tens = math.floor(exact + Fraction(1, 2))
    return f"{abs(tens) / 10**places:.{places}f}".replace(".", ",")


@pytest.fixture(scope="module")
def scored(instrument):
    patterns = {"uitvoerend": [person.answers for person in worked_example.PEOPLE]}
    patterns |= {level: [pattern(value) for value in values] for level, values in SCORES.items()}
    rows = [("", level, "regels", own, 1) for level, answers in patterns.items() for own in answers]
    people = [("", "uitvoerend", 10), ("", "management", 6), ("", "bestuur", 5)]
    counts = Counts(pd.DataFrame(rows, columns=PATTERN_COLUMNS), pd.DataFrame(people, columns=RESPONDENT_COLUMNS))
    return score(counts, instrument)


@pytest.fixture
def figures(client, db):
    """Returns what the page prints, by the name of the figure."""
    text = client.get(reverse("method")).content.decode()
    found = re.findall(r'data-figure="([^"]+)">([^<]+)<', text)
    assert len(found) == len(dict(found))
    return dict(found)


def test_the_persons_on_the_page_have_the_scores_that_it_prints():
    for person in worked_example.PEOPLE:
        given = [int(answer) for answer in person.answers if answer != "?"]
        assert person.score == (nl(Fraction(sum(given), len(given)), 2) if len(given) >= 2 else "geen")


def test_the_example_comes_out_of_the_real_code(figures, scored, instrument):
    published = publish(scored, instrument, minimum=5, invited=INVITED)
    exact = {level: scored.moments["regels"][level_group(level)].mean for level in LEVELS}
    for level in LEVELS:
        figure = published.figure(level_group(level), "regels")
        assert figures[f"{level}.n"] == str(figure.n)
        assert figures[f"{level}.mean"] == nl(Fraction(figure.mean))
        assert figures[f"{level}.exact"] == nl(exact[level], 3)
    network = published.figure(NETWORK, "regels")
    assert (figures["network.n"], figures["network.mean"]) == (str(network.n), nl(Fraction(network.mean)))
    assert figures["network.exact"] == nl(sum(exact.values()) / 3, 3)
    for level, values in SCORES.items():
        assert figures[f"{level}.scores"] == " – ".join(f"{value:g}".replace(".", ",") for value in values)


def test_the_larger_group_has_its_band_split_share_and_interval(figures, scored, instrument):
    figure = publish(scored, instrument, minimum=5, invited=INVITED).figure(level_group("uitvoerend"), "regels")
    moments = scored.moments["regels"][level_group("uitvoerend")]
    assert figure.split
    assert (figures["uitvoerend.low"], figures["uitvoerend.high"]) == (str(moments.low), str(moments.high))
    assert figures["uitvoerend.band"] == figure.band
    answers = "".join(person.answers for person in worked_example.PEOPLE)
    assert figures["uitvoerend.unknown_rows"] == str(answers.count("?"))
    assert figures["uitvoerend.rows"] == str(len(answers))
    assert figures["uitvoerend.unknown"] == f"{100 * figure.unknown:.0f}"
    assert (figures["uitvoerend.low_bound"], figures["uitvoerend.high_bound"]) == tuple(
        nl(Fraction(bound)) for bound in figure.interval
    )
    assert figures["uitvoerend.invited"] == str(INVITED["", "uitvoerend"])


def test_the_steps_of_the_interval_are_right(figures):
    answers = [[int(a) for a in person.answers if a != "?"] for person in worked_example.PEOPLE]
    scores = [fmean(given) for given in answers if len(given) >= 2]
    deviation, quantile = stdev(scores), stdtrit(9, 0.975)
    steps = {
        "deviation": deviation,
        "error": deviation / math.sqrt(10),
        "corrected": deviation / math.sqrt(10) * math.sqrt(1 - 10 / 16),
        "quantile": quantile,
        "half": quantile * deviation / math.sqrt(10) * math.sqrt(1 - 10 / 16),
    }
    assert {name: figures[f"interval.{name}"] for name in steps} == {n: nl(Fraction(v), 2) for n, v in steps.items()}


def test_the_differences_come_out_of_the_real_code(figures, scored, instrument):
    for difference in publish(scored, instrument, minimum=5, invited=INVITED).differences:
        name = "-".join(difference.levels)
        assert figures[f"{name}.size"] == f"−{nl(abs(Fraction(difference.size)))}"
        assert figures[f"{name}.label"] == difference.label.replace("_", " ")


def test_a_limit_takes_the_place_of_a_mean_near_the_end_and_then_there_is_no_network_score(instrument):
    rows = [("", level, "regels", "5554", 5) for level in LEVELS]
    people = [("", level, 5) for level in LEVELS]
    counts = Counts(pd.DataFrame(rows, columns=PATTERN_COLUMNS), pd.DataFrame(people, columns=RESPONDENT_COLUMNS))
    published = publish(score(counts, instrument), instrument, minimum=5)
    assert {published.figure(level_group(level), "regels").limit for level in LEVELS} == {"high"}
    assert published.figure(NETWORK, "regels") is None


def people_of(network):
    return {
        (row.key, level): count
        for row in network.rows
        for level, count in zip(LEVELS, row.counts, strict=True)
        if count
    }


def test_the_small_network_is_hidden_as_the_page_says():
    shown = decide(people_of(worked_example.NETWORK), worked_example.NETWORK.minimum)
    words = {None: worked_example.SHOWN, "small": worked_example.SMALL, "complementary": worked_example.COMPLEMENTARY}
    verdicts = {row.key: words[shown.hidden.get(partner_group(row.key))] for row in worked_example.NETWORK.rows}
    assert verdicts == {row.key: row.verdict for row in worked_example.NETWORK.rows}
    assert {level_group(level) for level in LEVELS} <= shown.groups


def test_with_the_hidden_partner_one_person_could_be_computed():
    found = smallest_combination(people_of(worked_example.NETWORK), LEVELS, ["scholen", "buurtteams"], 3)
    assert (found.people, found.levels, found.partners) == (1, ("management", "uitvoerend"), ("buurtteams", "scholen"))
    totals = {row.key: row.total for row in worked_example.NETWORK.rows}
    assert 8 * 3.0 + 6 * 3.5 == 45
    assert totals["scholen"] * 3.0 + totals["buurtteams"] * 3.5 == 41


def most_partners(people, minimum):
    """Returns the most partners that may be shown beside the levels that are large enough, by trying all."""
    large = large_enough(people, minimum)
    levels = [group.key for group in large if group.kind == "level"]
    partners = sorted(group.key for group in large if group.kind == "partner")
    return max(
        size
        for size in range(len(partners) + 1)
        for chosen in combinations(partners, size)
        if smallest_combination(people, levels, chosen, minimum) is None
    )


def test_the_rule_hides_as_much_more_than_the_best_choice_as_the_page_says():
    random, cost = Random(1), {"networks": 300, "partners": 0, "large": 0, "shown": 0, "best": 0, "worse": 0}
    for _ in range(cost["networks"]):
        partners = [f"p{number}" for number in range(random.randint(2, 6))]
        sizes = {(p, level): random.choice([0, 0, 1, 2, 3, 4, 5, 6, 8]) for p in partners for level in LEVELS}
        people = {cell: size for cell, size in sizes.items() if size}
        shown = sum(group.kind == "partner" for group in decide(people, 5).groups)
        best = most_partners(people, 5)
        cost["partners"] += len(partners)
        cost["large"] += sum(group.kind == "partner" for group in large_enough(people, 5))
        cost["shown"] += shown
        cost["best"] += best
        cost["worse"] += best > shown
    assert worked_example.Cost(**cost) == worked_example.COST


# --- In a browser


def test_a_visitor_without_javascript_finds_an_advice_and_its_section_and_comes_back(new_context, live_server, loaded):
    page = new_context(java_script_enabled=False).new_page()
    advice = loaded.instrument.advice_by_key["regels_helder_kader"]
    page.goto(live_server.url + reverse("advice_bank"))
    the_filter_shows_what_was_asked_for(page, loaded.instrument.advice)
    follow(page, page.get_by_role("link", name=advice.title))
    from_the_advice_to_the_section_and_back(page, advice)


def the_filter_shows_what_was_asked_for(page, every_advice):
    page.get_by_label("Factor").select_option(label="Regels")
    page.get_by_label("Wie iets kan doen").select_option(label="Bestuur")
    follow(page, page.get_by_role("button", name="Toon"))
    expected = [advice for advice in every_advice if advice.factor == "regels" and "bestuur" in advice.levels]
    expect(page.get_by_role("status")).to_have_text(f"{len(expected)} adviezen")
    expect(page.get_by_label("Factor")).to_have_value("regels")


def from_the_advice_to_the_section_and_back(page, advice):
    follow(page, page.get_by_role("link", name=advice.sources[0].section).first)
    section = page.locator(":target")
    expect(section.get_by_role("heading")).to_have_text(advice.sources[0].section)
    section.locator("summary").first.click()
    follow(page, section.get_by_role("link", name=advice.title))
    expect(page.get_by_role("heading", level=1)).to_have_text(advice.title)

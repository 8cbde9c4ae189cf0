"""The constructed network shows what the source found, can be built again, and is the smoke test on SQLite."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pypdf import PdfReader

from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.demo.build import NAME, build_cases, build_demo, build_network, demo_round
from assessments.models import Network, Participant, Response, Round, State

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]

# Verstappen 2021, §6.1.3.
HINDERING = {
    "voorgeschiedenis",
    "principiele_betrokkenheid",
    "regels",
    "kennis",
    "communicatie",
    "vertrouwen",
    "gedeeld_begrip",
}
LEVELS = ("uitvoerend", "management", "bestuur")


@pytest.fixture(scope="module")
def built(kept):
    """Builds the demo, and returns its results."""
    with override_settings(DEBUG=True):
        build_demo()
        return json.loads(printed("results", "demo"))


@pytest.fixture
def results(built, settings):
    settings.DEBUG = True
    return built


def printed(*command):
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def group(results, key):
    return next(group for group in results["groups"] if group["key"] == key)


def means(results, factor):
    return [group(results, level)["factors"][factor].get("mean") for level in LEVELS]


def test_what_hinders_in_the_source_scores_low_and_what_does_not_scores_high(results):
    uitvoerend = group(results, "uitvoerend")
    low = {factor for factor, figure in uitvoerend["factors"].items() if figure["band"] == "zorg"}
    assert low - {"middelen"} == HINDERING  # middelen gets no verdict in §6.1.3, and is unclear to uitvoerend in §5.2.2
    assert "prikkels.juridisch" not in uitvoerend["dimensions"]  # one statement, and eight people
    assert uitvoerend["dimensions"]["kennis.lerend_vermogen"]["band"] == "zorg"
    assert {group(results, level)["factors"]["toewijding"]["band"] for level in LEVELS} == {"sterk"}


def test_bestuur_trusts_more_than_the_others_and_the_work_floor_hears_least(results):
    uitvoerend, management, bestuur = means(results, "vertrouwen")
    assert bestuur - max(uitvoerend, management) >= 1
    uitvoerend, management, bestuur = means(results, "communicatie")
    assert uitvoerend < 3 <= management < bestuur


def test_a_sector_hides_so_that_nobody_is_left_over(results):
    """All levels − onderwijs − jeugdhulp en zorg would leave the two of the gemeente."""
    assert [row["key"] for row in results["groups"]] == [*LEVELS, "network", "onderwijs"]
    whole = {(row["kind"], row["key"]): row["why"] for row in results["hidden"] if row["item"] is None}
    assert whole == {("sector", "zorg"): "complementary", ("sector", "gemeente"): "small"}


def test_the_network_and_bestuur_read_all_six_recommendations_of_the_source(results):
    """Verstappen 2021, §6.3: they are addressed to the gemeente, which sits at bestuur."""
    instrument = Network.objects.get(name=NAME).rounds.first().instrument
    numbers = {None: set(), "bestuur": set()}
    for row in results["advice"]:
        given = instrument.advice_by_key[row["key"]].recommendation
        if row["level"] in numbers and given and given.source == "verstappen2021":
            numbers[row["level"]].add(given.number)
    assert numbers == {None: {1, 2, 3, 4, 5, 6}, "bestuur": {1, 2, 3, 4, 5, 6}}


def test_people_know_each_other_and_leadership_does_not_hinder_anywhere(results):
    """Verstappen 2021, §5.2.1, §6.1.3: partners know each other; leadership is not shaped yet, and hinders nobody."""
    assert group(results, "uitvoerend")["dimensions"]["voorgeschiedenis.bekendheid"]["band"] == "bespreken"
    assert {group(results, level)["factors"]["leiderschap"]["band"] for level in LEVELS} == {"bespreken"}


def test_building_again_doubles_nothing(results):
    def numbers():
        return [model.objects.count() for model in (Network, Round, Participant, Response)]

    before = numbers()
    build_demo()
    build_network("Nog een voorbeeld", respondents=40, seed=3)
    with_another = numbers()
    build_network("Nog een voorbeeld", respondents=40, seed=3)
    assert before == [1, 2, 34, 5]  # of the round that is open
    assert numbers() == with_another == [2, 3, 74, 5]


def test_the_answers_of_its_first_round_are_a_file_that_score_reads(results, tmp_path):
    path = tmp_path / "answers.csv"
    printed("demo", "--answers", str(path))
    scored = json.loads(printed("score", str(path), "--minimum", "3"))
    levels = [group(results, level) for level in LEVELS]
    assert [group(scored, level)["n"] for level in LEVELS] == [own["n"] for own in levels] == [8, 6, 3]
    assert means(scored, "communicatie") == means(results, "communicatie")


def test_where_its_answers_cant_be_written_it_says_so(settings, tmp_path):
    settings.DEBUG = True
    with pytest.raises(CommandError, match=r"answers\.csv is niet te schrijven"):
        call_command("demo", "--answers", str(tmp_path / "nowhere" / "answers.csv"))


def closed_by_a_visitor():
    return close_round(round_id=demo_round(Round.objects.open()).pk)


def test_a_demo_whose_open_round_was_closed_gets_a_next_one(results):
    closed_by_a_visitor()
    assert "Invullen als deelnemer:" in printed("demo")
    closed_by_a_visitor()
    printed("demo")
    names = list(Round.objects.order_by("created_at").values_list("name", "state"))
    assert names == [
        ("Eerste ronde", State.PUBLISHED),
        ("Tweede ronde", State.CLOSED),
        ("Ronde 3", State.CLOSED),
        ("Ronde 4", State.OPEN),
    ]


def test_a_demo_whose_published_round_was_archived_still_says_where_its_report_is(results):
    first = Round.objects.get(name="Eerste ronde")
    archive_round(round_id=first.pk)
    assert f"/rondes/{first.pk}/rapport/netwerk/" in printed("demo")


def test_a_demo_in_which_everybody_took_part_has_no_link_to_fill_in_by(results):
    opened = demo_round(Round.objects.open())
    opened.participants.update(has_opted_out=True)
    said = printed("demo")
    assert "Invullen als deelnemer" not in said
    assert "Inloggen als coördinator" in said


def test_all_commands_mean_the_same_network_by_demo(results, tmp_path):
    build_cases()
    assert json.loads(printed("results", "demo")) == results
    publish_round(round_id=closed_by_a_visitor().pk)
    printed("report", "demo", "--out", str(tmp_path / "report.pdf"))
    pdf = PdfReader(tmp_path / "report.pdf")
    assert "Nijmegen" in pdf.pages[0].extract_text()
    assert json.loads(printed("results", "demo")) != results


def test_links_are_printed_for_an_open_round_under_debug_only(results, settings):
    rows = [line.split("\t") for line in printed("links", "demo", "--level", "bestuur").splitlines()]
    assert sorted((level, partner) for _, level, partner in rows) == [
        ("bestuur", "gemeente"),
        ("bestuur", "gemeente"),
        ("bestuur", "samenwerkingsverband"),
    ]
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("links", "demo")
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")

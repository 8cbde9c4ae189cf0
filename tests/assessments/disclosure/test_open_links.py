"""An attacker with an open link fills it in again and again, knows those answers, and subtracts them."""

import csv
import json
import uuid
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.actions.open_links import open_to_ouders
from assessments.actions.rounds import close_round
from assessments.models import OpenAnswer, OpenLink
from assessments.results.document import to_json
from assessments.results.pipeline import results_of_scores
from assessments.running.curve import curve
from assessments.scores.answers import asked_of
from tests.attacker import (
    figure_rows,
    follows,
    is_near_an_end,
    rests_on_guests_alone,
    shown_in,
    smallest_group,
    whose_mean_follows,
    without,
)
from tests.cast import build_cast, save_answers
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, answering, plain_scores

seeds = st.integers(0, 2**32)
minimums = st.sampled_from([3, 3, 4, 5])
BLOCKS = [factor.key for factor in INSTRUMENT.factors] + [INSTRUMENT.outcome.key]


def published(own: list[Person], guests: list[Person], minimum: int) -> dict:
    """Returns what a reader has of a round where `guests` came by an open link."""
    scores = plain_scores([*own, *guests])
    if guests:
        scores = replace(scores, judged=plain_scores(own))
    spread = {(guest.partner, guest.level) for guest in guests}
    invited = Counter((person.partner, person.level) for person in own) | dict.fromkeys(spread)
    found = results_of_scores(scores, INSTRUMENT, minimum=minimum, invited=dict(invited))
    return json.loads(json.dumps(to_json(found, INSTRUMENT)))


def with_guests(seed: int, **options) -> tuple[list[Person], list[Person]]:
    """Returns a clumsy network as (people with a personal link, guests).

    In some cells some came by an open link, in others all or none; some links were stuffed.
    """
    chance = Random(seed)
    people = network(chance, **options)
    cells = sorted({(person.partner, person.level) for person in people})
    share = {cell: chance.choice([0, 0, 0.3, 1]) for cell in cells}
    by_link = [chance.random() < share[person.partner, person.level] for person in people]
    own = [person for person, is_guest in zip(people, by_link, strict=True) if not is_guest]
    guests = [person for person, is_guest in zip(people, by_link, strict=True) if is_guest]
    for cell in chance.sample(cells, min(len(cells), chance.choice([0, 1, 2]))):
        guests += [answering(*cell, chance.choice("12345"))] * chance.choice([1, 3, 5])
    return own, guests


def figures_of(people, document, block, reading):
    return figure_rows(people, shown_in(document, "unknown" if reading == "unknown" else None), block, reading)


def nothing_rests_on_too_few_or_on_guests(seed, minimum):
    own, guests = with_guests(seed, most=24)
    people, known = [*own, *guests], set(range(len(own), len(own) + len(guests)))
    document = published(own, guests, minimum)
    for block in BLOCKS:
        for reading in ("plain", "exact", "unknown"):
            rows = figures_of(people, document, block, reading)
            assert smallest_group(without(known, rows), minimum) is None, (block, reading)
            assert not rests_on_guests_alone(rows, known), (block, reading)


@pytest.mark.attack
@settings(max_examples=50)
@given(seeds, minimums)
def test_who_knows_all_guests_answers_can_single_out_no_fewer_than_the_minimum(seed, minimum):
    nothing_rests_on_too_few_or_on_guests(seed, minimum)


@pytest.mark.long
@settings(max_examples=3000)
@given(seeds, minimums)
def test_who_knows_all_guests_answers_can_do_so_in_none_of_thousands_of_networks(seed, minimum):
    nothing_rests_on_too_few_or_on_guests(seed, minimum)


def no_mean_of_few_near_an_end_follows(seed, minimum):
    """Fails where a mean of few people near an end follows.

    None may follow of everybody, for a reader who knows nothing beforehand, nor of those with a personal link, for a
    reader who knows the others.
    """
    own, guests = with_guests(seed, most=30)
    people, known = [*own, *guests], set(range(len(own), len(own) + len(guests)))
    exact = shown_in(published(own, guests, minimum), "mean")
    for item in BLOCKS:
        means = {figure for figure in exact if figure[2] == item}
        for reader in (people, own):
            for left in whose_mean_follows(reader, means, item):
                assert len(left - known) >= 2 * minimum or not is_near_an_end(reader, left, item), (item, left)


def no_limit_follows(seed, minimum):
    """Fails where a figure that is a limit, or not published, is a combination of the published means."""
    own, guests = with_guests(seed, most=24)
    people, known = [*own, *guests], set(range(len(own), len(own) + len(guests)))
    exact = shown_in(published(own, guests, minimum), "mean")
    for item in BLOCKS:
        rows = without(known, figure_rows(people, {figure for figure in exact if figure[2] == item}, item, "plain"))
        for group in {group for person in own for group in person.groups}:
            [row] = without(known, figure_rows(people, {(group.kind, group.key, item)}, item, "plain"))
            few = {person for person, _ in row}
            if 0 < len(few) < 2 * minimum and is_near_an_end(own, few, item):
                assert not follows(row, rows), (item, group)


@pytest.mark.attack
@settings(max_examples=50)
@given(seeds, minimums)
def test_who_knows_all_guests_answers_learns_no_mean_of_few_near_an_end(seed, minimum):
    no_mean_of_few_near_an_end_follows(seed, minimum)


@pytest.mark.attack
@settings(max_examples=50)
@given(seeds, minimums)
def test_who_knows_all_guests_answers_learns_no_mean_behind_a_limit(seed, minimum):
    no_limit_follows(seed, minimum)


@pytest.mark.long
@settings(max_examples=5000)
@given(seeds, minimums)
def test_who_knows_all_guests_answers_learns_no_such_mean_in_thousands_of_networks(seed, minimum):
    no_mean_of_few_near_an_end_follows(seed, minimum)
    no_limit_follows(seed, minimum)


# By hand, at minimum 3.


def test_a_dimension_gives_way_where_only_people_by_an_open_link_skipped_a_statement():
    own = [answering("school", "uitvoerend", 4) for _ in range(11)]
    guests = [answering("school", "uitvoerend", 4, communicatie="444?") for _ in range(3)]
    level = {("level", "uitvoerend", key) for key, scale in INSTRUMENT.scales.items() if scale.block == "communicatie"}
    assert rests_on_guests_alone(figure_rows([*own, *guests], level, "communicatie", "exact"), {11, 12, 13})
    given_way = {("level", "uitvoerend", "communicatie.continuiteit")}
    assert shown_in(published(own, guests, 3)) & level == level - given_way


def test_shares_of_unknown_do_not_combine_to_people_by_an_open_link_alone():
    """Those of the buurtteam at uitvoerend said only 'weet ik niet': they have no score, but count in a share."""
    own = [answering("school", "uitvoerend", 4) for _ in range(8)]
    own += [answering("buurtteam", "management", 4) for _ in range(8)]
    guests = [answering("buurtteam", "uitvoerend", 4, regels="?") for _ in range(3)]
    both = {("level", "uitvoerend", "regels"), ("partner", "school", "regels")}
    assert rests_on_guests_alone(figure_rows([*own, *guests], both, "regels", "unknown"), {16, 17, 18})
    document = published(own, guests, 3)
    assert both <= shown_in(document)
    assert shown_in(document, "unknown") & both == {("level", "uitvoerend", "regels")}


def at(partner, level, values):
    return [answering(partner, level, value) for value in values]


@pytest.mark.parametrize(
    ("values", "guests", "figure"),
    [
        ([1] * 5, [5] * 3, None),  # 2.5 of eight; minus three times 5 it would be 1.0 of five
        ([1] * 5, [2] * 3, None),  # 1.375 of eight is under 1.5, and 12 minus 6 leaves five people 6 together at most
        ([3] * 5, [5] * 20, None),  # 4.6 of all, and of those with a personal link 3.0
        ([1] * 5, [1] * 3, "low"),
        ([5] * 5, [5] * 3, "high"),
        ([2] * 5, [4] * 3, 2.8),
    ],
)
def test_under_twice_the_minimum_a_limit_holds_of_both_ways_in_or_nothing_is_shown(values, guests, figure):
    document = published(at("school", "uitvoerend", values), at("school", "uitvoerend", guests), 3)
    shown = [group["factors"].get("regels") for group in document["groups"] if group["kind"] == "level"]
    assert [own and (own.get("mean") or own["limit"]) for own in shown] == ([figure] if figure else [])
    hidden = {(row["kind"], row["item"]): row["why"] for row in document["hidden"] if row["key"] == "uitvoerend"}
    assert hidden.get(("level", None)) == (None if figure else "complementary")


def test_a_mean_that_follows_from_two_others_is_near_no_end_without_those_by_an_open_link():
    """uitvoerend minus the buurtteam is the school: 3.5 of eight, and minus three times 1 it would be 5.0 of five."""
    own = at("buurtteam", "uitvoerend", [3] * 10) + at("school", "uitvoerend", [5] * 5)
    own += at("school", "management", [3] * 10)
    buurtteam = ("partner", "buurtteam", "regels")
    assert buurtteam not in shown_in(published(own, at("school", "uitvoerend", [1] * 3), 5))
    lukewarm = [*own[:10], *at("school", "uitvoerend", [4] * 5), *own[15:]]
    assert buurtteam in shown_in(published(lukewarm, at("school", "uitvoerend", [1] * 3), 5))


# Ouders come by an open link only, and the coördinator has it too.


@pytest.fixture
def cast(db):
    return build_cast(
        {("school", "uitvoerend"): 6, ("gemeente", "management"): 6, ("gemeente", "bestuur"): 5}, minimum=5
    )


def fill_in(link, answers, *, times=1, text=""):
    for _ in range(times):
        save_answers(link.pk, answers, guest_id=uuid.uuid4(), submit=True, texts={"open_slot": text} if text else {})


def alike(cast, level, value):
    return dict.fromkeys(asked_of(cast.round.instrument, level), value)


def figures_by_item(client, cast):
    client.force_login(cast.coordinator)
    text = client.get(reverse("round_figures_csv", args=[cast.round.pk])).content.decode("utf-8-sig")
    return {row["item"]: row for row in csv.DictReader(text.splitlines()) if row["group_kind"] == "perspective"}


def test_of_ouders_no_more_is_published_than_their_number_and_mean(cast, client):
    """Nine answers by the coördinator and one by an ouder: value counts minus the nine would be the ouder's answers."""
    link = open_to_ouders(round_id=cast.round.pk)
    fill_in(link, {key: 1 + 3 * place % 5 for place, key in enumerate(alike(cast, "ouders", 3))})
    fill_in(link, alike(cast, "ouders", 3), times=9)
    close_round(round_id=cast.round.pk)
    rows = figures_by_item(client, cast)
    assert set(rows) == {"ouders"}
    told = {column for column, value in rows["ouders"].items() if value}
    assert {"n", "mean", "band"} <= told
    assert not told & {"low", "high", "split", "unknown", "hidden"}


@pytest.mark.parametrize(("value", "limit"), [(1, "low"), (5, "high")])
def test_however_many_ouders_answer_a_mean_near_an_end_is_a_limit(cast, client, value, limit):
    link = open_to_ouders(round_id=cast.round.pk)
    fill_in(link, alike(cast, "ouders", value), times=11)
    close_round(round_id=cast.round.pk)
    row = figures_by_item(client, cast)["ouders"]
    assert (row["n"], row["mean"], row["limit"]) == ("11", "", limit)


def test_where_links_are_not_known_ouders_keep_all_their_figures():
    """A file of answers doesn't say who came by which link."""
    ouders = [answering("", "ouders", value) for value in [2, 4] * 5]
    [group] = [group for group in published(ouders, [], 5)["groups"] if group["key"] == "ouders"]
    assert {"low", "high", "split", "unknown"} <= set(group["outcome"]["ouders"])


def test_the_coordinator_sees_whether_enough_ouders_answered_and_never_how_many(cast, client):
    client.force_login(cast.coordinator)

    def said():
        page = " ".join(client.get(reverse("round", args=[cast.round.pk])).content.decode().split())
        return page.partition("Ouders en jongeren: ")[2].partition("<")[0]

    assert said() == ""
    link = open_to_ouders(round_id=cast.round.pk)
    for _ in range(5):
        assert said() == "nog niet genoeg antwoorden voor het rapport."
        fill_in(link, alike(cast, "ouders", 3))
    assert said() == "genoeg antwoorden voor het rapport."
    assert sum(day.submitted for day in curve(cast.round)) == 0


# What was written.


def texts_by_level(cast, judged):
    """Closes the round and counts its open answers by (level, text).

    Six are of uitvoerend, `judged` of the bestuur, and six more came by the open link of the bestuur.
    """
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["gemeente"], level="bestuur", cap=50)
    writers = [p for p in cast.participants() if p.level == "uitvoerend"]
    writers += [p for p in cast.participants() if p.level == "bestuur"][:judged]
    for participant in writers:
        cast.answer(participant, texts={"open_slot": f"van {participant.level}"})
    fill_in(link, alike(cast, "bestuur", 3), times=6, text="bedacht")
    close_round(round_id=cast.round.pk)
    return Counter(OpenAnswer.objects.values_list("level", "text"))


def test_texts_by_an_open_link_do_not_make_a_level_large_enough_to_be_named(cast):
    """Whoever wrote the six strikes them out; what is left would be one person's."""
    assert {level for level, _ in texts_by_level(cast, judged=1)} == {""}


def test_what_is_not_named_is_not_of_people_by_an_open_link_alone(cast):
    assert {level for level, _ in texts_by_level(cast, judged=0)} == {""}


def test_texts_by_an_open_link_are_named_with_a_level_that_is_large_enough_without_them(cast):
    assert texts_by_level(cast, judged=5) == {
        ("uitvoerend", "van uitvoerend"): 6,
        ("bestuur", "van bestuur"): 5,
        ("bestuur", "bedacht"): 6,
    }

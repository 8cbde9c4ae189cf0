"""Closing counts everything that was sent, in its right place, and erases it; or it changes nothing and says why."""

import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.actions.closing import CannotClose
from assessments.actions.due import do_what_is_due
from assessments.actions.participation import correct_level
from assessments.actions.rounds import close_round
from assessments.anonymity.unsealing import unsealed
from assessments.models import FrozenResults, OpenAnswer, OpenLink, Participant, Response, Round, RoundSecret
from assessments.report.load import report_of
from assessments.results.pipeline import results_of_scores
from tests.cast import build_cast, save_answers, submit_all
from tests.clumsy import network
from tests.people import INSTRUMENT, Person, plain_scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, 1 + number % 5, texts={"open_slot": f"tekst {number}"})
    return cast


def whole(answers):
    return {key: value if value == "?" else int(value) for key, value in answers.items()}


@pytest.mark.smoke
@pytest.mark.parametrize("seed", range(4))
def test_what_is_frozen_is_what_people_sent_counted_one_by_one(seed):
    """Participants at many places take part, one of them at another level than the one they were invited at."""
    people = [person for person in network(Random(seed), most=30) if person.answers]
    cast = build_cast(Counter((person.partner, person.level) for person in people))
    given = []
    for participant in cast.participants():
        person = next(p for p in people if (p.partner, p.level) == (participant.partner.key, participant.level))
        people.remove(person)
        given.append((participant, person))
    submit_all(cast.round, [(participant, whole(person.answers)) for participant, person in given])
    (mover, person), *others = given
    correct_level(participant_id=mover.pk, level="bestuur")
    close_round(round_id=cast.round.pk)
    moved = Person(person.partner, "bestuur", person.answers)
    scores = plain_scores([moved, *(person for _, person in others)])
    invited = Participant.objects.filter(round=cast.round).invited_by_cell()
    expected = results_of_scores(scores, INSTRUMENT, minimum=3, invited=invited)
    frozen = FrozenResults.objects.get().results
    assert replace(frozen, reliability={}) == expected
    complete = Counter(key for _, p in given for key, block in INSTRUMENT.blocks.items() if _is_whole(p, block))
    assert {key: alpha.n for key, alpha in frozen.reliability.items()} == {
        factor.key: complete[factor.key] for factor in INSTRUMENT.factors if factor.key in frozen.reliability
    }
    assert all(complete[key] >= 30 for key in frozen.reliability)


def _is_whole(person, block):
    return all(person.answers.get(statement.key, "?") != "?" for statement in block)


def test_of_those_with_a_personal_link_the_reliability_of_a_factor_is_frozen():
    """Alpha needs thirty people who answered all of a factor; with 29 it is left out, and a guest does not count."""
    cast = build_cast({("school", "uitvoerend"): 31})
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)
    people = cast.participants()
    chance = Random(3)
    asked = [statement.key for factor in INSTRUMENT.factors for statement in factor.statements]
    given = [{key: chance.choice([2, 3, 4, 5]) for key in asked} for _ in people]
    given[0]["RG1"] = given[1]["RG1"] = "?"
    submit_all(cast.round, [*zip(people, given, strict=True), (link, dict.fromkeys(asked, 1))])
    close_round(round_id=cast.round.pk)
    found = FrozenResults.objects.get().results.reliability
    assert {alpha.n for alpha in found.values()} == {31}
    assert found.keys() == {factor.key for factor in INSTRUMENT.factors} - {"regels"}


def test_of_a_partner_is_kept_how_many_answered_but_not_of_one_with_fewer_than_the_minimum_or_an_open_link():
    cast = build_cast({(key, "uitvoerend"): n for key, n in {"school": 4, "wijkteam": 2, "zorg": 3, "swv": 3}.items()})
    cast.network.partners.create(key="leeg", name="Leeg", kind=cast.partners["school"].kind)
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["swv"], level="management", cap=9)
    save_answers(link.pk, {"VG1": 2}, guest_id=uuid.uuid4(), submit=True)
    for participant in cast.participants()[:1]:
        cast.answer(participant)
    [one] = {participant.partner.key for participant in cast.participants()[:1]}
    close_round(round_id=cast.round.pk)
    kept = {partner.pop("key"): partner for partner in FrozenResults.objects.get().facts["partners"]}
    told = {key: {k: v for k, v in partner.items() if k not in ("name", "kind")} for key, partner in kept.items()}
    assert told == {
        "school": {"invited": 4, "answered": int(one == "school")},
        "wijkteam": {"is_small": True},
        "zorg": {"invited": 3, "answered": int(one == "zorg")},
        "swv": {},
        "leeg": {"invited": 0, "answered": 0},
    }


@pytest.mark.parametrize("kinds", [None, {"school": "school", "zorg": "jeugdhulp"}])
@pytest.mark.parametrize("takes_part", [True, False])
def test_of_which_partners_is_told_how_many_answered_does_not_depend_on_one_colleague(kinds, takes_part):
    """The level uitvoerend is the school and one person of zorg, so 6 of 6 beside 6 of 7 would say who stayed away."""
    cast = build_cast({("school", "uitvoerend"): 6, ("zorg", "management"): 6, ("zorg", "uitvoerend"): 1}, kinds=kinds)
    for participant in cast.participants():
        if takes_part or (participant.partner.key, participant.level) != ("zorg", "uitvoerend"):
            cast.answer(participant)
    close_round(round_id=cast.round.pk)
    frozen = FrozenResults.objects.get()
    assert frozen.results.published.shown_parts == ()
    assert {p["key"]: (p["invited"], p.get("answered")) for p in frozen.facts["partners"]} == {
        "school": (6, None),
        "zorg": (7, None),
    }
    report = str(report_of(Round.objects.get(), "netwerk"))
    assert "zes mensen uitgenodigd" in report
    assert "zeven mensen uitgenodigd" in report


class TestOpenLinks:
    @pytest.fixture
    def link(self, cast):
        return OpenLink.objects.create(round=cast.round, partner=cast.partners["school"], level="uitvoerend", cap=9)

    def frozen(self, cast):
        close_round(round_id=cast.round.pk)
        return FrozenResults.objects.get()

    def invited(self, frozen):
        return {group.group.key: group.invited for group in frozen.results.published.groups}

    def test_a_link_that_nobody_sent_by_changes_no_figure(self, cast, link):
        save_answers(link.pk, {"VG1": 2}, guest_id=uuid.uuid4())
        frozen = self.frozen(cast)
        assert self.invited(frozen)["uitvoerend"] == 4
        assert self.invited(frozen)["network"] == 10
        assert frozen.facts["at_most"] == {}
        assert next(p for p in frozen.facts["partners"] if p["key"] == "school")["invited"] == 7

    @pytest.mark.parametrize(("is_withdrawn", "room"), [(False, 9), (True, 1)])
    def test_of_a_link_that_was_used_it_stays_known_how_many_it_could_be(self, cast, link, is_withdrawn, room):
        save_answers(link.pk, {"VG1": 2}, guest_id=uuid.uuid4(), submit=True)
        save_answers(link.pk, {"VG1": 2}, guest_id=uuid.uuid4())
        OpenLink.objects.update(is_withdrawn=is_withdrawn)
        frozen = self.frozen(cast)
        assert self.invited(frozen)["uitvoerend"] is None
        assert self.invited(frozen)["bestuur"] == 3
        expected = {"level:uitvoerend": 4 + room, "network": 10 + room, "part:school": 7 + room}
        assert frozen.facts["at_most"] == expected
        report = str(report_of(Round.objects.get(), "netwerk"))
        assert f"10 van ten hoogste {10 + room} mensen: uitvoerend 4 van ten hoogste {4 + room}" in report
        assert f"'ten hoogste {4 + room}'" in report


def test_places_follow_from_participants_and_open_links(cast):
    link = OpenLink.objects.create(round=cast.round, partner=cast.partners["gemeente"], level="bestuur", cap=9)
    ouders = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
    save_answers(link.pk, {"VG1": 2}, guest_id=uuid.uuid4(), submit=True)
    save_answers(ouders.pk, {"OU1": 2}, guest_id=uuid.uuid4(), submit=True)
    correct_level(participant_id=cast.participants()[0].pk, level="management")
    found = Counter((person.place, person.is_by_open_link) for person in unsealed(cast.round))
    assert found == {
        (("school", "uitvoerend"), False): 3,
        (("school", "management"), False): 4,
        (("gemeente", "bestuur"), False): 3,
        (("gemeente", "bestuur"), True): 1,
        (("", "ouders"), True): 1,
    }


def test_opening_costs_as_many_queries_for_one_as_for_all(cast, django_assert_num_queries):
    round = Round.objects.get(pk=cast.round.pk)
    with django_assert_num_queries(4):  # the secret, people, links, responses
        assert len(list(unsealed(round))) == 10


# What stops it. Nothing is erased then, and the page says why.


@pytest.fixture
def stays_open(client, cast):
    """Returns a check that no way of closing (action, page, what is due) closes the round, and that nothing is gone."""
    before = sorted(Response.objects.values_list("key", "is_submitted"))

    def check(*words):
        with pytest.raises(CannotClose):
            close_round(round_id=cast.round.pk)
        client.force_login(cast.coordinator)
        page = client.post(reverse("round_close", args=[cast.round.pk]), {"name": cast.round.name}, follow=True)
        said = " ".join(page.content.decode().split())
        assert not [word for word in (*words, "er is niets gewist") if word not in said]
        Round.objects.filter(pk=cast.round.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
        assert do_what_is_due()["rounds closed"] == 0
        assert Round.objects.get(pk=cast.round.pk).is_open
        assert sorted(Response.objects.values_list("key", "is_submitted")) == before
        assert RoundSecret.objects.count() == 1
        assert not FrozenResults.objects.exists()
        assert not OpenAnswer.objects.exists()

    return check


def test_a_response_that_was_damaged_stops_it(cast, stays_open):
    one = Response.objects.first()
    Response.objects.filter(pk=one.pk).update(sealed=bytes(one.sealed)[:-1] + bytes([bytes(one.sealed)[-1] ^ 1]))
    stays_open("beschadigd")


def test_a_response_that_leads_to_nobody_stops_it(cast, stays_open):
    cast.participants()[0].delete()
    stays_open("hoort bij geen deelnemer en bij geen open link")


TRIGGER = """
    CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {} RETURN NEW; END $$;
    CREATE TRIGGER meddle BEFORE INSERT ON assessments_frozenresults FOR EACH ROW EXECUTE FUNCTION meddle()
"""


@pytest.mark.parametrize(
    ("meddle", "word"),
    [
        ("NEW.document = jsonb_set(NEW.document, '{minimum}', '4');", "niet goed bewaard"),
        (
            "INSERT INTO assessments_response (key, round_id, is_submitted, sealed)"
            " VALUES (gen_random_uuid(), NEW.round_id, true, '');",
            "niet alles wat is verstuurd, is geteld",
        ),
    ],
)
def test_a_database_that_keeps_something_else_stops_it(cast, stays_open, meddle, word):
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER.format(meddle))
    stays_open(word)

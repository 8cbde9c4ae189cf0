"""A level that is wholly or nearly of one partner is recognised, and its people are told before they answer."""

import pytest
from django.urls import reverse

from assessments.actions.open_links import open_to_ouders, open_to_team
from assessments.actions.participation import correct_level
from assessments.anonymity.keys import link_token
from assessments.models import OpenLink, Participant
from assessments.running.one_partner import OnePartner, levels_of_one_partner, of_one_partner, one_partner_at
from tests.cast import build_cast
from tests.html import text_of, texts

A, B, C = ("School", "school"), ("Gemeente", "gemeente"), ("Wijkteam", "wijkteam")


@pytest.mark.parametrize(
    ("invited", "minimum", "found"),
    [
        ({A: 5}, 5, (5, 0, False)),
        ({A: 40}, 5, (40, 0, False)),
        ({A: 4}, 5, None),  # the level is not shown at all
        ({A: 5, B: 1}, 5, (5, 1, False)),
        ({A: 6, B: 2, C: 2}, 5, (6, 4, False)),
        ({A: 6, B: 3, C: 2}, 5, None),  # the others are as many as the minimum
        ({A: 100, B: 4}, 5, (100, 4, False)),
        ({A: 100, B: 5}, 5, None),
        ({A: 3, B: 2}, 5, (3, 2, False)),
        ({A: 3, B: 2}, 3, (3, 2, False)),
        ({A: 3, B: 3}, 5, None),  # neither partner's: each has as many
        ({A: 2, B: 2, C: 2}, 5, None),
        ({A: 5, B: 0}, 5, (5, 0, True)),  # an open link of B: nobody knows how many people come by it
        ({A: 0, B: 0}, 3, None),
        ({}, 3, None),
    ],
)
def test_a_level_is_one_partners_where_the_others_are_fewer_than_the_minimum(invited, minimum, found):
    one = of_one_partner("management", invited, minimum)
    assert (one and (one.people, one.others, one.may_grow)) == found
    assert one is None or (one.level, one.partner) == ("management", "School")


def test_two_partners_of_one_name_are_two():
    assert of_one_partner("bestuur", {("School", "school"): 5, ("School", "school-2"): 5}, 5) is None


ALL, NEARLY, MOST = (OnePartner("management", "School", people, others) for people, others in ((6, 0), (6, 1), (5, 4)))
ALL_AND_A_LINK = OnePartner("management", "School", 6, 0, may_grow=True)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            ALL,
            "niveau management: alle 6 deelnemers zijn van School. De uitkomst van dit niveau is dus die van School.",
        ),
        (
            NEARLY,
            "niveau management: 6 van de 7 deelnemers zijn van School."
            " De uitkomst van dit niveau is dus bijna die van School.",
        ),
        (
            MOST,
            "niveau management: 5 van de 9 deelnemers zijn van School."
            " De uitkomst van dit niveau is dus vooral die van School.",
        ),
        (
            ALL_AND_A_LINK,
            "niveau management: alle 6 deelnemers zijn van School."
            " Er kunnen mensen van andere partners bij komen via een open link. Zijn dat er weinig,"
            " dan is de uitkomst van dit niveau die van School.",
        ),
    ],
)
def test_the_coordinator_reads_it_in_numbers(one, sentence):
    assert one.for_coordinator == sentence


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            ALL,
            "Alle mensen die op uw niveau (management) een eigen uitnodiging kregen, zijn van School."
            " De uitkomst van uw niveau is dus die van School.",
        ),
        (
            NEARLY,
            "Bijna alle mensen die op uw niveau (management) een eigen uitnodiging kregen, zijn van School."
            " De uitkomst van uw niveau is dus bijna die van School.",
        ),
        (
            MOST,
            "De meeste mensen die op uw niveau (management) een eigen uitnodiging kregen, zijn van School."
            " De uitkomst van uw niveau is dus vooral die van School.",
        ),
        (
            ALL_AND_A_LINK,
            "Alle mensen die op uw niveau (management) een eigen uitnodiging kregen, zijn van School."
            " Er kunnen mensen van andere partners bij komen via een open link. Zijn dat er weinig,"
            " dan is de uitkomst van uw niveau die van School.",
        ),
    ],
)
def test_whoever_is_invited_reads_it_without_numbers(one, sentence):
    assert one.for_participant == sentence


# As it follows from who is invited


@pytest.fixture
def cast(db):
    """Returns a cast: bestuur is all of the gemeente, management nearly all of the school, uitvoerend nobody's."""
    people = {("school", "management"): 6, ("gemeente", "management"): 1, ("gemeente", "bestuur"): 5}
    return build_cast(people | {("school", "uitvoerend"): 6, ("gemeente", "uitvoerend"): 6}, minimum=5)


def first_page(client, link):
    return " ".join(client.get(reverse("welcome", args=[link_token(link.pk)])).content.decode().split())


def at(cast, level, partner):
    return Participant.objects.filter(round=cast.round, level=level, partner=cast.partners[partner]).first()


def test_the_levels_of_a_round_are_judged_in_their_order(cast):
    found = [(one.level, one.partner, one.people, one.others) for one in levels_of_one_partner(cast.round)]
    assert found == [("management", "School", 6, 1), ("bestuur", "Gemeente", 5, 0)]
    assert levels_of_one_partner(cast.round) == [
        one_partner_at(cast.round, level) for level in ("management", "bestuur")
    ]
    assert one_partner_at(cast.round, "uitvoerend") is None


@pytest.mark.parametrize(
    ("level", "partner", "said"),
    [
        ("management", "school", "Bijna alle mensen die op uw niveau (management)"),
        ("management", "gemeente", "Bijna alle mensen die op uw niveau (management)"),  # the only other one
        ("bestuur", "gemeente", "Alle mensen die op uw niveau (bestuur)"),
        ("uitvoerend", "school", None),
    ],
)
def test_the_first_page_says_so_to_everybody_of_the_level(client, cast, level, partner, said):
    page = first_page(client, at(cast, level, partner))
    assert (said in text_of(page, "main li")) if said else ("een eigen uitnodiging kregen" not in page)


def test_the_first_page_follows_who_is_invited_now(client, cast):
    person = at(cast, "bestuur", "gemeente")
    assert "De uitkomst van uw niveau is dus die van Gemeente." in text_of(first_page(client, person), "main li")
    correct_level(participant_id=at(cast, "management", "school").pk, level="bestuur")
    assert "De uitkomst van uw niveau is dus bijna die van Gemeente." in text_of(first_page(client, person), "main li")
    for number in range(5):
        Participant.objects.create(
            round=cast.round, partner=cast.partners["school"], level="bestuur", email=f"x{number}@example.org"
        )
    assert "een eigen uitnodiging kregen" not in first_page(client, person)


def test_an_open_link_of_another_partner_makes_it_uncertain_and_one_of_the_same_does_not(client, cast):
    own = open_to_team(round_id=cast.round.pk, partner_id=cast.partners["gemeente"].pk, level="bestuur", cap=9)
    assert "De uitkomst van uw niveau is dus die van Gemeente." in text_of(first_page(client, own), "main li")
    other = open_to_team(round_id=cast.round.pk, partner_id=cast.partners["school"].pk, level="bestuur", cap=9)
    for link in (own, other, at(cast, "bestuur", "gemeente")):
        said = text_of(first_page(client, link), "main li")
        assert "Zijn dat er weinig, dan is de uitkomst van uw niveau die van Gemeente." in said


def test_ouders_read_nothing_of_it_and_count_nowhere(client, cast):
    open_to_ouders(round_id=cast.round.pk)
    assert "uw niveau" not in first_page(client, OpenLink.objects.get())
    assert len(levels_of_one_partner(cast.round)) == 2


@pytest.mark.parametrize(("level", "queries"), [("uitvoerend", 1), ("management", 2), ("bestuur", 2)])
def test_a_few_people_tell_that_a_level_is_nobodys(cast, django_assert_num_queries, level, queries):
    with django_assert_num_queries(queries):
        assert (one_partner_at(cast.round, level) is None) == (level == "uitvoerend")


def test_the_pages_behind_the_first_say_nothing_of_it(client, cast):
    person = at(cast, "management", "school")
    for name, args in (("questions", [1]), ("review", []), ("level", [])):
        page = client.get(reverse(name, args=[link_token(person.pk), *args])).content.decode()
        assert "een eigen uitnodiging kregen" not in page


@pytest.mark.parametrize("step", ["planning", "controle"])
def test_the_wizard_says_so_before_the_round_opens(client, db, step):
    people = {("school", "management"): 6, ("gemeente", "management"): 1, ("gemeente", "bestuur"): 6}
    cast = build_cast(people, minimum=5, is_open=False)
    client.force_login(cast.coordinator)
    page = client.get(reverse("round_setup", args=[cast.round.pk, step]), follow=True).content.decode()
    for one in levels_of_one_partner(cast.round):
        assert one.for_coordinator in texts(page, "main li")
    Participant.objects.filter(level="bestuur").delete()
    Participant.objects.filter(partner=cast.partners["school"], email__lt="p003").delete()
    page = client.get(reverse("round_setup", args=[cast.round.pk, step]), follow=True).content.decode()
    assert "die van School" in text_of(page, "main li")
    Participant.objects.filter(email__lt="p004").delete()  # now the level is too small to be shown
    page = client.get(reverse("round_setup", args=[cast.round.pk, step]), follow=True).content.decode()
    assert "die van School" not in page

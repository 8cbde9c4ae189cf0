"""`make bench` prints what the coördinator's pages cost the server: long lists, many partners, many networks.

Each figure is the fastest of nineteen requests: the time of the whole answer, with the database on the same machine.
"""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import (
    Membership,
    Message,
    MessageKind,
    MessageState,
    Network,
    Participant,
    Partner,
    Role,
    Round,
)
from tests.bench.figures import figure, within
from tests.cast import build_cast, submit_all

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PEOPLE, PARTNERS, OWN, ALL = 5000, 60, 40, 342
# The build that had no short list yet took 0.21 and 0.10 s for these where this one takes 0.08 and 0.08, in turns.
LIST, RESPONSE = 0.2, 0.1
MANY_PARTNERS, OVERVIEW, AS_LONG = 0.1, 0.1, 1.3


def seconds(user, address):
    client = Client()
    client.force_login(user)
    took = []
    for _ in range(20):
        begin = time.perf_counter()
        assert client.get(address).status_code == 200
        took.append(time.perf_counter() - begin)
    return min(took[1:])


def in_many(people, partners):
    """Returns the cast of an open round with so many people; every third has sent, and all had three mails."""
    cast = build_cast({(f"p{number:02}", "uitvoerend"): 1 for number in range(partners)})
    own = list(cast.partners.values())
    rows = [
        Participant(
            round=cast.round,
            partner=own[number % partners],
            level=("uitvoerend", "management", "bestuur")[number % 3],
            email=f"iemand{number:05}@example.org",
        )
        for number in range(people - partners)
    ]
    Participant.objects.bulk_create(rows)
    at = timezone.now()
    Message.objects.bulk_create(
        Message(participant=row, kind=kind, state=MessageState.SENT, sent_at=at)
        for row in rows
        for kind in (MessageKind.INVITATION, MessageKind.REMINDER_1, MessageKind.REMINDER_2)
    )
    submit_all(cast.round, ((row, {"VG1": 3}) for row in rows[::3]))
    return cast


def test_a_list_and_the_response_of_five_thousand():
    cast = in_many(PEOPLE, 20)
    the_list = seconds(cast.coordinator, reverse("participants", args=[cast.round.pk]))
    response = seconds(cast.coordinator, reverse("round", args=[cast.round.pk]))
    figure(f"list of {PEOPLE} participants", the_list)
    figure(f"response page of {PEOPLE} participants", response)
    within(the_list, LIST, "the list")
    within(response, RESPONSE, "the response page")


def test_the_response_of_sixty_partners():
    cast = in_many(600, PARTNERS)
    response = seconds(cast.coordinator, reverse("round", args=[cast.round.pk]))
    figure(f"response page with {PARTNERS} partners", response)
    within(response, MANY_PARTNERS, "the response page")


def add_networks(number, cast, user=None):
    for _ in range(number):
        network = Network.objects.create(name="Netwerk")
        partner = Partner.objects.create(network=network, key="school", name="School")
        for name, state in (("Voorjaar", "gesloten"), ("Najaar", "concept")):
            round = Round.objects.create(
                network=network,
                name=name,
                state=state,
                instrument_version=cast.round.instrument_version,
                opened_at=timezone.now() if state != "concept" else None,
                closed_at=timezone.now() if state != "concept" else None,
            )
            people = [
                Participant(round=round, partner=partner, level="bestuur", email=f"{place}@example.org")
                for place in range(5)
            ]
            Participant.objects.bulk_create(people)
        if user:
            Membership.objects.create(network=network, user=user, role=Role.COORDINATOR)


def test_the_overview_of_forty_networks_and_of_one_among_many():
    cast = build_cast()
    alone = seconds(cast.coordinator, reverse("overview"))
    add_networks(OWN, cast, cast.stranger)
    add_networks(ALL - OWN - 2, cast)
    among = seconds(cast.coordinator, reverse("overview"))
    forty = seconds(cast.stranger, reverse("overview"))
    figure(f"overview of {OWN} networks", forty)
    figure("overview of one network", alone)
    figure(f"overview of one network among {ALL}", among)
    within(forty, OVERVIEW, "the overview")
    within(among, alone * AS_LONG, "the overview among many")

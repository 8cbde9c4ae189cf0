"""Open links for teams without addresses, as a coördinator makes and hands them out."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.anonymity.keys import link_token
from assessments.models import Network, OpenLink, Partner
from tests.html import elements, texts

pytestmark = pytest.mark.django_db


def test_a_coordinator_makes_a_link_for_a_team_and_prints_it(cast, client):
    client.force_login(cast.coordinator)
    address = reverse("open_links", args=[cast.round.pk])
    team = {"partner": cast.partners["school"].pk, "level": "uitvoerend", "cap": "12"}
    assert client.post(address, team).url == address
    client.post(address, team | {"cap": "15"})
    link = OpenLink.objects.get()
    assert link.cap == 15
    sheet = client.get(reverse("open_link_sheet", args=[cast.round.pk, link.pk]))
    assert len(elements(sheet, ".sheet svg")) == 1
    shown = "".join(texts(sheet, ".sheet__code span"))
    assert Client().post(reverse("code"), {"code": shown}).url == reverse("welcome", args=[link_token(link.pk)])


def test_a_partner_of_another_network_is_refused(cast, client):
    client.force_login(cast.coordinator)
    address = reverse("open_links", args=[cast.round.pk])
    other = Partner.objects.create(network=Network.objects.create(name="Elders"), key="elders", name="Elders")
    assert client.post(address, {"partner": other.pk, "level": "uitvoerend", "cap": "9"}).status_code == 200
    assert not OpenLink.objects.exists()


@pytest.mark.parametrize("user", ["reader", "researcher", "stranger"])
def test_nobody_else_sees_open_links(cast, client, user):
    link = OpenLink.objects.create(round=cast.round, level="ouders", cap=9)
    client.force_login(getattr(cast, user))
    assert client.get(reverse("open_links", args=[cast.round.pk])).status_code == 404
    assert client.get(reverse("open_link_sheet", args=[cast.round.pk, link.pk])).status_code == 404

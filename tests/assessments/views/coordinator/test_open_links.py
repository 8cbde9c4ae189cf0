"""Open links for teams without addresses, as a coördinator makes and hands them out."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.open_links import open_to_ouders, open_to_team, withdraw_link
from assessments.anonymity.keys import link_token
from assessments.filling.links import full_link
from assessments.models import Network, OpenLink, Partner
from tests.cast import build_cast, save_answers
from tests.html import elements, text_of, texts, value_of

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
    assert full_link(link.pk) in text_of(sheet, ".no-print")
    assert not elements(sheet, ".sheet__code, header, footer")


def test_the_sheet_of_ouders_has_a_code_of_eight_signs_that_leads_to_their_link(cast, client):
    client.force_login(cast.coordinator)
    client.post(reverse("ouders_link", args=[cast.round.pk]))
    link = OpenLink.objects.get()
    sheet = client.get(reverse("open_link_sheet", args=[cast.round.pk, link.pk]))
    shown = " ".join(texts(sheet, ".sheet__code span"))
    assert shown == f"{link.code[:4]} {link.code[4:]}"
    assert Client().post(reverse("code"), {"code": shown}).url == reverse("welcome", args=[link_token(link.pk)])


def test_of_a_group_that_can_t_be_shown_it_is_said_before_the_link_is_made(client):
    cast = build_cast({("school", "uitvoerend"): 4, ("gemeente", "bestuur"): 2})
    client.force_login(cast.coordinator)
    address = reverse("open_links", args=[cast.round.pk])
    team = {"partner": cast.partners["gemeente"].pk, "level": "bestuur", "cap": "12"}
    asked = client.post(address, team)
    assert texts(asked, "main .utrecht-alert li") == [
        "Gemeente: twee mensen met een persoonlijke link, drie nodig.",
        "Het niveau bestuur: twee mensen met een persoonlijke link, drie nodig.",
    ]
    assert value_of(asked, "cap") == "12"
    assert not OpenLink.objects.exists()
    assert client.post(address, team | {"toch": ""}).url == address
    assert OpenLink.objects.get().cap == 12


class TestUse:
    @pytest.fixture
    def link(self, cast, coordinator):
        link = open_to_team(round_id=cast.round.pk, partner_id=cast.partners["school"].pk, level="uitvoerend", cap=9)
        for number in range(3):
            save_answers(link.pk, {"VG1": 2}, guest_id=uuid4(), submit=number > 0)
        return link

    def test_it_is_told_how_many_sent_beside_the_others(self, cast, client, link):
        row = texts(client.get(reverse("open_links", args=[cast.round.pk])), "tbody td.number")
        assert row == ["2", "9"]
        round_page = text_of(client.get(reverse("round", args=[cast.round.pk])), "main")
        assert "Met open links zijn nog 2 vragenlijsten verstuurd." in round_page

    def test_it_lets_in_fewer_but_not_fewer_than_began(self, cast, client, link):
        address = reverse("open_link_edit", args=[cast.round.pk, link.pk])
        assert "Met deze link begonnen 3 mensen. 2 van hen hebben verstuurd." in text_of(client.get(address), "main")
        refused = client.post(address, {"cap": "2"})
        assert "Met deze link begonnen al 3 mensen." in text_of(refused, ".utrecht-form-field-error-message")
        assert client.post(address, {"cap": "3"}).status_code == 302
        link.refresh_from_db()
        assert (link.cap, link.is_shut) == (3, True)

    def test_one_that_was_used_and_is_withdrawn_lets_nobody_new_in_and_can_be_opened_again(self, cast, client, link):
        address = reverse("open_link_edit", args=[cast.round.pk, link.pk])
        client.post(address, {"intrekken": ""})
        assert "ingetrokken" in text_of(client.get(reverse("open_links", args=[cast.round.pk])), "tbody")
        assert "Beginnen kan niet meer" in text_of(Client().get(reverse("welcome", args=[link_token(link.pk)])), "h1")
        assert cast.round.responses.count() == 3
        client.post(address, {"cap": "9"})
        assert not OpenLink.objects.get().is_shut

    def test_one_that_nobody_used_is_gone_once_it_is_withdrawn(self, cast, client, link):
        link.responses.all().delete()
        client.post(reverse("open_link_edit", args=[cast.round.pk, link.pk]), {"intrekken": ""})
        assert not OpenLink.objects.exists()
        assert Client().get(reverse("welcome", args=[link_token(link.pk)])).status_code == 404

    def test_one_that_is_gone_already_stays_so_when_the_button_was_pressed_twice(self, cast, link):
        link.responses.all().delete()
        for _ in range(2):
            withdraw_link(round_id=cast.round.pk, link_id=link.pk)
        assert not OpenLink.objects.exists()

    @pytest.mark.parametrize("answers", [0, 1])
    def test_of_ouders_it_tells_nothing_of_how_many_began(self, cast, client, link, answers):
        ouders = open_to_ouders(round_id=cast.round.pk)
        for _ in range(answers):
            save_answers(ouders.pk, {"OU1": 2}, guest_id=uuid4(), submit=True)
        address = reverse("ouders_link", args=[cast.round.pk])
        client.post(address, {"intrekken": ""})
        assert OpenLink.objects.get(pk=ouders.pk).is_withdrawn
        assert client.get(reverse("open_link_edit", args=[cast.round.pk, ouders.pk])).status_code == 404
        assert "De link is ingetrokken" in text_of(client.get(address), "main p:nth-of-type(2)")
        client.post(address)
        assert not OpenLink.objects.get(pk=ouders.pk).is_withdrawn


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

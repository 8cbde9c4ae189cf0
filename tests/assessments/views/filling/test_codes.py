"""A code on paper leads ouders to their link however it is typed, and nothing else does."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.open_links import open_to_ouders
from assessments.anonymity.keys import link_token
from assessments.views.filling import limits

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(cast):
    link = open_to_ouders(round_id=cast.round.pk)
    link.code = "9XR1V30D"
    link.save()
    return link


@pytest.mark.parametrize("typed", ["9XR1V30D", "9xrl v3od", " 9XRI-V30D "])
def test_it_leads_on_to_the_link(client, link, typed):
    response = client.post(reverse("code"), {"code": typed})
    assert (response.status_code, response.url) == (302, reverse("welcome", args=[link_token(link.pk)]))


def test_asking_ouders_again_keeps_the_code_that_hangs_on_posters(cast, link):
    assert open_to_ouders(round_id=cast.round.pk).code == "9XR1V30D"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Typ de code die op uw blad staat."),
        ("9XR1V30", "Een code heeft 8 tekens. U typte er 7."),
        ("9XR1V30E", "Deze code kennen wij niet."),
        ("UUUUUUUU", "Deze code kennen wij niet."),
    ],
)
def test_a_wrong_code_is_told_and_what_was_typed_stays(client, link, typed, sentence):
    page = client.post(reverse("code"), {"code": typed}).content.decode()
    assert sentence in page
    assert f'value="{typed}"' in page


def test_a_code_stands_in_no_address_title_or_cache(client, link):
    response = client.post(reverse("code"), {"code": "9XR1V30E"})
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]
    assert client.get(reverse("code"), {"code": link.code}).status_code == 200


def test_whoever_tries_codes_at_one_address_has_to_wait_with_a_right_one_too(client, link, monkeypatch):
    monkeypatch.setattr(limits, "CODES", 2)
    assert try_codes(client, "00000000", "12345678", "9XR1V30E", link.code) == [200, 200, 429, 429]
    assert try_codes(client, "9XR1", "") == [200, 200]  # no code, so no guess
    assert try_codes(Client(REMOTE_ADDR="203.0.113.9"), link.code) == [302]


def test_whoever_tries_codes_of_one_round_from_many_addresses_has_to_wait(link, monkeypatch):
    monkeypatch.setattr(limits, "CODES_OF_A_ROUND", 3)
    tries = [Client(REMOTE_ADDR=f"203.0.113.{number}") for number in range(5)]
    assert [try_codes(one, f"9XR0000{number}")[0] for number, one in enumerate(tries)] == [200, 200, 200, 429, 429]
    assert try_codes(tries[4], link.code) == [429]
    assert try_codes(tries[4], "00000000") == [200]  # another round's begin otherwise


def try_codes(client, *codes):
    return [client.post(reverse("code"), {"code": code}).status_code for code in codes]


def test_a_forged_form_is_refused(link):
    assert Client(enforce_csrf_checks=True).post(reverse("code"), {"code": link.code}).status_code == 403

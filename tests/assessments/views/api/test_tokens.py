"""Whoever takes data along makes tokens, sees each once, and takes them back; nobody sees those of another."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from samenwerking.accounts.api_tokens import PREFIX, token_by
from samenwerking.accounts.models import ApiToken, Reads
from tests.browsing import follow, sign_in
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, elements, links, text_of, texts, value_of

TODAY = timezone.localdate
HERE = "/api-sleutels/"


@pytest.fixture
def cast(db):
    return build_cast(is_open=False)


def fields(**more):
    return {"name": "script thuis", "reads": Reads.ROUNDS, "ends_on": TODAY().isoformat()} | more


def test_who_takes_data_is_led_there_and_whoever_does_not_finds_no_such_page(client, cast):
    for role, is_there in {"coordinator": True, "researcher": True, "stranger": True, "reader": False}.items():
        client.force_login(getattr(cast, role))
        assert (HERE in links(client.get(reverse("mfa_index")))) == is_there
        assert client.get(HERE).status_code == (200 if is_there else 404)
        assert client.post(HERE, fields()).status_code == (200 if is_there else 404)
    assert ApiToken.objects.count() == 3


def test_a_token_is_shown_once_and_works(client, cast):
    client.force_login(cast.researcher)
    form = client.get(HERE)
    assert texts(form, "main code") == ["http://127.0.0.1:8000/api/v1/", "Authorization: Bearer"]
    assert value_of(form, "ends_on") == (TODAY() + timedelta(days=30)).isoformat()
    assert [radio.get("value") for radio in elements(form, "[name=reads][checked]")] == [Reads.PUBLIC]
    page = client.post(HERE, fields())
    [text] = texts(page, "main code")
    assert text.startswith(PREFIX)
    assert token_by(text).user == cast.researcher
    assert "no-store" in page.headers["Cache-Control"]
    later = client.get(HERE)
    assert text not in later.content.decode()
    assert texts(later, "main h3") == ["Script thuis"]
    assert "nog niet" in texts(later, "main dd")
    assert client.get("/api/v1/rondes", headers={"Authorization": f"Bearer {text}"}).status_code == 200
    assert "nog niet" not in texts(client.get(HERE), "main dd")


def test_it_is_taken_back_after_a_question(client, cast):
    client.force_login(cast.coordinator)
    [text] = texts(client.post(HERE, fields()), "main code")
    withdraw = reverse("api_token_withdraw", args=[ApiToken.objects.get().pk])
    assert withdraw in links(client.get(HERE))
    assert "‘script thuis’" in text_of(client.get(withdraw), "h1")
    assert token_by(text)
    assert "‘script thuis’ werkt niet meer" in text_of(client.post(withdraw, follow=True), MESSAGES)
    assert token_by(text) is None
    assert client.post(withdraw).status_code == 404


def test_nobody_sees_or_takes_back_that_of_another(client, cast):
    client.force_login(cast.coordinator)
    [text] = texts(client.post(HERE, fields(name="geheime naam")), "main code")
    withdraw = reverse("api_token_withdraw", args=[ApiToken.objects.get().pk])
    for other in (cast.researcher, cast.stranger):
        client.force_login(other)
        assert "geheime naam" not in client.get(HERE).content.decode().lower()
        assert {client.get(withdraw).status_code, client.post(withdraw).status_code} == {404}
    assert token_by(text)


def test_one_that_has_ended_says_so(client, cast):
    client.force_login(cast.coordinator)
    client.post(HERE, fields())
    before = TODAY() - timedelta(days=2)
    ApiToken.objects.update(made_on=before, ends_on=before)
    page = client.get(HERE)
    assert "Verlopen" in texts(page, "main dt")
    assert "Uit de lijst halen: script thuis" in texts(page, "main a")


def test_there_are_so_many_at_most(client, cast):
    client.force_login(cast.coordinator)
    for number in range(ApiToken.MOST + 1):
        page = client.post(HERE, fields(name=f"script {number}"))
    assert ApiToken.objects.count() == ApiToken.MOST
    assert "U hebt er al 10" in text_of(page, "main")
    assert elements(page, "[name=ends_on]") == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Dit veld is verplicht."),
        ({"name": "\u200b"}, "Vul in waarvoor de sleutel is"),
        ({"name": "x" * 61}, "60 tekens"),
        ({"reads": "alles"}, "Selecteer een geldige keuze"),
        ({"ends_on": "volgende maand"}, "Vul een dag in, zoals 31-12-2026."),
        ({"ends_on": -1}, "Deze dag is al voorbij."),
        ({"ends_on": 91}, "Dat is te ver vooruit."),
    ],
)
def test_what_is_wrong_is_said_and_stays_on_the_page(client, cast, changed, sentence):
    client.force_login(cast.coordinator)
    if isinstance(changed.get("ends_on"), int):  # days from now, whichever day it is by then
        changed = {"ends_on": (TODAY() + timedelta(days=changed["ends_on"])).isoformat()}
    page = client.post(HERE, fields(**changed))
    assert sentence in text_of(page, FAULTS)
    assert "Fout: API-sleutels" in text_of(page, "title")
    assert not ApiToken.objects.exists()


def test_in_a_browser_it_is_made_copied_and_taken_back(walk, page, live_server, context):
    cast = build_cast(is_open=False)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, live_server, cast.researcher.email)
    walk.visit_named("mfa_index api_tokens")
    page.get_by_label("Waarvoor is de sleutel?").fill("Script van mijn onderzoek")
    page.get_by_label("Ook de rondes").check()
    follow(page, page.get_by_role("button", name="Maak de sleutel"))
    walk.look()
    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_role("status")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("main code").text_content()
    follow(page, page.get_by_role("link", name="Klaar"))
    walk.look()
    follow(page, page.get_by_role("link", name="Intrekken"))
    walk.look()
    follow(page, page.get_by_role("button", name="Sleutel intrekken"))
    walk.look()
    assert not ApiToken.objects.exists()

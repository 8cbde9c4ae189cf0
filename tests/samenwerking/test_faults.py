"""Where the database is away, a page says so, leads back, and still has what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from assessments.anonymity.keys import link_token
from tests.cast import build_cast, filled
from tests.cluster import cluster, on_cluster
from tests.html import elements, links
from tests.served import served

__all__ = ["cluster"]  # a fixture


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def raising(fault):
    def wrapper(*_):
        raise fault

    return connection.execute_wrapper(wrapper)


def fields(page):
    return [(field.get("name"), field.get("value")) for field in elements(page, "form input")]


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_page_that_was_asked_for_leads_to_itself(visitor, cast, fault):
    address = f"/v/{link_token(cast.participants()[0].pk)}/?a=1&b=2"
    with raising(fault):
        answer = visitor.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert links(answer) == [address]
    assert "Content-Security-Policy" in answer
    assert "no-store" in answer["Cache-Control"]


def test_a_fault_of_ours_stays_a_fault(visitor, cast):
    address = f"/v/{link_token(cast.participants()[0].pk)}/"
    with raising(DataError):
        assert visitor.get(address).status_code == 500


def test_what_was_sent_can_be_sent_again_as_it_was(coordinator, cast):
    coordinator.raise_request_exception = False
    typed = {"name": 'Noor "de" <b>Wit</b>', "municipalities": "Oost\nWest", "a": ["1", "2"]}
    address = reverse("network_edit", args=[cast.network.pk])
    with raising(OperationalError):
        answer = coordinator.post(address, typed)
    assert answer.status_code == 503
    [form] = elements(answer, "form")
    assert (form.get("action"), form.get("method")) == (address, "post")
    wanted = [("name", typed["name"]), ("municipalities", "Oost\nWest"), ("a", "1"), ("a", "2")]
    assert fields(answer) == wanted


@pytest.mark.parametrize("name", ["password", "new_password1", "code"])
def test_no_password_and_no_code_is_sent_back(coordinator, cast, name):
    coordinator.raise_request_exception = False
    address = reverse("network_edit", args=[cast.network.pk])
    with raising(OperationalError):
        answer = coordinator.post(address, {"name": "Oost", name: "geheim-woord"})
    assert answer.status_code == 503
    assert "geheim-woord" not in answer.content.decode()
    assert not elements(answer, "form")
    assert links(answer) == [address]


def test_a_file_has_to_be_chosen_again(coordinator, cast):
    coordinator.raise_request_exception = False
    address = reverse("participants_file", args=[cast.round.pk])
    with raising(OperationalError):
        answer = coordinator.post(address, {"file": SimpleUploadedFile("lijst.csv", b"e-mail")})
    assert answer.status_code == 503
    assert not elements(answer, "form")
    assert links(answer) == [address]


def test_a_forged_form_stays_forged(cast):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    address = f"/v/{link_token(cast.participants()[0].pk)}/vragen/1/"
    with raising(OperationalError):
        answer = visitor.post(address, {"VG1": "5"})
    names = [name for name, _ in fields(answer)] if answer.status_code == 503 else []
    assert "csrfmiddlewaretoken" not in names


@pytest.mark.django_db(transaction=True)
def test_who_fills_in_without_a_script_sends_the_page_again_and_it_is_saved(cluster, browser, axe):
    with on_cluster(cluster), served(cluster.url) as site:
        token = link_token(build_cast().participants()[0].pk)
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{site.url}/v/{token}/vragen/1/")
        page.locator("input[type=radio][value='4']").first.check(force=True)
        page.locator("textarea").first.fill("Wij bellen <elkaar> & dat werkt.")
        cluster.stop()
        page.locator("main button[type=submit]").first.click()
        expect(page.locator("h1")).to_have_text("De site is even niet bereikbaar")
        cluster.start()
        page.get_by_role("button", name="Verstuur het opnieuw").click()
        expect(page).to_have_url(f"{site.url}/v/{token}/vragen/2/")
        kept = filled()
        assert list(kept.answers.values()) == [4]
        assert list(kept.texts.values()) == ["Wij bellen <elkaar> & dat werkt."]

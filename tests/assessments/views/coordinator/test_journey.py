"""From an empty installation to a published report, as a new coördinator goes: her browser, a mail server, a worker,
and a participant's browser that follows the link in the mail."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.anonymity.keys import id_of
from assessments.models import Participant, Round, State
from factors.actions import load_instrument
from samenwerking.accounts.models import User
from tests.browsing import follow, sign_in
from tests.cast import PASSWORD, Cast
from tests.mail_server import server

__all__ = ["server"]  # a fixture

LIST = "e-mail;organisatie;niveau;functie\n" + "".join(
    f"{level[0]}{number}@school.example.org;Basisschool De Brug;{level};\n"
    for level in ("uitvoerend", "management", "bestuur")
    for number in range(4)
)


def work():
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def submit(page, text):
    follow(page, f"main button[type=submit]:has-text('{text}')")


def set_up(page):
    follow(page, "text=Nieuw netwerk maken")
    page.fill("[name=name]", "Netwerk Noord")
    submit(page, "Netwerk maken")
    follow(page, "text=Nieuwe ronde maken")
    page.fill("[name=name]", "Voorjaar")
    submit(page, "Verder")
    page.fill("[name=minimum]", "3")
    submit(page, "Opslaan en verder")
    follow(page, "text=Deelnemers uit een bestand")
    page.set_input_files(
        "[name=file]", {"name": "lijst.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-8-sig")}
    )
    submit(page, "Bestand lezen")
    page.select_option("[name=partner-0]", "nieuw")
    submit(page, "Opslaan en lijst opnieuw nakijken")
    submit(page, "12 deelnemers toevoegen")
    follow(page, "text=Verder naar de uitnodiging")
    submit(page, "Opslaan en verder")
    submit(page, "Ronde openen en uitnodigen")


def fill_in(page, link):
    page.goto(link)
    follow(page, "main .utrecht-button-link--primary-action")
    while "/vragen/" in page.url:
        for choice in page.locator(".statement input[value='4']").all():
            choice.dispatch_event("click")
        follow(page, ".onward button[type=submit] >> nth=0")
    submit(page, "Versturen")


@pytest.mark.django_db(transaction=True)
def test_a_new_coordinator_comes_from_nothing_to_a_published_report(live_server, server, page, new_context, settings):
    settings.BASE_URL = live_server.url
    load_instrument()
    User.objects.create_user("noor@example.org", PASSWORD, name="Noor, gemeente Oostdorp", may_make_networks=True)
    sign_in(page, live_server, "noor@example.org")
    set_up(page)
    round = Round.objects.get()
    assert round.state == State.OPEN
    work()
    assert sorted(server.sent_to().values()) == [1] * 12

    mail = next(message for message in server.received if message["To"] == "u0@school.example.org")
    text = mail.get_body(("plain",)).get_content()
    link = re.search(rf"{re.escape(live_server.url)}/v/[\w-]{{43}}/", text)[0]
    phone = new_context(viewport={"width": 360, "height": 740}).new_page()
    fill_in(phone, link)
    follow_and_publish(page, live_server, round, link)
    work()
    subjects = [message["Subject"] for message in server.received]
    assert subjects.count("De uitkomsten zijn er: Netwerk Noord") == 12
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("De uitkomsten zijn er")


def follow_and_publish(page, live_server, round, link):
    page.goto(f"{live_server.url}/rondes/{round.pk}/")
    expect(page.locator("#stand")).to_contain_text("1 van 12 deelnemers is klaar")
    cast = Cast(round.network, {}, round, None, None, None, None)
    own = id_of(link.rstrip("/").rsplit("/", 1)[1])
    for number, participant in enumerate(Participant.objects.filter(round=round).exclude(pk=own).order_by("email")):
        cast.answer(participant, number % 5 + 1)
    follow(page, "text=Ronde sluiten")
    page.fill("[name=name]", "Voorjaar")
    submit(page, "Ronde sluiten")
    follow(page, "text=Rapport openen (concept)")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rapport")
    page.goto(f"{live_server.url}/rondes/{round.pk}/publiceren/")
    submit(page, "Uitkomsten publiceren")
    assert Round.objects.get(pk=round.pk).state == State.PUBLISHED

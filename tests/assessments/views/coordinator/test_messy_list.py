"""A messy list of 62 rows comes from upload to an open round on the pages alone, in few of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.actions.imports import keep_file
from assessments.models import Participant, ParticipantFile, Round, State
from tests import lists
from tests.cast import build_cast, ready
from tests.html import BUTTONS, MESSAGES, elements, text_of, texts, value_of
from tests.pages import Walker

MOST_PAGES = 12
MEND = "form:has([name=gevraagd])"
TABLE = "table:has(#nieuwe-partners)"


@pytest.fixture
def cast(db):
    cast = build_cast(is_open=False)
    Participant.objects.all().delete()
    cast.network.partners.all().delete()
    ready(cast.round)
    return cast


def row_of(page, address):
    """Returns the number of the row to mend that has this address."""
    [field] = [field for field in elements(page, "[name$=-email]") if field.get("value") == address]
    return field.get("name").removesuffix("-email")


def field_of(page, name):
    """Returns the name of the field that asks what this name in the list is."""
    [found] = [found for found in elements(page, "main [aria-label]") if found.get("aria-label") == f"Wat is {name}?"]
    return found.get("name")


def test_a_messy_list_comes_to_an_open_round_in_a_dozen_pages_and_without_excel(coordinator, cast):
    walker = Walker(coordinator)
    walker.visit(reverse("participants_file", args=[cast.round.pk]))
    walker.send("form:has([name=file])", file=SimpleUploadedFile("deelnemers 2026.xlsx", lists.messy()))
    what_was_not_read_is_said(walker.page)
    twice = field_of(walker.page, "De Regenboog")
    what_is_new_is_guessed(walker.page, twice)
    rows = {
        address: row_of(walker.page, address) for address in ("stagiair@wijkteamzuid.example", "niveau@kompas.example")
    }
    comma = row_of(walker.page, "leerkracht8@obsderegenboog,example")
    unknown = dict.fromkeys(not_chosen(walker.page), "uitvoerend")
    walker.send(
        MEND,
        **unknown,
        **{twice: "=OBS De Regenboog", "niveau-0": "management", "doe": "overslaan"},
        **{f"{comma}-email": "leerkracht8@obsderegenboog.example"},
        **{f"{rows['stagiair@wijkteamzuid.example']}-partner": "Wijkteam Zuid"},
        **{f"{rows['niveau@kompas.example']}-level": "bestuur"},
    )
    assert "1 adres staat bij twee partners of niveaus." in text_of(walker.page, MESSAGES)
    first, second = elements(walker.page, "[name$=-email]")
    assert first.get("value") == second.get("value") == "coach2@kompas.example"
    walker.send(MEND, **{second.get("name").replace("email", "skip"): "on"})
    said = texts(walker.page, "main li")
    assert "56 deelnemers zijn nieuw en worden toegevoegd." in said
    # Two without address, two exact doubles, one at two partners, a shared mailbox.
    assert "6 rijen slaan wij over." in said
    assert "1 adres lijkt een gedeelde mailbox" in text_of(walker.page, "main p")
    assert "56 deelnemers toevoegen" in texts(walker.page, BUTTONS)
    walker.send("form:has([name=gezien])")
    walker.visit(reverse("round_open", args=[cast.round.pk]))
    walker.send("main form")
    assert Round.objects.get(pk=cast.round.pk).state == State.OPEN
    assert walker.loads <= MOST_PAGES
    all_are_who_they_are(cast)


def what_was_not_read_is_said(page):
    said = text_of(page, "section:has(#gelezen) li")
    assert "Wij lazen werkblad ‘Lijst’. Niet gelezen: ‘Toelichting’ (2 rijen) en ‘Oud’ (2 rijen)." in said
    assert "Boven de namen van de kolommen staat 1 rij (rij 1)." in said
    assert "2 rijen zijn verborgen of weggefilterd (rij 66 en 67). Die nemen wij niet mee." in said
    assert "kolom E (‘Opmerking’), rij 6." in said


def what_is_new_is_guessed(page, twice):
    assert value_of(page, field_of(page, "OBS De Regenboog")) == "nieuw"
    assert value_of(page, twice) == "-"
    choices = texts(page, f"[name={twice}] option")
    assert choices[2] == "hetzelfde als OBS De Regenboog"
    kinds = {name: value_of(page, field_of(page, name).replace("partner", "soort")) for name in lists.TITLES}
    assert kinds["Gemeente Zuiderveen"] == "gemeente"
    assert kinds["SWV Passend Onderwijs Veenland"] == "samenwerkingsverband"
    assert texts(page, "tr:has(th) .small").count("ons voorstel") > 10


def not_chosen(page):
    """Returns the job titles for which no level is chosen yet."""
    radios = elements(page, "[name^=functie-]")
    chosen = {radio.get("name") for radio in radios if "checked" in radio.attrib}
    return {radio.get("name") for radio in radios} - chosen


def all_are_who_they_are(cast):
    people = Participant.objects.filter(round=cast.round).select_related("partner__kind")
    known = {person.email: (person.partner.name, person.level) for person in people}
    assert len(known) == 56
    assert known["ib9@deregenboog.example"] == ("OBS De Regenboog", "uitvoerend")
    assert known["directie1@regenboog.example"] == ("OBS De Regenboog", "management")
    assert known["conrector@zuiderlichtcollege.example"] == ("Zuiderlicht College", "management")
    assert known["hoofd@kompas.example"] == ("Kompas", "management")
    assert not any(address.startswith("uitdienst") for address in known)
    assert {person.partner.kind_id for person in people} >= {"school", "gemeente", "jeugdhulp", "jgz", "wijkteam"}
    assert not ParticipantFile.objects.exists()
    assert cast.network.partners.count() == 10


@pytest.mark.django_db(transaction=True)
def test_the_page_with_all_that_is_to_be_mended_is_accessible_at_both_widths(walk, client):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    for cookie in client.cookies.values():
        walk.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": walk.site}])
    keep_file(round_id=cast.round.pk, name="deelnemers.xlsx", content=lists.messy())
    walk.visit_named("participants_file participants_preview", cast.round.pk)

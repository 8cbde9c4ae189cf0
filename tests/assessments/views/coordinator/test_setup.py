"""Setting up a round as people really do it: odd days, two windows, the back button, a second click."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.due import do_what_is_due
from assessments.actions.rounds import close_round, open_round
from assessments.actions.setup import create_round
from assessments.forms.setup import without_links
from assessments.models import Message, MessageKind, MessageState, Network, Partner, Round, State
from assessments.running.letters import STANDARD_REMINDER, letter
from tests.cast import build_cast
from tests.html import BUTTONS, FAULTS, MESSAGES, WARNINGS, elements, text_of, texts, value_of


@pytest.fixture
def cast(db):
    return build_cast(is_open=False)


def setup(cast, step):
    return reverse("round_setup", args=[cast.round.pk, step])


def planning(**fields):
    return {
        "closes_on": timezone.localdate() + timedelta(days=20),
        "reminders": 2,
        "minimum": 5,
        "shown_by": "sector",
    } | fields


def invitation(**fields):
    letters = {"invitation_subject": "Doe mee", "invitation_text": "Graag!", "reminder_text": ""}
    return {"contact_name": "Noor", "contact_email": "noor@example.org"} | letters | fields


def is_ready(cast):
    Round.objects.filter(pk=cast.round.pk).update(
        closes_on=timezone.localdate() + timedelta(days=20), contact_email="noor@example.org"
    )


def seen(page):
    return value_of(page, "gezien")


def text(response):
    return response.content.decode()


# Days


@pytest.fixture
def clock(monkeypatch):
    """Sets Django's clock to a moment in UTC."""
    return lambda moment: monkeypatch.setattr(
        timezone, "now", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("moment", "day", "is_taken"),
    [
        # Half past twelve at night in Amsterdam: there the day has begun, in UTC it has not.
        ("2027-03-27T23:30", "2027-03-28", False),
        ("2027-03-27T23:30", "2027-03-29", True),
        ("2027-10-30T22:30", "2027-10-31", False),
        ("2027-10-30T22:30", "2027-11-01", True),
        # Half past eleven in the evening, the day before and the day of the change.
        ("2027-03-27T22:30", "2027-03-28", True),
        ("2027-03-28T21:30", "2027-03-28", False),
        ("2027-03-28T21:30", "2027-03-29", True),
        ("2027-10-31T22:30", "2027-10-31", False),
        ("2027-10-31T22:30", "2027-11-01", True),
    ],
)
def test_the_last_day_is_a_later_one_in_amsterdam_also_when_the_clock_changes(
    cast, client, clock, moment, day, is_taken
):
    clock(moment)
    client.force_login(cast.coordinator)
    page = client.post(setup(cast, "planning"), planning(closes_on=day), follow=True)
    assert any("al voorbij of vandaag" in fault for fault in texts(page, FAULTS)) == (not is_taken)
    assert Round.objects.get(pk=cast.round.pk).closes_on == (date.fromisoformat(day) if is_taken else None)


@pytest.mark.parametrize(
    ("last_day", "last_minute", "first_minute"),
    [
        ("2027-03-27", "2027-03-27T22:59", "2027-03-27T23:00"),
        ("2027-03-28", "2027-03-28T21:59", "2027-03-28T22:00"),  # of 23 hours
        ("2027-10-30", "2027-10-30T21:59", "2027-10-30T22:00"),
        ("2027-10-31", "2027-10-31T22:59", "2027-10-31T23:00"),  # of 25 hours
    ],
)
def test_a_round_closes_at_midnight_in_amsterdam_also_when_the_clock_changes(cast, last_day, last_minute, first_minute):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    Round.objects.update(closes_on=last_day)
    for moment, state in ((last_minute, State.OPEN), (first_minute, State.CLOSED)):
        do_what_is_due(datetime.fromisoformat(moment).replace(tzinfo=UTC))
        assert Round.objects.get(pk=cast.round.pk).state == state, moment


def test_a_reminder_after_the_change_to_summer_time_goes_at_eight_in_amsterdam(cast):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    Round.objects.update(opened_at=datetime(2027, 3, 15, 9, tzinfo=UTC), closes_on="2027-04-12", reminders=1)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now() - timedelta(days=9))
    reminders = Message.objects.filter(kind=MessageKind.REMINDER_1)
    # Halfway is the Monday of Easter, so it is the Tuesday after.
    for moment, count in (("2027-03-29T09:00", 0), ("2027-03-30T05:59", 0), ("2027-03-30T06:00", 10)):
        do_what_is_due(datetime.fromisoformat(moment).replace(tzinfo=UTC))
        assert reminders.count() == count, moment


def test_a_round_that_was_set_up_long_ago_does_not_open_with_a_last_day_in_the_past(coordinator, cast):
    is_ready(cast)
    for day in (timezone.localdate(), timezone.localdate() - timedelta(days=30)):
        Round.objects.update(closes_on=day)
        page = coordinator.post(reverse("round_open", args=[cast.round.pk]))
        assert page.status_code == 400
        assert "vandaag of al voorbij" in text_of(page, WARNINGS)
    assert Round.objects.get(pk=cast.round.pk).state == State.CONCEPT


# Two windows


def test_an_older_window_does_not_undo_unseen_what_a_newer_one_saved(coordinator, cast):
    old = seen(text(coordinator.get(setup(cast, "planning"))))
    coordinator.post(setup(cast, "planning"), planning(minimum=7))
    page = coordinator.post(setup(cast, "planning"), planning(minimum=4, gezien=old))
    assert "intussen gewijzigd" in text_of(page, FAULTS)
    assert "Kleinste groep die te zien is: 7" in text_of(page, FAULTS)
    assert value_of(page, "minimum") == "4"  # what was typed is still there
    assert Round.objects.get(pk=cast.round.pk).minimum == 7
    coordinator.post(setup(cast, "planning"), planning(minimum=4, gezien=seen(text(page))))
    assert Round.objects.get(pk=cast.round.pk).minimum == 4


def test_an_older_window_with_what_is_saved_already_goes_on(coordinator, cast):
    old = seen(text(coordinator.get(setup(cast, "uitnodiging"))))
    coordinator.post(setup(cast, "uitnodiging"), invitation())
    again = coordinator.post(setup(cast, "uitnodiging"), invitation(gezien=old))
    assert again.url == setup(cast, "controle")


@pytest.mark.parametrize("step", ["gegevens", "planning", "uitnodiging"])
def test_a_step_that_is_saved_after_the_round_was_opened_changes_nothing_and_says_so(coordinator, cast, step):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    before = Round.objects.filter(pk=cast.round.pk).values().get()
    fields = (
        planning(minimum=9) | invitation() | {"name": "Anders", "instrument_version": before["instrument_version_id"]}
    )
    page = coordinator.post(setup(cast, step), fields, follow=True)
    assert texts(page, MESSAGES) == ["De ronde is al open. De instellingen liggen vast: er is niets gewijzigd."]
    assert Round.objects.filter(pk=cast.round.pk).values().get() == before


def test_a_round_that_was_opened_in_another_window_is_not_thrown_away(coordinator, cast):
    address = reverse("round_remove", args=[cast.round.pk])
    assert coordinator.get(address).status_code == 200
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    coordinator.post(address)
    assert Round.objects.get(pk=cast.round.pk).state == State.OPEN


def test_a_round_whose_last_participant_went_in_another_window_does_not_open(coordinator, cast):
    is_ready(cast)
    page = coordinator.get(reverse("round_open", args=[cast.round.pk]))
    assert texts(page, BUTTONS) == ["Ronde openen en uitnodigen"]
    cast.round.participants.all().delete()
    page = coordinator.post(reverse("round_open", args=[cast.round.pk]))
    assert page.status_code == 400
    assert Round.objects.get(pk=cast.round.pk).state == State.CONCEPT


def test_a_partner_that_was_removed_in_another_window_is_a_question_again(coordinator, cast):
    gone = Partner.objects.create(network=cast.network, key="club", name="Club")
    rows = b"e-mail;partner;niveau\na@b.nl;Vereniging;bestuur"
    address = reverse("participants_file", args=[cast.round.pk])
    coordinator.post(address, {"file": SimpleUploadedFile("lijst.csv", rows)})
    preview = reverse("participants_preview", args=[cast.round.pk])
    page = coordinator.post(preview, {"formulier": "betekenis", "partner-0": gone.pk}, follow=True)
    assert "1 deelnemer toevoegen" in texts(page, BUTTONS)
    coordinator.post(reverse("partner_remove", args=[cast.network.pk, gone.pk]))
    page = coordinator.post(reverse("participants_add", args=[cast.round.pk]), follow=True)
    assert "Er is niets toegevoegd" in text_of(page, MESSAGES)
    assert "wacht op uw keuze hierboven" in text_of(page, "main td")


def another_list(coordinator, cast):
    rows = b"e-mail;partner;niveau;laag\ntwee@b.nl;School;bestuur;management"
    return coordinator.post(
        reverse("participants_file", args=[cast.round.pk]), {"file": SimpleUploadedFile("lijst.csv", rows)}, follow=True
    )


def another_column(coordinator, cast):
    columns = {"formulier": "kolommen", "email": 0, "partner": 1, "level": 3, "job_title": ""}
    return coordinator.post(reverse("participants_preview", args=[cast.round.pk]), columns, follow=True)


@pytest.mark.parametrize(
    ("change", "added"), [(another_list, ("twee@b.nl", "bestuur")), (another_column, ("een@b.nl", "management"))]
)
def test_a_list_that_changed_in_another_window_is_not_added_unseen(coordinator, cast, change, added):
    rows = b"e-mail;partner;niveau;laag\neen@b.nl;School;bestuur;management"
    address = reverse("participants_file", args=[cast.round.pk])
    before = coordinator.post(address, {"file": SimpleUploadedFile("lijst.csv", rows)}, follow=True)
    after = change(coordinator, cast)
    old, new = (value_of(page, "gezien") for page in (before, after))
    add = reverse("participants_add", args=[cast.round.pk])
    assert "de lijst is intussen veranderd" in text_of(coordinator.post(add, {"gezien": old}, follow=True), MESSAGES)
    assert cast.round.participants.count() == 10
    coordinator.post(add, {"gezien": new})
    assert cast.round.participants.filter(email=added[0], level=added[1]).exists()


# The back button and a second click


def test_the_first_step_done_again_goes_on_with_the_round_that_it_made(coordinator, cast):
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version_id}
    for name in ("Najaar", " najaar "):
        page = coordinator.post(reverse("round_new", args=[cast.network.pk]), fields | {"name": name}, follow=True)
    assert "was al gemaakt" in text_of(page, MESSAGES)
    assert Round.objects.filter(name__iexact="najaar").count() == 1


def test_the_name_of_a_round_that_ran_is_taken(coordinator, cast):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    fields = {"name": "voorjaar", "instrument_version": cast.round.instrument_version_id}
    page = coordinator.post(reverse("round_new", args=[cast.network.pk]), fields)
    assert "Er is al een ronde met deze naam" in text_of(page, FAULTS)


def test_a_second_click_makes_no_second_network_or_partner(coordinator, cast):
    for _ in range(2):
        page = coordinator.post(reverse("network_new"), {"name": "Netwerk Noord"})
    assert "U hebt al een netwerk met deze naam" in text_of(page, FAULTS)
    assert Network.objects.filter(name="Netwerk Noord").count() == 1
    for name in ("De Brug", "de  brug"):
        address = reverse("partner_new", args=[cast.network.pk])
        page = coordinator.post(address, {"name": name, "kind": "school"})
    assert "Er is al een partner met deze naam" in text_of(page, FAULTS)
    assert cast.network.partners.filter(name="De Brug").count() == 1


def test_a_second_click_on_taking_away_leads_to_the_list(coordinator, cast):
    participant = cast.participants()[0]
    partner = Partner.objects.create(network=cast.network, key="club", name="Club")
    away = reverse("participant_remove", args=[cast.round.pk, participant.pk])
    for address in (away, reverse("partner_remove", args=[cast.network.pk, partner.pk])):
        for _ in range(2):
            assert coordinator.post(address, follow=True).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_round_that_two_clicks_open_at_once_is_opened_once():
    cast = build_cast(is_open=False)
    is_ready(cast)
    barrier, pages = threading.Barrier(2), []

    def click():
        try:
            browser = Client()
            browser.force_login(cast.coordinator)
            barrier.wait()
            pages.append(browser.post(reverse("round_open", args=[cast.round.pk])))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [page.url for page in pages] == [reverse("round", args=[cast.round.pk])] * 2
    assert Round.objects.get(pk=cast.round.pk).state == State.OPEN
    assert Message.objects.filter(kind=MessageKind.INVITATION).count() == 10


# The reminder's own text


def reminder(cast, **options):
    return letter(
        MessageKind.REMINDER_1, Round.objects.get(pk=cast.round.pk), link="https://example.org/v/x/", **options
    )


def test_without_a_text_of_its_own_a_reminder_has_the_standard_one(cast):
    standard = STANDARD_REMINDER.format(network="Netwerk Oost")
    assert standard in reminder(cast).text
    assert standard in reminder(cast).html
    assert standard not in reminder(cast, has_unsent=True).text
    assert "U begon aan de vragenlijst" in reminder(cast, has_unsent=True).html


def test_a_reminder_has_the_text_of_the_coordinator_as_plain_text(coordinator, cast):
    own = "Wij missen u nog & hopen op <b>u</b>.\r\nTot gauw!\r\n\r\n\r\nGroet van ons."
    coordinator.post(setup(cast, "uitnodiging"), invitation(reminder_text=own))
    for has_unsent in (False, True):
        made = reminder(cast, has_unsent=has_unsent)
        assert "Wij missen u nog & hopen op <b>u</b>." in made.text
        assert "Tot gauw!\n\nGroet van ons.\n\nNaar de vragenlijst:" in made.text.replace("\r", "")
        assert "Wij missen u nog &amp; hopen op &lt;b&gt;u&lt;/b&gt;.<br>Tot gauw!</p>" in made.html
        assert "Eerder vroegen wij" not in made.text + made.html
        assert ("U begon aan de vragenlijst" in made.text) == has_unsent
        assert "https://example.org/v/x/" in made.text
        assert "Geen herinneringen meer" in made.text


@pytest.mark.parametrize("field", ["contact_name", "invitation_subject", "invitation_text", "reminder_text"])
@pytest.mark.parametrize("link", ["https://nep.example", "voorbeeld.nl/inloggen"])
def test_a_text_with_a_link_is_refused_and_kept_on_the_page(coordinator, cast, field, link):
    page = coordinator.post(setup(cast, "uitnodiging"), invitation(**{field: f"Kijk op {link}"}))
    assert "Zet geen link of webadres in de tekst" in text_of(page, FAULTS)
    assert value_of(page, field) == f"Kijk op {link}"
    assert link not in reminder(cast).text


@pytest.mark.parametrize(
    "link",
    ["HTTP://nep.example", "www.nep.example", "voorbeeld.nl", "Inloggen.Voorbeeld.NL!", "nep.example/x", "(nep-s.com)"],
)
def test_a_link_is_what_a_mail_program_makes_one_of(link):
    with pytest.raises(ValidationError, match="webadres"):
        without_links(f"Kijk op {link}")


@pytest.mark.parametrize(
    "text",
    [
        "Mail noor@gemeente.nl of n.jansen@jeugd.gemeente.nl",
        "klaar.De rest i.v.m. o.a. a.u.b.",
        "10.00/11.00 en/of 2.1",
    ],
)
def test_an_address_an_abbreviation_and_a_dot_without_a_space_are_no_link(text):
    assert without_links(text) == text


def test_the_preview_shows_the_invitation_and_the_reminder_beside_each_other(coordinator, cast):
    answer = coordinator.post(setup(cast, "uitnodiging"), invitation(reminder_text="Wij missen u nog.", bekijken="1"))
    shown, reminded = texts(coordinator.get(answer.url), ".letter")
    assert "Graag!" in shown
    assert "Wij missen u nog." in reminded
    assert "https://…" in shown
    assert "https://…" in reminded


def test_a_next_round_takes_over_the_texts_and_that_there_are_no_reminders(cast):
    Round.objects.update(reminder_text="Wij missen u nog.", reminders=0, invitation_text="")
    fields = {"name": "Later", "instrument_version": cast.round.instrument_version, "invitation_text": "Standaard"}
    later = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    assert (later.reminder_text, later.reminders, later.invitation_text) == ("Wij missen u nog.", 0, "Standaard")


def test_whom_mail_did_not_reach_is_named_for_a_next_round_and_comes_along_only_if_ticked(coordinator, cast):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    people = cast.participants()
    what_happened = [("bounced", ""), ("refused", "550"), ("refused", "KeyError"), ("bounced", "")]
    for person, (state, fault) in zip(people, what_happened, strict=False):
        Message.objects.filter(participant=person).update(state=state, fault=fault)
    Message.objects.exclude(state__in=["bounced", "refused"]).update(state="sent", sent_at=timezone.now())
    close_round(round_id=cast.round.pk)
    address = reverse("round_new", args=[cast.network.pk])
    page = coordinator.get(address)
    found = {box.get("value"): "checked" in box.attrib for box in elements(page, "[type=checkbox]")}
    assert found == {str(people[place].pk): False for place in (0, 1, 3)}
    assert f"{people[1].email} ({people[1].partner}): geweigerd, code 550" in text_of(page, "main form")
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version_id, "keep": [people[3].pk]}
    coordinator.post(address, fields)
    later = Round.objects.get(name="Najaar")
    taken = set(later.participants.values_list("email", flat=True))
    assert {person.email for person in people} - taken == {people[0].email, people[1].email}


def test_a_next_round_asks_nothing_where_all_mail_arrived(coordinator, cast):
    is_ready(cast)
    open_round(round_id=cast.round.pk)
    page = coordinator.get(reverse("round_new", args=[cast.network.pk]))
    assert not elements(page, "[type=checkbox]")
    assert "niet bereikte" not in text_of(page, "main")

"""The pages of the conversation: what they ask, show before mail goes out, refuse, and say afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from icalendar import Calendar
from playwright.sync_api import expect

from assessments.actions.mail import send_queued
from assessments.actions.rounds import close_round, publish_round
from assessments.models import Meeting, Message, MessageKind, MessageState, Participant
from tests.assessments.views.coordinator.test_colleague_was_first import meanwhile
from tests.browsing import follow, sign_in
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, WARNINGS, elements, links, text_of, texts, value_of
from tests.mail_server import server

__all__ = ["server"]  # a fixture


def published():
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    close_round(round_id=cast.round.pk)
    publish_round(round_id=cast.round.pk)
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return cast


@pytest.fixture
def cast(db):
    return published()


@pytest.fixture
def pages(coordinator, cast):
    """Returns a function that gets or, with fields, posts a page of the conversation by its name."""

    def ask(name="meeting", fields=None, **more):
        url = reverse(name, args=[cast.round.pk])
        return coordinator.get(url, **more) if fields is None else coordinator.post(url, fields, **more)

    return ask


def day(days=14):
    return timezone.localdate() + timedelta(days=days)


def fields(**changed):
    asked = {"day": day().isoformat(), "begins": "14:00", "ends": "15.30", "place": "Raadzaal", "words": ""}
    return asked | changed


def whom(cast, levels=("uitvoerend", "management", "bestuur"), partners=("school", "gemeente")):
    return {"levels": list(levels), "partners": [str(cast.partners[key].pk) for key in partners]}


def queued():
    return Message.objects.filter(kind=MessageKind.MEETING, state=MessageState.QUEUED).count()


# Planning


def test_the_round_leads_to_the_form_which_proposes_everybody(coordinator, cast, pages):
    page = coordinator.get(reverse("round", args=[cast.round.pk]))
    assert reverse("meeting", args=[cast.round.pk]) in links(page)
    form = pages(follow=True)
    assert texts(form, "h1") == ["Gesprek plannen"]
    chosen = {one.get("value") for one in _ticked(form)}
    assert chosen == {"uitvoerend", "management", "bestuur", *(str(one.pk) for one in cast.partners.values())}
    assert {"uitvoerend (4)", "management (3)", "bestuur (3)", "School (7)", "Gemeente (3)"} <= set(
        texts(form, "main label span")
    )
    assert f"Dit kan tot {date_format(day(30), 'j F Y')}" in text_of(form, "main > p")


def _ticked(page):
    return [box for box in elements(page, "main input[type=checkbox]") if "checked" in box.attrib]


def test_nothing_goes_out_before_the_mail_was_looked_at(cast, pages):
    asked = fields(words="Neem de tijd.") | whom(cast, levels=["bestuur"])
    preview = pages("meeting_plan", asked)
    assert texts(preview, "h1") == ["Klopt dit?"]
    assert texts(preview, ".letter h2") == ["Uitnodiging: 3 mensen"]
    letter = text_of(preview, ".letter")
    assert f"Wanneer: {date_format(day(), 'l j F Y')}, van 14.00 tot 15.30 uur" in letter
    assert "Neem de tijd." in letter
    assert "https://…" in letter
    assert "Versturen aan 3 mensen" in texts(preview, "main button")
    assert not Meeting.objects.exists()
    again = pages("meeting_plan", asked | {"terug": "1"})
    assert (value_of(again, "place"), value_of(again, "words")) == ("Raadzaal", "Neem de tijd.")
    assert len(_ticked(again)) == 3
    done = pages("meeting_plan", asked | {"versturen": "1"}, follow=True)
    assert "De uitnodigingen gaan nu uit" in text_of(done, MESSAGES)
    assert "0 van 3 verwerkt" in text_of(done, "#stand label")
    assert queued() == 3


def test_a_second_click_plans_nothing_twice(cast, pages):
    asked = fields(versturen="1") | whom(cast)
    pages("meeting_plan", asked)
    assert pages("meeting_plan", asked).url == reverse("meeting", args=[cast.round.pk])
    assert (Meeting.objects.count(), queued()) == (1, 10)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": ""}, "Dit veld is verplicht."),
        ({"day": "31-02-2027"}, "Vul een dag in, zoals 31-12-2026."),
        ({"day": "2026-01-12"}, "Dit moment is al voorbij. Kies een later moment."),
        ({"day": "2099-01-12"}, "Deze dag is meer dan een jaar later."),
        ({"begins": "twee uur"}, "Vul een tijd in, zoals 14.30."),
        ({"begins": "02:30", "ends": "03:30"}, "Kies een tijd van 7.00 tot 23.00 uur."),
        ({"ends": "14:00"}, "Het gesprek eindigt voor het begint."),
        ({"place": "https://teams.example.org/x"}, "Zet hier geen link of webadres in"),
        ({"place": "x" * 201}, "niet meer dan 200 tekens"),
        ({"words": "Kijk op voorbeeld.nl"}, "Zet hier geen link of webadres in"),
        ({"levels": []}, "Kies ten minste één niveau."),
        ({"partners": []}, "Kies ten minste één partner."),
        ({"partners": ["999999"]}, "is geen beschikbare keuze"),
        ({"levels": ["bestuur"], "partners": "school"}, "hoort niemand die u kunt uitnodigen"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_entered_is_lost(cast, pages, wrong, said):
    if wrong.get("partners") == "school":
        wrong = wrong | {"partners": [str(cast.partners["school"].pk)]}
    page = pages("meeting_plan", fields(words="Tot dan!", versturen="1") | whom(cast) | wrong)
    assert page.status_code == 400
    assert said in text_of(page, FAULTS)
    if "words" not in wrong:
        assert value_of(page, "words") == "Tot dan!"
    assert not Meeting.objects.exists()


def test_who_is_left_out_is_counted_and_nobody_is_named(cast, pages):
    first, second, third, *_ = cast.participants()
    Participant.objects.filter(pk=first.pk).update(no_reminders=True)
    Participant.objects.filter(pk=second.pk).update(has_opted_out=True)
    Message.objects.filter(participant=third).update(state=MessageState.BOUNCED)
    said = text_of(pages("meeting_plan"), "main .small")
    assert "2 deelnemers die niet meedoen of geen herinneringen willen" in said
    assert "1 deelnemer zonder adres waar mail aankomt" in said
    preview = pages("meeting_plan", fields() | whom(cast))
    assert texts(preview, ".letter h2") == ["Uitnodiging: 7 mensen"]


def test_a_day_after_the_addresses_are_gone_is_warned_of(cast, pages):
    soon = pages("meeting_plan", fields() | whom(cast))
    late = pages("meeting_plan", fields(day=day(30).isoformat()) | whom(cast))
    assert not texts(soon, WARNINGS)
    assert "niet meer wijzigen of afzeggen" in text_of(late, WARNINGS)


@pytest.mark.parametrize("step", ["open", "gesloten", "meelezers"])
def test_before_participants_can_read_the_report_the_page_says_what_to_do_first(client, db, step):
    cast = build_cast()
    if step != "open":
        for participant in cast.participants():
            cast.answer(participant)
        close_round(round_id=cast.round.pk)
    if step == "meelezers":
        publish_round(round_id=cast.round.pk, readers=["meelezers"])
    client.force_login(cast.coordinator)
    page = client.get(reverse("meeting", args=[cast.round.pk]))
    assert "Publiceer het rapport eerst voor de deelnemers" in text_of(page, "main p")
    plan = client.post(reverse("meeting_plan", args=[cast.round.pk]), fields(versturen="1") | whom(cast), follow=True)
    assert "Publiceer het rapport eerst voor de deelnemers" in text_of(plan, "main p")
    assert not Meeting.objects.exists()


# Once it is planned


@pytest.fixture
def planned(cast, pages):
    pages("meeting_plan", fields(versturen="1") | whom(cast, partners=["school"]))
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())
    return cast


def test_the_pages_say_what_is_planned_and_how_the_mail_went(coordinator, planned, pages):
    first = Message.objects.filter(kind=MessageKind.MEETING).first()
    Message.objects.filter(pk=first.pk).update(state=MessageState.REFUSED, fault="550")
    said = text_of(pages(), "main")
    assert "Verstuurd aan 6 mensen. Niet aangekomen: 1." in said
    assert "Wie er komt, vraagt en bewaart deze site niet" in said
    assert "Raadzaal" in said
    page = coordinator.get(reverse("round", args=[planned.round.pk]))
    assert f"Het gesprek is op {date_format(day(), 'l j F Y')} om 14.00 uur" in text_of(page, "main p")
    table = text_of(coordinator.get(reverse("round_mail", args=[planned.round.pk])), "main")
    assert "bericht over het gesprek, geweigerd, code 550" in table


def test_a_change_shows_what_goes_to_whom(planned, pages):
    form = pages("meeting_edit")
    assert (value_of(form, "day"), value_of(form, "begins")) == (day().isoformat(), "14:00")
    assert texts(form, "fieldset label span") == ["Gemeente (3)"]
    asked = fields(place="Bibliotheek", partners=[str(planned.partners["gemeente"].pk)])
    preview = pages("meeting_edit", asked)
    assert texts(preview, ".letter h2") == ["Bericht aan wie al is uitgenodigd: 7 mensen", "Uitnodiging: 3 mensen"]
    assert "Versturen aan 10 mensen" in texts(preview, "main button")
    assert queued() == 0
    done = pages("meeting_edit", asked | {"versturen": "1"}, follow=True)
    assert "Bewaard. 10 mensen krijgen nu mail." in text_of(done, MESSAGES)
    assert queued() == 10


def test_without_a_change_no_mail_goes_out(planned, pages):
    done = pages("meeting_edit", fields(), follow=True)
    assert "Bewaard. Er gaat geen mail uit." in text_of(done, MESSAGES)
    assert queued() == 0


def test_cancelling_asks_first_and_leaves_room_for_another(planned, pages):
    asked = pages("meeting_cancel")
    assert "Er zijn 7 mensen uitgenodigd" in text_of(asked, "main p")
    assert "Zet hier geen link" in text_of(pages("meeting_cancel", {"words": "voorbeeld.nl"}), FAULTS)
    done = pages("meeting_cancel", {"words": ""}, follow=True)
    assert "Het gesprek is afgezegd" in text_of(done, MESSAGES)
    assert queued() == 7
    assert "nog verstuurd" in text_of(pages("meeting_plan"), "main p")
    Message.objects.update(state=MessageState.SENT)
    assert reverse("meeting_plan", args=[planned.round.pk]) in links(pages())
    pages("meeting_plan", fields(versturen="1") | whom(planned))
    assert queued() == 10


def test_erasing_and_archiving_say_that_a_planned_conversation_can_t_be_changed_any_more(planned, pages):
    said = f"het gesprek van {date_format(day(), 'j F Y')} niet meer wijzigen of afzeggen"
    assert said in text_of(pages("addresses_erase"), WARNINGS)
    assert said in text_of(pages("round_archive"), WARNINGS)
    pages("addresses_erase", {})
    page = pages()
    assert "De e-mailadressen van de deelnemers zijn gewist" in text_of(page, "main p")
    assert reverse("meeting_edit", args=[planned.round.pk]) not in links(page)
    assert reverse("meeting_ics", args=[planned.round.pk]) in links(page)


@pytest.mark.parametrize(
    ("name", "asked"),
    [("meeting_plan", {}), ("meeting_edit", {"place": "Elders"}), ("meeting_cancel", {})],
)
def test_a_colleague_who_archived_the_round_meanwhile_is_told_of(cast, pages, name, asked):
    if name != "meeting_plan":
        pages("meeting_plan", fields(versturen="1") | whom(cast))
    before = queued()
    guests = whom(cast) if name == "meeting_plan" else {}
    with meanwhile(state="gearchiveerd"):
        answer = pages(name, fields(versturen="1", **asked) | guests, follow=True)
    assert "nog niet gearchiveerd" in text_of(answer, MESSAGES)
    assert queued() == before


def test_a_coordinator_and_a_meelezer_take_it_into_their_calendar_and_an_onderzoeker_does_not(client, planned):
    found = {}
    for role in ("coordinator", "reader", "researcher"):
        client.force_login(getattr(planned, role))
        listed = reverse("meeting_ics", args=[planned.round.pk]) in links(
            client.get(reverse("reports", args=[planned.round.pk]))
        )
        file = client.get(reverse("meeting_ics", args=[planned.round.pk]))
        found[role] = (listed, file.status_code)
        if file.status_code == 200:
            [event] = Calendar.from_ical(file.content).walk("VEVENT")
            assert event["LOCATION"] == "Raadzaal"
            assert file["Content-Type"].startswith("text/calendar")
    assert found == {"coordinator": (True, 200), "reader": (True, 200), "researcher": (False, 404)}


def test_a_round_without_a_conversation_has_no_file(cast, pages):
    assert pages("meeting_ics").status_code == 404


# In a browser


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_plans_changes_and_cancels_a_conversation(walk, server, live_server):
    cast, page = published(), walk.page
    send_queued(round_id=cast.round.pk)
    sign_in(page, live_server, cast.coordinator.email)
    walk.visit_named("round", cast.round.pk)
    follow(page, page.get_by_role("link", name="Plan het gesprek"))
    walk.look()
    page.get_by_label("Dag").fill(day().isoformat())
    page.get_by_label("Begint om").fill("14:00")
    page.get_by_label("Eindigt om").fill("15:30")
    page.get_by_label("Plaats").fill("Raadzaal")
    page.get_by_label("Gemeente (3)").uncheck()
    follow(page, page.get_by_role("button", name="Verder: de mail bekijken"))
    walk.look()
    follow(page, page.get_by_role("button", name="Versturen aan 7 mensen"))
    expect(page.locator("#stand")).to_contain_text("0 van 7 verwerkt")
    walk.look()
    send_queued(round_id=cast.round.pk)
    expect(page.locator("#stand")).to_contain_text("Verstuurd aan 7 mensen")
    follow(page, page.get_by_role("link", name="Wijzigen of meer mensen uitnodigen"))
    walk.look()
    page.get_by_label("Gemeente (3)").check()
    follow(page, page.get_by_role("button", name="Verder: de mail bekijken"))
    follow(page, page.get_by_role("button", name="Versturen aan 3 mensen"))
    send_queued(round_id=cast.round.pk)
    expect(page.locator("#stand")).to_contain_text("Verstuurd aan 10 mensen")
    follow(page, page.get_by_role("link", name="Afzeggen"))
    walk.look()
    follow(page, page.get_by_role("button", name="Gesprek afzeggen"))
    send_queued(round_id=cast.round.pk)
    walk.visit_named("meeting addresses_erase", cast.round.pk)
    subjects = [message["Subject"].split(":")[0] for message in server.received]
    assert [subjects.count(what) for what in ("Uitnodiging", "Gaat niet door")] == [10, 10]

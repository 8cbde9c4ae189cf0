"""A coördinator sees every mail before it goes, and moves, skips or sends it from the page with all mail."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Message, MessageKind, MessageState, Network, PlannedMail, Round
from assessments.rules import schedule
from tests.cast import PASSWORD, build_cast, ready
from tests.html import FAULTS, MESSAGES, WARNINGS, links, text_of, texts

LABELS = ["Uitnodiging", "Eerste herinnering", "Tweede herinnering", "Bericht dat de ronde bijna sluit"]


def url(name, cast, *more):
    return reverse(name, args=[cast.round.pk, *more])


def rows(page):
    return texts(page, "[aria-labelledby=planning] tbody th")


@pytest.fixture
def concept(db, client):
    """Returns a cast whose round can open; its coördinator is signed in."""
    cast = build_cast(is_open=False)
    ready(cast.round)
    client.force_login(cast.coordinator)
    return cast


@pytest.fixture
def running(cast, coordinator):
    """Returns a cast whose round was opened five days ago, with all invitations sent."""
    opened = timezone.now() - timedelta(days=5)
    Round.objects.update(opened_at=opened, contact_name="Team Jeugd")
    Message.objects.update(state=MessageState.SENT, sent_at=opened)
    return cast


def working_day(days=4):
    return schedule.on_or_after(timezone.localdate() + timedelta(days=days))


def test_before_opening_every_mail_is_shown_with_its_day_text_and_number_of_people(client, concept):
    page = client.get(url("round_open", concept)).content.decode()
    assert rows(page) == LABELS
    said = text_of(page, "main")
    assert "hoogstens 10" in said
    assert "Antwoorden gaan naar" in said
    assert "Uitnodiging: hoe werken wij samen" in said
    assert "Laatste kans" in text_of(page, "summary")
    assert url("mail_plan", concept, "reminder_1") in links(page)


def test_once_open_the_page_tells_what_went_and_what_is_to_come(coordinator, running):
    page = coordinator.get(url("round_mail", running)).content.decode()
    assert rows(page) == LABELS
    said = text_of(page, "main")
    assert "nu 10" in said
    assert "noor@example.org" in said
    assert {url("mail_remind", running), url("mail_contact", running)} <= set(links(page))


def test_a_closed_round_has_no_timetable(coordinator, running):
    Round.objects.update(state="gesloten", closed_at=timezone.now())
    assert "Planning" not in text_of(coordinator.get(url("round_mail", running)), "main")
    for name, *more in (("mail_remind",), ("mail_contact",), ("mail_invite",), ("mail_plan", "reminder_1")):
        assert coordinator.post(url(name, running, *more)).status_code == 302
    assert not Message.objects.exclude(kind=MessageKind.INVITATION).exists()


def test_a_reminder_is_moved_skipped_and_put_back(coordinator, running):
    address, day = url("mail_plan", running, "reminder_2"), working_day(8)
    assert "Kies de dag" in text_of(coordinator.post(address, {"when": "anders"}), FAULTS)
    saturday = day + timedelta(days=5 - day.weekday())
    assert "Kies een werkdag" in text_of(coordinator.post(address, {"when": "anders", "day": saturday}), FAULTS)
    coordinator.post(address, {"when": "anders", "day": day.isoformat()})
    assert PlannedMail.objects.get().day == day
    coordinator.post(address, {"when": "niet"})
    assert "overgeslagen" in text_of(coordinator.get(url("round_mail", running)), "td")
    coordinator.post(address, {"when": "vast"})
    assert not PlannedMail.objects.exists()


def test_a_mail_that_was_missed_is_told_and_so_is_that_it_still_goes(coordinator, running):
    today = timezone.localdate()
    first = PlannedMail.objects.create(round=running.round, kind="reminder_1", day=today - timedelta(days=1))
    assert "gaat de volgende werkdag alsnog uit" in text_of(coordinator.get(url("round_mail", running)), "td")
    PlannedMail.objects.create(round=running.round, kind="reminder_2", day=today)
    said = text_of(coordinator.get(url("round_mail", running)), "td")
    assert "niet verstuurd" in said
    assert coordinator.get(url("mail_plan", running, first.kind)).status_code == 302


def test_a_day_that_was_chosen_before_opening_gives_way_once_it_has_passed(client, concept):
    concept.round.planned_mail.create(kind="reminder_1", day=timezone.localdate() - timedelta(days=2))
    kept = concept.round.planned_mail.create(kind="reminder_2", day=working_day())
    client.post(url("round_open", concept), {"when": "nu"})
    assert [*PlannedMail.objects.all()] == [kept]


def test_two_mails_are_not_planned_for_one_day_nor_one_after_the_last(coordinator, running):
    day = working_day(8)
    coordinator.post(url("mail_plan", running, "reminder_1"), {"when": "anders", "day": day.isoformat()})
    second = url("mail_plan", running, "reminder_2")
    assert "al een andere mail" in text_of(coordinator.post(second, {"when": "anders", "day": day}), FAULTS)
    late = schedule.on_or_after(running.round.closes_on + timedelta(days=1))
    assert "De laatste dag om in te vullen is" in text_of(
        coordinator.post(second, {"when": "anders", "day": late}), FAULTS
    )


def test_a_kind_of_mail_that_is_not_in_the_timetable_leads_back(coordinator, running):
    for kind in ("reminder_3", "invitation", "onzin"):
        assert coordinator.get(url("mail_plan", running, kind)).status_code == 302


def test_a_reminder_by_hand_is_confirmed_with_the_number_and_goes_once_a_day(coordinator, running):
    done, *_ = running.participants()
    running.answer(done)
    address = url("mail_remind", running)
    assert "9 herinneringen" in text_of(coordinator.get(address), ".lead")
    assert "9 herinneringen gaan nu uit." in texts(coordinator.post(address, follow=True), MESSAGES)
    assert "niemand die nu een herinnering kan krijgen" in text_of(coordinator.get(address), ".lead")
    coordinator.post(address)
    assert Message.objects.filter(kind=MessageKind.REMINDER_BY_HAND).count() == 9


def test_who_mail_is_from_changes_while_open_and_the_invitation_does_not(coordinator, running):
    fields = {"contact_name": "Ander team", "contact_email": "ander@example.org", "reminder_text": "Doe mee."}
    address = url("mail_contact", running)
    wrong = coordinator.post(address, fields | {"contact_email": "geen adres"})
    assert text_of(wrong, FAULTS)
    assert "Doe mee." in wrong.content.decode()
    coordinator.post(address, fields | {"invitation_text": "Anders", "minimum": "3"})
    round = Round.objects.get(pk=running.round.pk)
    assert {name: getattr(round, name) for name in fields} == fields
    assert round.invitation_text == running.round.invitation_text


def test_extending_asks_whether_to_tell_and_says_when_that_goes(coordinator, running):
    later = (running.round.closes_on + timedelta(days=14)).isoformat()
    address = url("round_extend", running)
    assert "checked" in coordinator.get(address).content.decode()
    told = coordinator.post(address, {"closes_on": later, "tell": "on"}, follow=True)
    assert "Wie nog niet klaar is, krijgt bericht" in text_of(told, MESSAGES)
    assert "Bericht over meer tijd" in rows(coordinator.get(url("round_mail", running)))


def test_a_last_day_in_a_school_holiday_is_allowed_with_a_warning(coordinator, running):
    Network.objects.update(school_region="Noord")
    holiday = next(
        day
        for number in range(2, 366)
        if schedule.school_holiday(day := timezone.localdate() + timedelta(days=number), "Noord")
    )
    after = coordinator.post(url("round_extend", running), {"closes_on": holiday.isoformat()}, follow=True)
    assert "van regio Noord" in text_of(after, "main")
    assert Round.objects.get(pk=running.round.pk).closes_on == holiday
    assert "van regio Noord" in text_of(coordinator.get(url("round_mail", running)), WARNINGS)


def test_invitations_can_wait_for_a_working_day_and_then_go_at_once_after_all(client, concept):
    address, day = url("round_open", concept), working_day()
    assert "Kies de dag" in text_of(client.post(address, {"when": "later"}), FAULTS)
    client.post(address, {"when": "later", "day": day.isoformat(), "hour": "14"})
    round = Round.objects.get(pk=concept.round.pk)
    assert f"{timezone.localtime(round.invites_at):%Y-%m-%d %H:%M}" == f"{day} 14:00"
    assert not Message.objects.exists()
    page = client.get(url("round_mail", concept))
    assert "14.00 uur" in text_of(page, "main")
    client.post(url("mail_invite", concept), {"when": "nu"})
    assert Message.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_the_timetable_have_no_barriers(walk):
    cast = build_cast(is_open=False)
    ready(cast.round)
    page = walk.page
    page.goto(f"{walk.site}{reverse('account_login')}?next={url('round_open', cast)}")
    page.fill("[name=login]", cast.coordinator.email)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("summary").first.click()
    walk.look()
    page.get_by_label("later, op een werkdag").check()
    page.fill("[name=day]", working_day().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Ronde openen en uitnodigen").click()
    walk.visit_named("round_mail mail_remind mail_contact mail_invite round_extend", cast.round.pk)
    walk.visit_named("mail_plan", cast.round.pk, "reminder_1")

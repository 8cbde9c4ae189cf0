"""Each group of readers is published to at its own moment: who is mailed, what the form says, what stays hidden."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from openpyxl import load_workbook

from assessments.actions.due import do_what_is_due
from assessments.actions.open_answers import check_open_answers
from assessments.actions.rounds import archive_round, close_round, leave_research, open_round, publish_round
from assessments.actions.setup import create_round
from assessments.anonymity.keys import link_token
from assessments.models import (
    Message,
    MessageKind,
    MessageState,
    OpenAnswer,
    Participant,
    Publication,
    ReaderGroup,
    ReportFile,
    Round,
    State,
)
from assessments.report.load import report_of, reports_of
from assessments.report.tasks import PDF, keep_pdf, kept_pdf
from assessments.rules.workflow import NotAllowed
from tests.cast import build_cast, long_ago, ready
from tests.html import FAULTS, MESSAGES, WARNINGS, links, text_of, texts

PARTICIPANTS, READERS, RESEARCHERS = ReaderGroup.values


def closed(cast=None):
    cast = cast or build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, number % 5 + 1)
    cast.round = close_round(round_id=cast.round.pk)
    return cast


@pytest.fixture
def cast(db):
    return closed()


def publish(cast, *readers):
    cast.round = publish_round(round_id=cast.round.pk, readers=readers)
    return cast.round


def results_queued():
    return Message.objects.filter(kind=MessageKind.RESULT).count()


def everything_was_mailed():
    Message.objects.update(state=MessageState.SENT, sent_at=timezone.now())


def has_addresses():
    return Participant.objects.exclude(email="").exists()


# Publishing


def test_the_first_group_makes_the_round_published_and_each_group_has_its_own_moment(cast):
    assert (publish(cast, READERS).state, cast.round.readers) == (State.PUBLISHED, {READERS})
    publish(cast, READERS, PARTICIPANTS)  # who reads already goes on reading
    assert Round.objects.get(pk=cast.round.pk).readers == {READERS, PARTICIPANTS}
    first, second = cast.round.publications.all()
    assert (first.readers, second.readers) == (READERS, PARTICIPANTS)
    assert first.published_at < second.published_at


@pytest.mark.parametrize("readers", [[], [READERS], ["iedereen"]])
def test_publishing_to_nobody_new_is_refused(cast, readers):
    publish(cast, READERS)
    with pytest.raises(NotAllowed):
        publish(cast, *readers)
    assert Publication.objects.count() == 1


def test_what_is_open_or_archived_is_published_to_nobody_more(db):
    cast = build_cast()
    with pytest.raises(NotAllowed):
        publish(cast, READERS)
    closed(cast)
    publish(cast, READERS)
    archive_round(round_id=cast.round.pk)
    with pytest.raises(NotAllowed):
        publish(cast, PARTICIPANTS)
    assert Round.objects.get(pk=cast.round.pk).readers == {READERS}


def test_a_link_that_came_to_the_wrong_person_reads_nothing(cast, client):
    publish(cast, PARTICIPANTS)
    wrong, right, *_ = cast.participants()
    Participant.objects.filter(pk=wrong.pk).update(is_wrong_person=True)
    for participant, status in ((right, 200), (wrong, 404)):
        address = reverse("participant_report", args=[link_token(participant.pk), "netwerk"])
        assert client.get(address).status_code == status
    page = client.get(reverse("welcome", args=[link_token(wrong.pk)])).content.decode()
    assert texts(page, "h1") == ["Bedankt, wij geven het door"]
    assert "Toch meedoen?" not in page


def test_archiving_erases_the_open_answers_that_are_in_no_report(cast):
    publish(cast, READERS)
    for text, cleared, left_out in (
        ("goed", True, False),
        ("met een naam", False, True),
        ("niet gezien", False, False),
    ):
        OpenAnswer.objects.create(
            round=cast.round, question="OV1", level="bestuur", text=text, is_cleared=cleared, is_left_out=left_out
        )
    archive_round(round_id=cast.round.pk)
    assert list(cast.round.open_answers.values_list("text", flat=True)) == ["goed"]


def test_the_database_keeps_one_row_a_group(cast):
    publish(cast, READERS)
    with pytest.raises(IntegrityError):
        Publication.objects.create(round=cast.round, readers=READERS)


def test_the_audit_trail_says_to_whom_a_round_was_published(cast):
    from auditlog.models import LogEntry

    publish(cast, READERS, RESEARCHERS)
    entries = LogEntry.objects.get_for_objects(Publication.objects.all())
    assert {entry.changes["readers"][1] for entry in entries} == {READERS, RESEARCHERS}


# Mail and addresses


def test_participants_hear_of_it_once_it_is_published_to_them_and_keep_their_addresses_until_then(cast):
    publish(cast, READERS, RESEARCHERS)
    everything_was_mailed()
    do_what_is_due()
    assert (results_queued(), has_addresses()) == (0, True)
    publish(cast, PARTICIPANTS)
    assert results_queued() == 10
    do_what_is_due()
    assert (results_queued(), has_addresses()) == (10, True)
    everything_was_mailed()
    do_what_is_due()
    assert has_addresses()


def test_a_message_about_results_that_participants_may_not_read_is_not_sent(cast):
    from assessments.actions.mail import send_queued

    publish(cast, READERS)
    Message.objects.all().delete()
    Message.objects.create(participant=cast.participants()[0], kind=MessageKind.RESULT)
    assert send_queued(round_id=cast.round.pk) == 0
    assert not Message.objects.exists()


def test_after_sixty_days_nobody_is_mailed_any_more_and_the_links_still_lead_to_the_report(cast, client):
    publish(cast, READERS)
    day = datetime.combine(cast.round.addresses_go_on, datetime.min.time(), tzinfo=timezone.get_current_timezone())
    do_what_is_due(day - timedelta(minutes=1))
    assert has_addresses()
    do_what_is_due(day)
    assert not has_addresses()
    link = f"/v/{link_token(cast.participants()[0].pk)}/rapport/samenvatting/"
    assert client.get(link).status_code == 404
    publish(cast, PARTICIPANTS)
    assert results_queued() == 0
    assert client.get(link).status_code == 200


def test_a_round_that_is_archived_before_participants_could_read_it_keeps_no_addresses(cast, client):
    publish(cast, RESEARCHERS)
    everything_was_mailed()
    archive_round(round_id=cast.round.pk)
    do_what_is_due()
    assert not has_addresses()
    closed_page = client.get(f"/v/{link_token(cast.participants()[0].pk)}/")
    assert "Invullen kan niet meer" in text_of(closed_page, "main .lead")


# The comparison with the round before


@pytest.fixture
def next_round(cast):
    """A closed round after that of the cast."""
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version, "minimum": 3}
    after = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    after.minimum = 3
    after.save()
    ready(after)
    long_ago(cast.round)
    cast.before, cast.round = cast.round, open_round(round_id=after.pk)
    return closed(cast)


def compares(cast):
    report = report_of(Round.objects.get(pk=cast.round.pk), "netwerk")
    return "verandering" in [section.key for section in report.sections]


def test_a_report_quotes_the_round_before_only_to_groups_that_could_read_that_one(next_round):
    cast = next_round
    assert not compares(cast)  # published to nobody: not even its own participants read it
    publish_round(round_id=cast.before.pk, readers=[PARTICIPANTS, READERS])
    assert compares(cast)
    publish(cast, PARTICIPANTS)
    assert compares(cast)
    publish(cast, RESEARCHERS)
    assert not compares(cast)
    publish_round(round_id=cast.before.pk, readers=[RESEARCHERS])
    assert compares(cast)


def test_a_kept_pdf_with_the_round_before_is_not_given_to_who_could_not_read_that_one(next_round):
    cast = next_round
    publish_round(round_id=cast.before.pk, readers=[READERS])
    publish(cast, READERS)
    keep_pdf(reports_of(cast.round), "netwerk")
    publish(cast, RESEARCHERS)
    again = Round.objects.get(pk=cast.round.pk)
    assert kept_pdf(reports_of(again), "netwerk") is None
    assert cast.round.report_files.get(media_type=PDF)


def test_the_form_warns_that_the_comparison_would_go(next_round, client):
    publish_round(round_id=next_round.before.pk, readers=[READERS])
    client.force_login(next_round.coordinator)
    page = client.get(reverse("round_publish", args=[next_round.round.pk])).content.decode()
    assert "niet gepubliceerd voor deelnemers en onderzoekers" in text_of(page, WARNINGS)
    assert reverse("round_publish", args=[next_round.before.pk]) in links(page, f"{WARNINGS} a")


# The pages


def form_page(cast):
    return reverse("round_publish", args=[cast.round.pk])


def test_the_form_says_whom_each_choice_reaches_and_chooses_all_but_researchers(coordinator, cast):
    page = coordinator.get(form_page(cast))
    assert [field.initial for field in page.context["form"]] == [True, True, False]
    text = text_of(page, "main form")
    assert "10 mensen krijgen nu een mail" in text
    assert "1 persoon leest na inloggen alle rapporten van deze ronde" in text
    assert "Deelnemers lazen dat deze ronde meedoet aan onderzoek" in text
    assert "Publiceren kan niet ongedaan worden gemaakt" in text_of(page, "main > p")


def test_who_is_chosen_reads_and_the_others_are_offered_later(coordinator, cast):
    after = coordinator.post(form_page(cast), {"meelezers": "on", "onderzoekers": "on"}, follow=True)
    assert "De uitkomsten zijn gepubliceerd voor meelezers en onderzoekers." in text_of(after, MESSAGES)
    assert "Nog niet gepubliceerd voor deelnemers" in text_of(after, "main > p")
    assert "Publiceren voor deelnemers" in texts(after, "main a")
    assert list(coordinator.get(form_page(cast)).context["form"].fields) == [PARTICIPANTS]
    coordinator.post(form_page(cast), {"deelnemers": "on"})
    assert Round.objects.get(pk=cast.round.pk).readers == set(ReaderGroup.values)
    assert coordinator.get(form_page(cast)).url == reverse("round", args=[cast.round.pk])


def test_choosing_nobody_is_refused_in_words(coordinator, cast):
    page = coordinator.post(form_page(cast), {"csrfmiddlewaretoken": "x"})
    assert "Kies voor wie u publiceert." in text_of(page, FAULTS)
    assert not Publication.objects.exists()


def test_a_second_click_is_told_that_it_was_done_and_publishes_to_nobody_else(coordinator, cast):
    coordinator.post(form_page(cast), {"meelezers": "on"})
    again = coordinator.post(form_page(cast), {"meelezers": "on"}, follow=True)
    assert again.redirect_chain == [(reverse("round", args=[cast.round.pk]), 302)]
    assert "Deze stap is al gezet" in text_of(again, MESSAGES)
    assert Round.objects.get(pk=cast.round.pk).readers == {READERS}


def day_of(date):
    return date_format(date, "j F Y")


def test_before_publishing_the_pages_say_when_addresses_go_with_and_without_it(coordinator, cast):
    Round.objects.update(closed_at=timezone.localtime() - timedelta(days=10))
    today = timezone.localdate()
    for address in (form_page(cast), reverse("round", args=[cast.round.pk])):
        said = text_of(coordinator.get(address), "main > p")
        assert f"wissen wij op {day_of(today + timedelta(days=50))}" in said
        assert f"Publiceert u vandaag voor hen? Dan wissen wij alles op {day_of(today + timedelta(days=30))}" in said


def test_after_publishing_the_round_says_when_addresses_go_and_what_they_are_good_for(coordinator, cast):
    publish(cast, PARTICIPANTS)
    page = coordinator.get(reverse("round", args=[cast.round.pk]))
    assert f"Op {day_of(timezone.localdate() + timedelta(days=30))} wissen wij" in text_of(page, "main > p")
    offered = ("meeting", "participants_xlsx", "addresses_erase")
    assert {reverse(name, args=[cast.round.pk]) for name in offered} <= set(links(page))
    assert reverse("round_new", args=[cast.network.pk]) in links(page)
    concept = Round.objects.create(
        network=cast.network, name="Najaar", instrument_version=cast.round.instrument_version
    )
    page = coordinator.get(reverse("round", args=[cast.round.pk]))
    assert reverse("round_new", args=[cast.network.pk]) not in links(page)
    assert "‘Najaar’ is al in voorbereiding" in text_of(page, "main li")
    assert reverse("round", args=[concept.pk]) in links(page)


def test_the_list_goes_along_to_the_next_round_as_long_as_it_is_there(coordinator, cast):
    publish(cast, PARTICIPANTS)
    Participant.objects.filter(email="p001@example.org").update(name="Een Naam", job_title="leerkracht")
    answer = coordinator.post(
        reverse("round_new", args=[cast.network.pk]),
        {"name": "Najaar", "instrument_version": cast.round.instrument_version_id},
    )
    after = Round.objects.get(name="Najaar")
    assert answer.url == reverse("round_setup", args=[after.pk, "planning"])
    kept = ("partner", "level", "job_title", "name", "email")
    assert set(after.participants.values_list(*kept)) == set(cast.round.participants.values_list(*kept))


def test_who_had_finished_is_in_no_list_once_the_round_is_closed(coordinator, cast):
    publish(cast, PARTICIPANTS)
    content = coordinator.get(reverse("participants_xlsx", args=[cast.round.pk])).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0] == ("E-mailadres", "Naam", "Functie", "Partner", "Niveau")
    assert len(rows) == 11


def test_addresses_can_go_before_their_day_and_the_page_says_what_is_lost(coordinator, cast):
    url = reverse("addresses_erase", args=[cast.round.pk])
    assert coordinator.post(url).status_code == 302
    assert has_addresses()  # nobody was told of the results yet
    publish(cast, PARTICIPANTS)
    warned = text_of(coordinator.get(url), f"{WARNINGS} li")
    assert "De mail die nog wacht, gaat niet meer uit: 10 berichten" in warned
    assert "niet meer uitnodigen voor het gesprek" in warned
    assert "niet meer downloaden" in warned
    assert "niet meer meenemen naar een volgende ronde" in warned
    assert has_addresses()
    said = coordinator.post(url, follow=True)
    assert "staan niet meer in deze ronde" in text_of(said, MESSAGES)
    assert not Participant.objects.exclude(email="", name="", job_title="").exists()
    assert not Message.objects.filter(state=MessageState.QUEUED).exists()
    assert coordinator.get(reverse("participants_xlsx", args=[cast.round.pk])).status_code == 404
    assert "#adressen" not in links(said)


def test_archiving_warns_of_who_will_never_read_it(coordinator, cast):
    publish(cast, READERS)
    page = coordinator.get(reverse("round_archive", args=[cast.round.pk])).content.decode()
    assert "Nog niet gepubliceerd voor deelnemers en onderzoekers" in text_of(page, WARNINGS)
    assert "Wij wissen dan ook de e-mailadressen" in text_of(page, WARNINGS)
    assert "niet meer uitnodigen voor het gesprek" in text_of(page, f"{WARNINGS} li")
    Round.objects.filter(pk=cast.round.pk).update(addresses_erased_at=timezone.now())
    page = coordinator.get(reverse("round_archive", args=[cast.round.pk])).content.decode()
    assert "Nog niet gepubliceerd voor deelnemers en onderzoekers" in text_of(page, WARNINGS)
    assert "Wij wissen" not in page


def test_a_reader_finds_archived_reports_and_a_coordinator_only_what_is_to_do(client, cast):
    publish(cast, *ReaderGroup.values)
    archive_round(round_id=cast.round.pk)
    found = {}
    for role in ("coordinator", "reader"):
        client.force_login(getattr(cast, role))
        found[role] = "Voorjaar" in client.get(reverse("overview")).content.decode()
    assert found == {"coordinator": False, "reader": True}


# While a PDF is being made


@pytest.mark.django_db
def test_a_pdf_that_was_being_made_while_a_name_was_taken_out_is_not_kept():
    cast = build_cast()
    for participant in cast.participants():
        cast.answer(participant, texts={"open_slot": "Kind Zeven"})
    close_round(round_id=cast.round.pk)
    answers = {answer.pk: answer.text for answer in OpenAnswer.objects.all()}
    check_open_answers(round_id=cast.round.pk, texts=answers)
    before = reports_of(Round.objects.get(pk=cast.round.pk))
    assert before.made_from
    check_open_answers(round_id=cast.round.pk, texts=dict.fromkeys(answers, "[naam]"))
    keep_pdf(before, "netwerk")
    assert not ReportFile.objects.exists()


# What was published before there were groups


def outside_research(cast):
    Round.objects.filter(pk=cast.round.pk).update(in_research=False)
    cast.round.refresh_from_db()
    return cast


def test_a_round_whose_people_were_not_told_of_research_is_never_published_to_onderzoekers(client, cast):
    outside_research(cast)
    with pytest.raises(NotAllowed):
        publish(cast, RESEARCHERS)
    client.force_login(cast.coordinator)
    address = reverse("round_publish", args=[cast.round.pk])
    assert texts(client.get(address), "form label") == ["Deelnemers", "Meelezers"]
    client.post(address, {PARTICIPANTS: "on", RESEARCHERS: "on"})
    assert Round.objects.get().readers == {PARTICIPANTS}


def test_who_stops_with_research_is_told_what_stays_and_appointed_onderzoekers_read_no_more(client, cast):
    publish(cast, READERS, RESEARCHERS)
    client.force_login(cast.coordinator)
    address = reverse("research_leave", args=[cast.round.pk])
    assert "Die kunnen wij niet terughalen" in text_of(client.get(address), "main")
    assert Round.objects.get().left_research_at is None
    page = client.post(address, follow=True)
    assert "doet niet meer mee aan onderzoek" in text_of(page, MESSAGES)
    assert not Round.objects.get().takes_part_in_research
    assert client.get(address).status_code == 302  # there is nothing left to stop
    assert Round.objects.for_research(cast.researcher).exists()  # invited by the coördinator, and published to


def test_an_open_round_cannot_leave_research(client, db):
    cast = build_cast()
    client.force_login(cast.coordinator)
    client.post(reverse("research_leave", args=[cast.round.pk]))
    assert Round.objects.get().takes_part_in_research
    with pytest.raises(NotAllowed):
        leave_research(round_id=cast.round.pk)

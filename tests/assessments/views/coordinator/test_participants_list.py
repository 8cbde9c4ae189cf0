"""The list of participants: a row a person, what was asked for stays after an action, and a file to call round with."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.actions.rounds import close_round
from assessments.anonymity.keys import link_token
from assessments.models import Message, MessageKind, MessageState, Participant
from tests.cast import build_cast
from tests.html import FAULTS, MESSAGES, elements, links, text_of, texts, value_of
from tests.pages import Walker, held

FILTERED = "niveau=uitvoerend&volgorde=adres"


def the_list(cast, query=""):
    return reverse("participants", args=[cast.round.pk]) + (f"?{query}" if query else "")


def mailed(participant, *kinds):
    for days, kind in enumerate(kinds):
        at = timezone.now() - timedelta(days=9 - days)
        message, _ = Message.objects.get_or_create(participant=participant, kind=kind)
        Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=at, queued_at=at)


def post(client, cast, name, fields, *, query=FILTERED, row=None):
    args = [cast.round.pk, *([row.pk] if row else [])]
    return client.post(f"{reverse(name, args=args)}?{query}", fields)


# The list


def test_a_row_has_the_last_mail_and_one_menu(coordinator, cast):
    first, done, *_ = cast.participants()
    kinds = (MessageKind.INVITATION, MessageKind.REMINDER_1, MessageKind.CLOSING_SOON)
    mailed(first, *kinds)
    mailed(done, *kinds)
    cast.answer(done)
    page = coordinator.get(the_list(cast))
    cells = texts(page, f"#deelnemer-{first.pk} td")
    assert next(cell for cell in cells if "sluit" in cell).startswith("bericht dat de ronde bijna sluit, ")
    assert not any("uitnodiging:" in cell for cell in cells)
    assert texts(page, f"#deelnemer-{first.pk} .menu li") == [
        "Gegevens wijzigen",
        "Uitnodiging opnieuw sturen",
        "Noteren: mail kwam niet aan",
        "Verwijderen",
    ]
    assert texts(page, f"#deelnemer-{done.pk} .menu li") == ["Naam of functie wijzigen", "Vragen of het niveau klopt"]


def test_an_address_breaks_after_its_signs_and_nowhere_else(coordinator, cast):
    person = cast.participants()[0]
    Participant.objects.filter(pk=person.pk).update(email="a<b@mijn.school.nl", name="Intern begeleider 3")
    page = coordinator.get(the_list(cast)).content.decode()
    assert "a&lt;b@<wbr>mijn.<wbr>school.<wbr>nl" in page
    assert texts(page, f"#deelnemer-{person.pk} th") == ["Intern begeleider 3a<b@mijn.school.nl"]


def test_the_list_asks_as_much_of_the_database_with_many_rows_as_with_few(coordinator, cast):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(the_list(cast))
        return len(captured)

    before = queries()
    for number in range(20):
        new = Participant.objects.create(
            round=cast.round, partner=cast.partners["school"], level="bestuur", email=f"nieuw{number}@example.org"
        )
        mailed(new, MessageKind.INVITATION, MessageKind.REMINDER_1)
    assert queries() == before


def test_who_is_looked_for_is_found_by_name_and_who_is_not_there_is_said(coordinator, cast):
    Participant.objects.filter(email="p003@example.org").update(name="Intern begeleider 3")
    assert len(texts(coordinator.get(the_list(cast, "zoek=begeleider")), "tbody tr")) == 1
    assert "Niemand past bij wat u zoekt" in text_of(coordinator.get(the_list(cast, "zoek=nergens")), "main p")


# What was asked for stays


@pytest.mark.parametrize("name", ["participant_edit", "participant_remove", "participant_ask", "message_bounced"])
def test_after_an_action_the_list_is_as_it_was_filtered(coordinator, cast, name):
    person = cast.participants()[0]
    mailed(person, MessageKind.INVITATION)
    row = person.messages.get() if name == "message_bounced" else person
    answer = post(
        coordinator, cast, name, {"email": person.email, "partner": person.partner_id, "level": "bestuur"}, row=row
    )
    assert answer.url.partition("#")[0] == the_list(cast, FILTERED)


def test_pages_and_words_that_are_none_do_not_come_back_in_an_address(coordinator, cast):
    person = cast.participants()[0]
    answer = post(coordinator, cast, "participant_remove", {}, row=person, query="bladzijde=%22x&kwaad=1&zoek=a%26b")
    assert answer.url == the_list(cast, "zoek=a%26b")
    every = links(coordinator.get(the_list(cast, FILTERED + "&bladzijde=1")), ".menu a")
    assert all(link.endswith(f"?{FILTERED}&bladzijde=1") for link in every)


# Changing one


def test_one_participant_is_changed_and_what_somebody_else_changed_meanwhile_is_kept(coordinator, cast):
    person = cast.participants()[0]
    address = reverse("participant_edit", args=[cast.round.pk, person.pk])
    page = coordinator.get(address)
    Participant.objects.filter(pk=person.pk).update(level="bestuur")  # the participant's own correction
    fields = {"email": person.email, "partner": person.partner_id, "level": "uitvoerend", "name": "Noor"}
    coordinator.post(address, fields | {"seen": value_of(page, "seen"), "job_title": "ib'er\x0b\u202e"})
    person.refresh_from_db()
    assert (person.level, person.name, person.job_title) == ("bestuur", "Noor", "ib'er")


@pytest.mark.parametrize("seen", ["", "[]", "{", '{"level": 3}', '"x"', "null"])
def test_a_page_with_a_strange_memory_still_saves_what_it_says(coordinator, cast, seen):
    person = cast.participants()[0]
    fields = {"email": person.email, "partner": person.partner_id, "level": "bestuur", "seen": seen}
    answer = post(coordinator, cast, "participant_edit", fields, row=person)
    person.refresh_from_db()
    assert (answer.status_code, person.level) in [(302, "bestuur"), (200, "uitvoerend")]


def test_a_name_with_a_link_in_it_is_refused_for_mails_greet_with_it(coordinator, cast):
    person = cast.participants()[0]
    fields = {"email": person.email, "partner": person.partner_id, "level": person.level, "name": "zie www.kwaad.nl"}
    assert "Zet geen link" in text_of(post(coordinator, cast, "participant_edit", fields, row=person), FAULTS)


def test_of_who_has_sent_the_page_asks_for_name_and_job_title_alone(coordinator, cast):
    person = cast.participants()[0]
    cast.answer(person)
    address = reverse("participant_edit", args=[cast.round.pk, person.pk])
    page = coordinator.get(address)
    assert texts(page, "label") == ["Naam (niet verplicht)", "Functie (niet verplicht)"]
    assert "uit de cijfers zou dan te zien zijn wat één persoon antwoordde" in text_of(page, "main p")
    coordinator.post(address, {"name": "Noor", "level": "bestuur", "partner": cast.partners["gemeente"].pk})
    person.refresh_from_db()
    assert (person.name, person.level, person.partner_id) == ("Noor", "uitvoerend", cast.partners["school"].pk)


# Changing many


def test_many_are_chosen_looked_at_and_changed(coordinator, cast):
    people = cast.participants()[:3]
    cast.answer(people[0])
    chosen = {"kies": [str(person.pk) for person in people] + ["geen-id"]}
    page = post(coordinator, cast, "participants_change", chosen)
    assert texts(page, "h1") == ["3 deelnemers wijzigen"]
    assert "Van hen is 1 al klaar" in text_of(page, "main p")
    fields = {"chosen": value_of(page, "chosen"), "level": "bestuur"}
    answer = post(coordinator, cast, "participants_change", fields)
    assert answer.url == the_list(cast, FILTERED)
    said = texts(coordinator.get(answer.url), MESSAGES)
    assert said == ["2 deelnemers zijn gewijzigd.", "1 deelnemer was al klaar en is niet gewijzigd."]
    assert [person.level for person in cast.participants()[:3]] == ["uitvoerend", "bestuur", "bestuur"]


def test_a_change_of_many_is_undone_where_that_is_safe(coordinator, cast):
    people = cast.participants()[:5]
    moved, sent, again, gone, other = people
    before = [(person.partner, person.level, person.job_title) for person in people]
    fields = {"chosen": " ".join(str(person.pk) for person in people[:4]), "level": "bestuur", "job_title": "directeur"}
    fields |= {"partner": cast.partners["gemeente"].pk}
    walker = Walker(coordinator)
    walker.visit(post(coordinator, cast, "participants_change", fields).url)
    undo = "form:has([name=terug])"
    [form] = elements(walker.page, undo)
    cast.answer(sent)
    Participant.objects.filter(pk=again.pk).update(level="management")
    Participant.objects.filter(pk=gone.pk).delete()
    walker.send(undo)
    assert texts(walker.page, MESSAGES) == [
        "1 deelnemer is weer zoals voor de wijziging.",
        "3 deelnemers zijn niet teruggezet: intussen klaar, opnieuw gewijzigd of verwijderd.",
    ]
    assert walker.page.request["QUERY_STRING"] == FILTERED
    after = {person.pk: (person.partner, person.level, person.job_title) for person in cast.participants()}
    assert [after[moved.pk], after[other.pk]] == [before[0], before[4]]
    assert [after[sent.pk][1], after[again.pk][1]] == ["bestuur", "management"]
    assert not elements(walker.page, undo)
    forged = {"terug": held(form)["terug"][0][::-1]}
    assert coordinator.post(form.get("action"), forged).status_code == 404


def test_all_that_the_list_shows_are_chosen_and_nothing_happens_to_others(coordinator, cast):
    page = post(coordinator, cast, "participants_remove", {"alle": "1"}, query="niveau=management")
    assert texts(page, "h1") == ["3 deelnemers verwijderen?"]
    post(coordinator, cast, "participants_remove", {"chosen": value_of(page, "chosen")}, query="niveau=management")
    assert {person.level for person in cast.participants()} == {"uitvoerend", "bestuur"}


@pytest.mark.parametrize("name", ["participants_change", "participants_remove"])
def test_nobody_chosen_is_said_and_a_page_that_is_asked_for_again_leads_to_the_list(coordinator, cast, name):
    for fields in ({}, {"kies": "x"}, {"chosen": "x y"}, {"chosen": ""}):
        answer = coordinator.get(post(coordinator, cast, name, fields).url)
        assert texts(answer, MESSAGES) == ["Kies eerst één of meer deelnemers in de lijst."]
    assert coordinator.get(reverse(name, args=[cast.round.pk])).url == the_list(cast)
    assert cast.round.participants.count() == 10


def test_nothing_to_change_is_a_question_and_who_was_chosen_stays_chosen(coordinator, cast):
    chosen = str(cast.participants()[0].pk)
    page = post(coordinator, cast, "participants_change", {"chosen": chosen})
    assert "Kies wat u wilt wijzigen" in text_of(page, FAULTS)
    assert value_of(page, "chosen") == chosen


# The file


def rows_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_file_has_a_row_a_person_and_no_link(coordinator, cast):
    first, *others = cast.participants()
    cast.answer(first)
    Participant.objects.filter(pk=first.pk).update(email="=a@example.org", name="@SOM(1)", job_title="ib\x0b'er")
    response = coordinator.get(reverse("participants_xlsx", args=[cast.round.pk]))
    header, row, *more = rows_of(response)
    assert header == ["E-mailadres", "Naam", "Functie", "Partner", "Niveau", "Klaar"]
    assert sorted([row, *more])[-1][0].startswith("p")
    found = {tuple(value or "" for value in line) for line in [row, *more]}
    assert ("=a@example.org", "@SOM(1)", "ib'er", "School", "uitvoerend", "ja") in found
    assert len(found) == 10
    assert all(line[5] == "nee" for line in found if line[0] != "=a@example.org")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "inlineStr"}
    said = str(found)
    for person in (first, *others):
        assert str(person.pk) not in said
        assert link_token(person.pk) not in said


def test_the_file_has_the_rows_that_the_list_shows(coordinator, cast):
    cast.answer(cast.participants()[0])
    query = "?klaar=nee&niveau=uitvoerend&volgorde=adres"
    rows = rows_of(coordinator.get(reverse("participants_xlsx", args=[cast.round.pk]) + query))
    assert [row[0] for row in rows[1:]] == ["p002@example.org", "p003@example.org", "p004@example.org"]


def test_before_opening_and_after_closing_the_file_does_not_say_who_is_done(coordinator, cast):
    for person in cast.participants():
        cast.answer(person)
    close_round(round_id=cast.round.pk)
    address = reverse("participants_xlsx", args=[cast.round.pk])
    assert "Klaar" not in rows_of(coordinator.get(address))[0]
    cast.round.participants.update(email="")
    type(cast.round).objects.filter(pk=cast.round.pk).update(addresses_erased_at=timezone.now())
    assert coordinator.get(address).status_code == 404


def test_a_concept_has_a_file_without_who_is_done(client, db):
    cast = build_cast(is_open=False)
    client.force_login(cast.coordinator)
    assert len(rows_of(client.get(reverse("participants_xlsx", args=[cast.round.pk])))[0]) == 5

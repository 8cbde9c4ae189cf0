"""Holds the ways of erasing: each returns pieces of what is there, and a function that erases it."""

import os
from datetime import time, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions.addresses import erase_addresses, erase_list
from assessments.actions.discarding import delete_account, delete_network, discard_round
from assessments.actions.due import erase_sessions
from assessments.actions.expiring import erase_account, erase_round, erase_texts, erase_trails
from assessments.actions.imports import add_from_file, erase_old_files, keep_file
from assessments.actions.improvements import add_improvement, change_improvement, remove_improvement
from assessments.actions.meetings import change_meeting, plan_meeting
from assessments.actions.networks import add_colleague, add_partner, change_partner, remove_partner
from assessments.actions.open_answers import check_open_answers
from assessments.actions.participants import (
    change_participant,
    change_participants,
    remove_participant,
    remove_participants,
)
from assessments.actions.report_links import make_report_link, withdraw_report_link
from assessments.actions.rounds import archive_round, close_round, publish_round
from assessments.actions.setup import create_round
from assessments.anonymity.sessions import SessionStore
from assessments.models import Announcement, Message, MessageKind, OpenAnswer, Participant, PartnerMessage, ReportFile
from samenwerking.accounts.models import User
from tests.cast import build_cast


def closed(text):
    """Returns the cast of a closed round in which each of ten people wrote something."""
    cast = build_cast()
    for number, participant in enumerate(cast.participants()):
        cast.answer(participant, texts={"open_slot": f"{text} {number}!"})
    close_round(round_id=cast.round.pk)
    return cast


def a_pdf(round):
    """Keeps a report, and returns it in pieces; the same bytes stand nowhere else."""
    content = os.urandom(6400)
    ReportFile.objects.create(round=round, subject="netwerk", made_from="", content=content)
    return [content[start : start + 64] for start in range(0, 6400, 64)]


def the_secret_of_a_round():
    cast = build_cast()
    return [bytes(cast.round.kept_secret.secret)], lambda: close_round(round_id=cast.round.pk)


def who_was_reminded():
    cast = build_cast()
    reminded = cast.participants()[0]
    Message.objects.create(participant=reminded, kind=MessageKind.REMINDER_1, fault="451 Zeven")
    return [b"451 Zeven"], lambda: close_round(round_id=cast.round.pk)


def what_was_written_to_the_contact_of_a_partner():
    cast = build_cast()
    PartnerMessage.objects.create(round=cast.round, partner=cast.partners["school"], words="Vraag Kees Zeven")
    return [b"Vraag Kees Zeven"], lambda: close_round(round_id=cast.round.pk)


def open_answers_that_are_in_no_report():
    cast = closed("Vertrouwelijk")
    publish_round(round_id=cast.round.pk)
    texts = [f"Vertrouwelijk {number}!".encode() for number in range(10)]
    return texts, lambda: archive_round(round_id=cast.round.pk)


def a_name_in_an_open_answer_and_the_report_with_it():
    cast = closed("Kind Zeven")
    pieces = [b"Kind Zeven 3!", *a_pdf(cast.round)]
    answer = OpenAnswer.objects.get(text="Kind Zeven 3!")
    return pieces, lambda: check_open_answers(round_id=cast.round.pk, texts={answer.pk: "[naam]"})


def agreed_upon(cast):
    """Makes an improvement, and a next report that tells of it; returns the improvement and the pieces to look for."""
    improvement = add_improvement(round_id=cast.round.pk, fields={"what": "Vraag Kees Zeven", "who": "Kees Zeven, 06"})
    fields = {"name": "Najaar", "instrument_version": cast.round.instrument_version}
    following = create_round(network_id=cast.network.pk, previous_id=cast.round.pk, fields=fields)
    return improvement, [b"Vraag Kees Zeven", b"Kees Zeven, 06", *a_pdf(following)]


def a_name_in_an_improvement():
    cast = closed("Iets")
    improvement, pieces = agreed_upon(cast)
    fields = {"what": "Vraag [naam]", "who": ""}
    change = {"round_id": cast.round.pk, "improvement_id": improvement.pk, "fields": fields}
    return pieces, lambda: change_improvement(**change)


def an_improvement():
    cast = closed("Iets")
    improvement, pieces = agreed_upon(cast)
    return pieces, lambda: remove_improvement(round_id=cast.round.pk, improvement_id=improvement.pk)


def whom_a_report_link_was_for():
    cast = closed("Iets")
    publish_round(round_id=cast.round.pk)
    today = timezone.localdate()
    link = make_report_link(round_id=cast.round.pk, subject="netwerk", audience="Wethouder Zeven", ends_on=today)
    return [b"Wethouder Zeven"], lambda: withdraw_report_link(round_id=cast.round.pk, link_id=link.pk)


def a_list(cast):
    content = "E-mailadres;Organisatie;Niveau;Functie\r\njan.zeven@example.org;School;uitvoerend;ib'er Zeven\r\n"
    keep_file(round_id=cast.round.pk, name="Lijst van Zeven.csv", content=content.encode())
    return [b"ib'er Zeven", b"Lijst van Zeven.csv"]


def a_list_that_was_added():
    cast = build_cast()
    # The people in the list are participants now, with address and job title.
    return a_list(cast)[1:], lambda: add_from_file(round_id=cast.round.pk)


def a_list_in_place_of_which_came_another():
    cast = build_cast()
    newer = b"E-mailadres;Organisatie;Niveau\r\nan@example.org;School;uitvoerend\r\n"
    return a_list(cast), lambda: keep_file(round_id=cast.round.pk, name="nieuw.csv", content=newer)


def a_list_of_yesterday():
    pieces = a_list(build_cast())
    return pieces, lambda: erase_old_files(now=timezone.now() + timedelta(days=2))


def addresses():
    cast = build_cast()
    Participant.objects.update(job_title="ib'er van Zeven", name="Juf Zeven")
    close_round(round_id=cast.round.pk)
    pieces = [b"ib'er van Zeven", b"Juf Zeven", *(f"p{number:03}@example.org".encode() for number in range(1, 11))]
    return pieces, lambda: erase_addresses(round_id=cast.round.pk, now=timezone.now())


def the_list_of_a_concept_that_nobody_works_on():
    cast = build_cast(is_open=False)
    later = timezone.now() + timedelta(days=181)
    return [b"p001@example.org"], lambda: erase_list(round_id=cast.round.pk, now=later)


def what_was_said_of_a_conversation():
    cast = closed("Iets")
    publish_round(round_id=cast.round.pk)
    fields = {"day": timezone.localdate() + timedelta(days=9), "begins": time(14), "ends": time(15)}
    fields |= {"place": "bij Kees Zeven thuis", "words": "Kees Zeven leidt het gesprek"}
    plan_meeting(round_id=cast.round.pk, fields=fields, guests=Q())
    pieces = [b"bij Kees Zeven thuis", b"Kees Zeven leidt"]
    return pieces, lambda: change_meeting(round_id=cast.round.pk, fields=fields | {"place": "zaal 2", "words": ""})


def a_participant():
    participant = build_cast().participants()[0]
    return [b"p001@example.org"], lambda: remove_participant(participant_id=participant.pk)


def a_wrong_address():
    participant = build_cast().participants()[0]
    fields = {"email": "goed@example.org"}
    return [b"p001@example.org"], lambda: change_participant(participant_id=participant.pk, fields=fields)


def a_name_in_a_list():
    cast = build_cast()
    pk = cast.participants()[0].pk
    change_participants(round_id=cast.round.pk, changes={pk: {"name": "Meester Zeven"}})
    changes = {pk: {"name": ""}}
    return [b"Meester Zeven"], lambda: change_participants(round_id=cast.round.pk, changes=changes)


def many_participants():
    cast = build_cast()
    ids = [person.pk for person in cast.participants()[:3]]
    pieces = [b"p001@example.org", b"p002@example.org", b"p003@example.org"]
    return pieces, lambda: remove_participants(round_id=cast.round.pk, ids=ids)


def the_contact_of_a_partner():
    partner = build_cast().partners["school"]
    same = {"name": partner.name, "kind": partner.kind}
    change_partner(partner_id=partner.pk, contact_email="piet.zeven@example.org", **same)
    return [b"piet.zeven@example.org"], lambda: change_partner(partner_id=partner.pk, **same)


def a_partner():
    cast = build_cast()
    partner = add_partner(
        network_id=cast.network.pk,
        name="Kerk",
        kind=cast.partners["school"].kind,
        contact_email="piet.zeven@example.org",
    )
    return [b"piet.zeven@example.org"], lambda: remove_partner(partner_id=partner.pk)


def a_round_that_was_thrown_away():
    cast = build_cast(is_open=False)
    return [b"p001@example.org", *a_list(cast)], lambda: discard_round(round_id=cast.round.pk)


def with_a_message(session):
    """Returns the pieces to look for."""
    session["_messages"] = [os.urandom(60).hex()]  # can't be compressed, so that it is stored as it is
    session.save()
    return [Session.objects.get().session_data[:120].encode()]


def a_network():
    cast = build_cast(is_open=False)
    text = "Kom bij de koffie van Zeven langs"
    type(cast.round).objects.update(invitation_text=text, contact_name="Noor Zeven")
    cast.network.memberships.update(name="Collega Zeven")
    pieces = [text.encode(), b"Noor Zeven", b"Collega Zeven", b"p001@example.org"]
    return pieces, lambda: delete_network(network_id=cast.network.pk, user=cast.coordinator)


def open_answers_over_their_term():
    cast = closed("Kind Zeven")

    def erase():
        told(Announcement.Kind.TEXTS, cast.round.pk)
        erase_texts(round_id=cast.round.pk, now=timezone.now() + timedelta(days=800))

    return [b"Kind Zeven 3!", *a_pdf(cast.round)], erase


def a_round_over_its_term():
    cast = closed("Kind Zeven")
    add_improvement(round_id=cast.round.pk, fields={"what": "Meester Zeven belt", "who": "Zevens"})
    pieces = [b"Kind Zeven 3!", b"Meester Zeven belt", b"Zevens", *a_pdf(cast.round)]

    def erase():
        told(Announcement.Kind.RESULTS, cast.round.pk)
        erase_round(round_id=cast.round.pk, now=timezone.now() + timedelta(days=2000))

    return pieces, erase


def an_account_that_a_beheerder_deletes():
    """Is one of which the trail has name and address, and a network the name that was typed there."""
    cast = build_cast(is_open=False)
    user = User.objects.create_user("zeven.acht@example.org", name="Jan Zevenacht")
    add_colleague(network_id=cast.network.pk, email=user.email, name="Zoals Zevenacht heet", role="reader")
    return [b"zeven.acht@example.org", b"Jan Zevenacht", b"Zoals Zevenacht heet"], lambda: delete_account(user=user)


def an_account_that_nobody_used():
    reader = build_cast().reader
    User.objects.filter(pk=reader.pk).update(email="lezer.zeven@example.org")

    def erase():
        told(Announcement.Kind.ACCOUNT, reader.pk)
        erase_account(user_id=reader.pk, now=timezone.now() + timedelta(days=800))

    return [b"lezer.zeven@example.org"], erase


def entries_of_a_network_over_their_term():
    cast = build_cast()
    kind = cast.partners["school"].kind
    remove_partner(partner_id=add_partner(network_id=cast.network.pk, name="Kerk van Zeven", kind=kind).pk)
    return [b"Kerk van Zeven"], lambda: erase_trails(timezone.now() + timedelta(days=1200))


def told(kind, about):
    """Notes that it was told long ago that something goes; `due` would take that back, for its day is far away."""
    long_ago = timezone.localdate() - timedelta(days=100)
    Announcement.objects.create(kind=kind, about=str(about), told_on=long_ago)


def a_session_that_is_over():
    return with_a_message(SessionStore()), lambda: erase_sessions(timezone.now() + timedelta(days=1))


def the_session_of_somebody_who_signs_out():
    client = Client()
    client.force_login(build_cast().coordinator)
    return with_a_message(client.session), lambda: client.post(reverse("account_logout"))


def a_session_that_its_owner_ends_from_elsewhere():
    here, elsewhere, coordinator = Client(), Client(), build_cast().coordinator
    elsewhere.force_login(coordinator)
    pieces = with_a_message(elsewhere.session)
    here.force_login(coordinator)
    return pieces, lambda: here.post(reverse("sessions_end"))

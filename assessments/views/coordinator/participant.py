"""Invites, changes, mails and takes out one participant. Shows no personal link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.invitations import ask_to_check_level, invite_again, may_be_asked
from assessments.actions.mail import queue_invitations
from assessments.actions.participants import (
    AlreadyInvited,
    Gone,
    HasFinished,
    Person,
    add_participants,
    change_participant,
    remove_participant,
)
from assessments.forms.participants import ChangeForm, ParticipantForm
from assessments.models import Participant, Round
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished
from assessments.views.coordinator.participants import back_to_list, kept_query
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page

GONE = "Een collega verwijderde deze deelnemer net, of verbeterde het adres."


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_new(request: SignedInRequest, round: Round) -> HttpResponse:
    form = ParticipantForm(request.POST or None, round=round)
    if form.is_valid() and _add(form, round):
        messages.success(request, f"{form.cleaned_data['email']} is toegevoegd.")
        return redirect("participant_new" if "nog_een" in request.POST else "participants", round_id=round.pk)
    return render(request, "coordinator/participant_new.html", page(round) | {"form": form})


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_edit(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    """Changes one participant; with another address the link that went out stops working and a new one is mailed."""
    if request.method == "POST" and not round.participants.filter(pk=participant_id).exists():
        return back_to_list(request, round)  # a second click, or a colleague was first
    participant = get_object_or_404(round.participants.select_related("partner"), pk=participant_id)
    has_sent = participant.pk in finished(round, among=[participant.pk])
    form = ChangeForm(request.POST or None, participant=participant, has_sent=has_sent)
    if form.is_valid():
        return _change(request, round, participant, form)
    context = page(round) | {
        "form": form,
        "participant": participant,
        "has_sent": has_sent,
        "can_be_asked": has_sent and may_be_asked(participant, participant.messages.all()),
        "kept": kept_query(request, round),
        "back": back_to_list(request, round, participant.pk).url,
    }
    return render(request, "coordinator/participant_edit.html", context)


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_remove(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    if request.method == "POST" and not round.participants.filter(pk=participant_id).exists():
        return back_to_list(request, round)  # a second click, or a colleague was first
    participant = get_object_or_404(round.participants.select_related("partner"), pk=participant_id)
    if request.method == "POST":
        try:
            remove_participant(participant_id=participant.pk)
        except Gone:
            messages.info(request, GONE)
        except (HasFinished, NotAllowed):
            messages.error(
                request, "Deze deelnemer is al klaar en telt mee, of de ronde is gesloten. Verwijderen kan niet."
            )
        else:
            messages.success(request, "De deelnemer is verwijderd. De link werkt niet meer.")
        return back_to_list(request, round)
    context = page(round) | {"participant": participant, "back": back_to_list(request, round, participant.pk).url}
    return render(request, "coordinator/participant_remove.html", context)


@round_page("POST", right="run", work=Work.EDITING_THE_LIST)
def participant_invite_again(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    """Sends the invitation again to somebody who lost it; nobody but the participant sees the link."""
    participant = get_object_or_404(round.participants, pk=participant_id)
    try:
        invite_again(round_id=round.pk, participant_id=participant.pk)
    except NotAllowed:
        messages.error(request, f"De uitnodiging aan {participant} kan nu niet opnieuw worden verstuurd.")
    else:
        messages.success(request, f"De uitnodiging aan {participant} wordt opnieuw verstuurd.")
    return back_to_list(request, round, participant.pk)


@round_page("POST", right="run", work=Work.ASKING_FOR_THE_LEVEL)
def participant_ask(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    """Asks somebody who has sent to look at the level; only they can change it."""
    participant = get_object_or_404(round.participants, pk=participant_id)
    try:
        ask_to_check_level(round_id=round.pk, participant_id=participant.pk)
    except NotAllowed:
        messages.error(request, f"Aan {participant} kan dit nu niet worden gevraagd. Eén keer per dag is genoeg.")
    else:
        messages.success(request, f"{participant} krijgt een mail met de vraag of het niveau klopt.")
    return back_to_list(request, round, participant.pk)


def _change(request: SignedInRequest, round: Round, participant: Participant, form: ChangeForm) -> HttpResponse:
    changes = form.changes()
    changed = participant
    try:
        changed = change_participant(participant_id=participant.pk, fields=changes)
    except Gone:
        messages.info(request, GONE)
    except HasFinished:
        messages.error(request, f"{participant} is net klaar. Alleen de naam en de functie kunt u nog wijzigen.")
    except NotAllowed:
        messages.error(request, "De ronde is net gesloten. Er is niets gewijzigd.")
    except AlreadyInvited:
        messages.error(request, "Dit adres doet al mee in deze ronde.")
    else:
        _invite(round)
        if "email" in changes:
            messages.success(request, f"Het adres is nu {changed.email}. De oude link werkt niet meer.")
        else:
            messages.success(request, f"{participant} is gewijzigd." if changes else "Er is niets gewijzigd.")
    return back_to_list(request, round, changed.pk)


def _add(form: ParticipantForm, round: Round) -> bool:
    fields = form.cleaned_data
    person = Person(fields["partner"].pk, fields["level"], fields["email"], fields["job_title"], fields["name"])
    try:
        add_participants(round_id=round.pk, people=[person])
    except (AlreadyInvited, NotAllowed):
        form.add_error(None, "Dit adres doet al mee, of de ronde is net gesloten.")
        return False
    _invite(round)
    return True


def _invite(round: Round) -> None:
    if round.is_open:
        queue_invitations(round_id=round.pk)

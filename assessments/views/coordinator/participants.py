"""Shows who takes part in a round, invites by hand and takes somebody out. Shows no personal link."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.invitations import invite_again, may_be_invited_again
from assessments.actions.mail import queue_invitations
from assessments.actions.participants import (
    AlreadyInvited,
    Gone,
    HasFinished,
    Person,
    add_participants,
    correct_address,
    remove_participant,
)
from assessments.forms.participants import AddressForm, FilterForm
from assessments.forms.setup import ParticipantForm
from assessments.models import Message, Participant, Round, State
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.response import finished
from assessments.views.coordinator.rounds import page
from assessments.views.coordinator.steps import step_links
from assessments.views.request import SignedInRequest, round_page

PER_PAGE = 100


@round_page("GET", right="run")
def participants(request: SignedInRequest, round: Round) -> HttpResponse:
    form = FilterForm(request.GET or None, round=round)
    rows, done = _rows(round), finished(round)
    if form.is_valid():
        rows = form.narrow(rows, done)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde"))
    context = page(round) | {
        "steps": step_links(round, "deelnemers") if round.state == State.CONCEPT else None,
        "filter": form,
        "participants": shown,
        "lines": [_line(participant, participant.pk in done) for participant in shown],
        "total": round.participants.count(),
        "can_change": round.allows(Work.EDITING_THE_LIST),
        "query": form.query(),
    }
    return render(request, "coordinator/participants.html", context)


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_new(request: SignedInRequest, round: Round) -> HttpResponse:
    form = ParticipantForm(request.POST or None, round=round)
    if form.is_valid() and _add(form, round):
        messages.success(request, f"{form.cleaned_data['email']} is toegevoegd.")
        return redirect("participant_new" if "nog_een" in request.POST else "participants", round_id=round.pk)
    return render(request, "coordinator/participant_new.html", page(round) | {"form": form})


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_address(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    """Corrects a mistyped address: the link that went there stops working and a new one goes to the right address."""
    if request.method == "POST" and not round.participants.filter(pk=participant_id).exists():
        return redirect("participants", round_id=round.pk)  # a second click, or a colleague was first
    participant = get_object_or_404(Participant, round=round, pk=participant_id)
    form = AddressForm(request.POST or None, round=round, initial={"email": participant.email})
    if form.is_valid():
        try:
            correct_address(participant_id=participant.pk, email=form.cleaned_data["email"])
        except Gone:
            messages.info(request, "Een collega verwijderde deze deelnemer net, of verbeterde het adres.")
        except (HasFinished, NotAllowed):
            messages.error(
                request, "Deze deelnemer is net klaar, of de ronde is gesloten. Het adres blijft wat het was."
            )
        except AlreadyInvited:
            messages.error(request, "Dit adres doet al mee in deze ronde.")
        else:
            _invite(round)
            messages.success(request, "Het adres is gewijzigd. De oude link werkt niet meer.")
        return redirect("participants", round_id=round.pk)
    return render(
        request, "coordinator/participant_address.html", page(round) | {"form": form, "participant": participant}
    )


@round_page("GET", "POST", right="run", work=Work.EDITING_THE_LIST)
def participant_remove(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    if request.method == "POST" and not round.participants.filter(pk=participant_id).exists():
        return redirect("participants", round_id=round.pk)  # a second click, or a colleague was first
    participant = get_object_or_404(Participant.objects.select_related("partner"), round=round, pk=participant_id)
    if request.method == "POST":
        try:
            remove_participant(participant_id=participant.pk)
        except Gone:
            messages.info(request, "Een collega verwijderde deze deelnemer net, of verbeterde het adres.")
        except (HasFinished, NotAllowed):
            messages.error(
                request, "Deze deelnemer is al klaar en telt mee, of de ronde is gesloten. Verwijderen kan niet."
            )
        else:
            messages.success(request, "De deelnemer is verwijderd. De link werkt niet meer.")
        return redirect("participants", round_id=round.pk)
    return render(request, "coordinator/participant_remove.html", page(round) | {"participant": participant})


@round_page("POST", right="run", work=Work.EDITING_THE_LIST)
def participant_invite_again(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    """Sends the invitation again to somebody who lost it; nobody but the participant sees the link."""
    participant = get_object_or_404(Participant, round=round, pk=participant_id)
    try:
        invite_again(round_id=round.pk, participant_id=participant.pk)
    except NotAllowed:
        messages.error(request, f"De uitnodiging aan {participant} kan nu niet opnieuw worden verstuurd.")
    else:
        messages.success(request, f"De uitnodiging aan {participant} wordt opnieuw verstuurd.")
    return redirect("participants", round_id=round.pk)


def _line(participant: Participant, is_done: bool) -> tuple[Participant, bool, bool]:
    return participant, is_done, not is_done and may_be_invited_again(participant)


def _rows(round: Round) -> QuerySet[Participant]:
    messages_sent = Prefetch("messages", Message.objects.order_by("queued_at"))
    return round.participants.select_related("partner").prefetch_related(messages_sent)


def _add(form: ParticipantForm, round: Round) -> bool:
    fields = form.cleaned_data
    person = Person(fields["partner"].pk, fields["level"], fields["email"], fields["job_title"])
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

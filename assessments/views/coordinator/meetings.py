"""Plans the conversation about a report: when, where and with whom, with the mail as it goes out. Shows no link."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from assessments.actions.meetings import cancel_meeting, change_meeting, plan_meeting
from assessments.dutch import people
from assessments.forms.meetings import CancelMeetingForm, MeetingForm
from assessments.models import Meeting, MessageKind, Round
from assessments.rules.workflow import NotAllowed
from assessments.running.calendar_entry import FILE, calendar_entry
from assessments.running.letters import NO_LINK, Letter, letter
from assessments.running.meetings import keeps_from_meeting, left_out, meeting_of, still_cancelling, told
from assessments.running.progress import outbox
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page
from samenwerking.downloads import file_response

CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Mailing:
    """Is a mail as it will go out, and to how many; one that nobody gets is not shown."""

    title: str
    letter: Letter
    people: int


@round_page("GET", right="run")
def meeting(request: SignedInRequest, round: Round) -> HttpResponse:
    """Shows what is planned and how far the mail is, or why nothing can be planned; else leads to the form."""
    found, why = meeting_of(round), keeps_from_meeting(round)
    if found is None and not why:
        return redirect("meeting_plan", round_id=round.pk)
    sent = outbox(round)
    context = page(round) | {
        "meeting": found,
        "why_not": why,
        "outbox": sent,
        "line": next((line for line in sent.lines if line.kind == MessageKind.MEETING), None),
        "left_out": left_out(round),
    }
    return render(request, "coordinator/meeting.html", context)


@round_page("GET", "POST", right="run")
def meeting_plan(request: SignedInRequest, round: Round) -> HttpResponse:
    """Plans the conversation: first the form, then the mail to look at, then it goes out."""
    found = meeting_of(round)
    if keeps_from_meeting(round) or (found and found.is_planned):
        return redirect("meeting", round_id=round.pk)
    form = MeetingForm(request.POST or None, round=round)
    if not _is_ready(request, form):
        return _ask(request, round, form)
    if "versturen" not in request.POST:
        return _preview(request, round, form)
    try:
        plan_meeting(round_id=round.pk, fields=form.facts(), guests=form.guests())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het gesprek is gepland. De uitnodigingen gaan nu uit.")
    return redirect("meeting", round_id=round.pk)


@round_page("GET", "POST", right="run")
def meeting_edit(request: SignedInRequest, round: Round) -> HttpResponse:
    found = meeting_of(round)
    if keeps_from_meeting(round) or found is None or not found.is_planned:
        return redirect("meeting", round_id=round.pk)
    form = MeetingForm(request.POST or None, round=round, meeting=found)
    if not _is_ready(request, form):
        return _ask(request, round, form)
    if "versturen" not in request.POST and (form.is_changed() or form.invited()):
        return _preview(request, round, form)
    try:
        count = change_meeting(round_id=round.pk, fields=form.facts(), guests=form.guests())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Bewaard. {_get_mail(count)}")
    return redirect("meeting", round_id=round.pk)


@round_page("GET", "POST", right="run")
def meeting_cancel(request: SignedInRequest, round: Round) -> HttpResponse:
    found = meeting_of(round)
    if keeps_from_meeting(round) or found is None or not found.is_planned:
        return redirect("meeting", round_id=round.pk)
    form = CancelMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(round_id=round.pk, words=form.cleaned_data["words"])
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Het gesprek is afgezegd. Wie een uitnodiging kreeg, krijgt bericht.")
        return redirect("meeting", round_id=round.pk)
    context = page(round) | {"form": form, "meeting": found, "told": told(round).count()}
    return render(request, "coordinator/meeting_cancel.html", context)


@round_page("GET", right="attend")
def meeting_ics(request: SignedInRequest, round: Round) -> HttpResponse:
    """Gives the conversation as a file for one's own calendar."""
    found = meeting_of(round)
    if found is None:
        raise Http404
    return file_response(calendar_entry(found), CALENDAR, FILE)


def _is_ready(request: SignedInRequest, form: MeetingForm) -> bool:
    return request.method == "POST" and form.is_valid() and "terug" not in request.POST


def _ask(request: SignedInRequest, round: Round, form: MeetingForm) -> HttpResponse:
    context = page(round) | {"form": form, "meeting": form.meeting, "left_out": left_out(round)}
    context |= {"is_busy": still_cancelling(round)}
    status = 400 if request.method == "POST" and form.errors else 200
    return render(request, "coordinator/meeting_plan.html", context, status=status)


def _preview(request: SignedInRequest, round: Round, form: MeetingForm) -> HttpResponse:
    meeting, again = form.preview(), told(round).count() if form.is_changed() else 0
    mailings = [
        Mailing("Bericht aan wie al is uitgenodigd", _letter(round, meeting, is_change=True), again),
        Mailing("Uitnodiging", _letter(round, meeting, is_change=False), form.invited()),
    ]
    goes = round.addresses_go_on
    context = page(round) | {
        "form": form,
        "meeting": meeting,
        "mailings": [mailing for mailing in mailings if mailing.people],
        "people": sum(mailing.people for mailing in mailings),
        "is_after_addresses": goes is not None and meeting.day >= goes,
        "left_out": left_out(round),
    }
    return render(request, "coordinator/meeting_preview.html", context)


def _letter(round: Round, meeting: Meeting, *, is_change: bool) -> Letter:
    return letter(MessageKind.MEETING, round, link=NO_LINK, meeting=meeting, is_change=is_change)


def _get_mail(count: int) -> str:
    return f"{people(count)} {'krijgt' if count == 1 else 'krijgen'} nu mail." if count else "Er gaat geen mail uit."

"""Changes the timetable of a round's mail: another day, a reminder now, the invitations, and whom it is from."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assessments.actions.mail import remind_now
from assessments.actions.timetable import change_contact, plan_as_usual, plan_invitations, plan_mail
from assessments.anonymity.secrets import SecretChanged
from assessments.forms.mail import ContactForm, PlanMailForm
from assessments.forms.rounds import OpenForm
from assessments.models import MessageKind, Round, State
from assessments.rules import schedule
from assessments.rules.workflow import NotAllowed, Work
from assessments.running.letters import NO_LINK, letter
from assessments.running.timetable import (
    Entry,
    entries,
    entry_of,
    mail_days,
    to_remind,
    to_remind_now,
    usual_days,
)
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page


@round_page("GET", "POST", right="run")
def mail_plan(request: SignedInRequest, round: Round, kind: str) -> HttpResponse:
    """Moves one mail of the timetable to another day, or skips it."""
    entry = entry_of(round, kind) if round.allows(Work.PLANNING_MAIL) else None
    if not entry or not entry.can_be_planned:
        return redirect("round_mail", round_id=round.pk)
    others = {other: day for other, day in mail_days(round).items() if other != kind}
    usual = usual_days(round).get(kind)
    initial = {"when": _when(entry, usual), "day": entry.day}
    form = PlanMailForm(request.POST or None, round=round, usual=usual, others=others, initial=initial)
    if form.is_valid():
        return _plan(request, round, kind, form.cleaned_data)
    context = page(round) | {"form": form, "entry": entry}
    return render(request, "coordinator/mail_plan.html", context)


def _when(entry: Entry, usual: date | None) -> str:
    if entry.stage == "skipped":
        return "niet"
    return "vast" if entry.day == usual else "anders"


def _plan(request: SignedInRequest, round: Round, kind: str, chosen: dict[str, Any]) -> HttpResponse:
    try:
        if chosen["when"] == "vast":
            plan_as_usual(round_id=round.pk, kind=kind)
        else:
            plan_mail(round_id=round.pk, kind=kind, day=chosen["day"] if chosen["when"] == "anders" else None)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, "Deze mail wordt overgeslagen." if chosen["when"] == "niet" else "De dag is opgeslagen."
        )
    return redirect("round_open" if round.state == State.CONCEPT else "round_mail", round_id=round.pk)


@round_page("GET", "POST", right="run")
def mail_remind(request: SignedInRequest, round: Round) -> HttpResponse:
    """Sends a reminder now, to all who have not finished and had no mail today."""
    if not round.is_open:
        return redirect("round_mail", round_id=round.pk)
    if request.method == "POST":
        count = remind_now(round_id=round.pk)
        gaan = "1 herinnering gaat" if count == 1 else f"{count} herinneringen gaan"
        messages.success(request, f"{gaan} nu uit." if count else "Er is niemand die nu een herinnering kan krijgen.")
        return redirect("round_mail", round_id=round.pk)
    now = timezone.localtime()
    kind = MessageKind.REMINDER_BY_HAND
    try:
        people = to_remind_now(round, kind, now.date(), now).count()
        waiting = to_remind(round, kind, now.date()).count()
    except SecretChanged:
        return render(request, "coordinator/round_out_of_reach.html", page(round), status=503)
    context = page(round) | {
        "people": people,
        "mailed_today": waiting - people,
        "letter": letter(kind, round, link=NO_LINK),
        "next": next((entry for entry in entries(round) if entry.stage == "to_come"), None),
        "is_working_time": schedule.is_working_time(now),
    }
    return render(request, "coordinator/mail_remind.html", context)


@round_page("GET", "POST", right="run")
def mail_contact(request: SignedInRequest, round: Round) -> HttpResponse:
    """Changes who the mail of an open round is from, and what reminders say; the promise stays as it is."""
    if not round.allows(Work.CHANGING_THE_CONTACT):
        return redirect("round_mail", round_id=round.pk)
    initial = {name: getattr(round, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            change_contact(round_id=round.pk, fields=form.cleaned_data)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Opgeslagen. Mail die nog uitgaat, heeft deze gegevens.")
        return redirect("round_mail", round_id=round.pk)
    return render(request, "coordinator/mail_contact.html", page(round) | {"form": form})


@round_page("GET", "POST", right="run")
def mail_invite(request: SignedInRequest, round: Round) -> HttpResponse:
    """Gives invitations that wait another moment, or sends them now."""
    if not (round.is_open and round.invites_later):
        return redirect("round_mail", round_id=round.pk)
    moment = timezone.localtime(round.invites_at)
    initial = {"when": "later", "day": moment.date(), "hour": moment.hour}
    form = OpenForm(request.POST or None, round=round, initial=initial)
    if form.is_valid():
        try:
            plan_invitations(round_id=round.pk, invites_at=form.invites_at)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Opgeslagen." if form.invites_at else "De uitnodigingen gaan nu uit.")
        return redirect("round_mail", round_id=round.pk)
    return render(request, "coordinator/mail_invite.html", page(round) | {"form": form})

"""Shows the mail of a round: what went out, waits or was refused, previews, a test mail. Shows no personal link."""

from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments.actions.bounces import last_sent, mark_arrived, mark_bounced, mark_bounced_addresses
from assessments.actions.mail import last_test_mail, send_test_mail, try_again
from assessments.forms.mail import DeadAddressesForm, ReturnedMailForm
from assessments.models import Message, MessageKind, MessageState, Round
from assessments.running.letters import NO_LINK, letter
from assessments.running.progress import outbox
from assessments.running.timetable import timetable_of
from assessments.views.coordinator.participants import back_to_list
from assessments.views.coordinator.rounds import page
from assessments.views.request import SignedInRequest, round_page
from samenwerking.addresses import cleaned
from samenwerking.mail import trouble_with
from samenwerking.returned_mail import returned


@round_page("GET", right="run")
def round_mail(request: SignedInRequest, round: Round) -> HttpResponse:
    trouble = Message.objects.of_round(round).in_trouble()
    context = page(round) | {
        "outbox": outbox(round),
        "trouble": trouble.select_related("participant__partner").order_by("participant__email"),
        "refused": trouble.filter(state=MessageState.REFUSED).count(),
        "timetable": timetable_of(round),
    }
    return render(request, "coordinator/round_mail.html", context)


@round_page("GET", "POST", right="run")
def invitation_preview(request: SignedInRequest, round: Round) -> HttpResponse:
    """Shows the invitation and the reminder as a participant gets them, without the link; a post sends a test mail."""
    if request.method == "POST":
        send_test_mail(round_id=round.pk, user_id=request.user.pk)
        messages.success(
            request, f"De proefmail gaat naar {request.user.email}. De link erin is een voorbeeld en werkt niet."
        )
        return redirect("invitation_preview", round_id=round.pk)
    kinds = (MessageKind.INVITATION, MessageKind.REMINDER_1)
    invitation, reminder = (letter(kind, round, link=NO_LINK) for kind in kinds)
    context = page(round) | {
        "invitation": invitation,
        "reminder": reminder,
        "test_mail": (job := last_test_mail(round_id=round.pk, user_id=request.user.pk)),
        "trouble": trouble_with(job),
    }
    return render(request, "coordinator/invitation_preview.html", context)


@round_page("POST", right="run")
def message_bounced(request: SignedInRequest, round: Round, message_id: UUID) -> HttpResponse:
    message = get_object_or_404(Message, pk=message_id, participant__round=round)
    mark_bounced(message_id=message.pk)
    messages.success(request, "Genoteerd als niet aangekomen. Verbeter het adres als u het juiste weet.")
    return back_to_list(request, round, message.participant_id)


@round_page("POST", right="run")
def mail_arrived(request: SignedInRequest, round: Round, participant_id: UUID) -> HttpResponse:
    participant = get_object_or_404(round.participants, pk=participant_id)
    mark_arrived(participant_id=participant.pk)
    messages.success(request, f"Genoteerd: mail aan {participant} komt wel aan.")
    return redirect("round_mail", round_id=round.pk)


@round_page("GET", "POST", right="run")
def messages_bounced(request: SignedInRequest, round: Round) -> HttpResponse:
    """Shows the addresses in whatever is pasted that got mail of this round, and marks those that are then ticked.

    The round's own address is not among them: it is in each mail.
    """
    form = ReturnedMailForm(request.POST or None)
    context = page(round) | {"form": form, "sender": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}
    if not form.is_valid():
        return _returned_page(request, context)
    named = returned(form.cleaned_data["text"])
    mailed = last_sent(round, {one.address for one in named} - {cleaned(round.contact_email)})
    found = [one for one in named if one.address in mailed]
    if not found:
        said = "Geen van deze adressen kreeg mail van deze ronde." if named else "In deze tekst staat geen e-mailadres."
        form.add_error("text", said)
        return _returned_page(request, context)
    chosen = DeadAddressesForm(request.POST if "gekozen" in request.POST else None, found=found)
    if not chosen.is_valid():
        return _returned_page(request, context | {"chosen": chosen, "others": len(named) - len(found)})
    marked = mark_bounced_addresses(round_id=round.pk, addresses=chosen.cleaned_data["addresses"])
    messages.success(request, f"Genoteerd als niet aangekomen ({len(marked)}): {', '.join(marked)}.")
    return redirect("round_mail", round_id=round.pk)


def _returned_page(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    forms = [form for name in ("form", "chosen") if (form := context.get(name))]
    status = 400 if any(form.errors for form in forms) else 200
    return render(request, "coordinator/messages_bounced.html", context, status=status)


@round_page("POST", right="run")
def mail_try_again(request: SignedInRequest, round: Round) -> HttpResponse:
    count = try_again(round_id=round.pk)
    staan = "1 bericht staat" if count == 1 else f"{count} berichten staan"
    messages.success(request, f"{staan} weer in de wachtrij.")
    return redirect("round_mail", round_id=round.pk)

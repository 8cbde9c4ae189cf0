"""Writes what each mail says, at the moment that it is sent; keeps none of it. Knows no answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.mime.base import MIMEBase
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from assessments.anonymity.keys import link_token
from assessments.filling.durations import measured_minutes
from assessments.filling.links import full_url
from assessments.models import Meeting, Message, MessageKind, Participant, Partner, Round
from assessments.running.calendar_entry import FILE, calendar_entry, method_of
from samenwerking.mail import calendar_part, html_of, text_of, themed

NO_LINK = "https://…"  # stands for the personal link where a coördinator looks
STANDARD_REMINDER = (
    "Eerder vroegen wij u om een korte vragenlijst over {network} in te vullen. Dat kan nog."
    " Uw ervaring telt mee, ook als u weinig met het netwerk te maken hebt."
)

TEMPLATES: dict[str, str] = {
    MessageKind.INVITATION: "invitation",
    MessageKind.REMINDER_1: "reminder",
    MessageKind.REMINDER_2: "reminder",
    MessageKind.REMINDER_3: "reminder",
    MessageKind.REMINDER_BY_HAND: "reminder",
    MessageKind.EXTENDED: "extended",
    MessageKind.CLOSING_SOON: "closing_soon",
    MessageKind.CHECK_LEVEL: "check_level",
    MessageKind.RESULT: "result",
    MessageKind.MEETING: "meeting",
}


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def letter(
    kind: str,
    round: Round,
    *,
    link: str,
    no_reminders: str = NO_LINK,
    has_unsent: bool = False,
    to: Participant | None = None,
    meeting: Meeting | None = None,
    is_change: bool = False,
) -> Letter:
    """Returns the mail of this kind in this round; `link` is the personal link, `no_reminders` stops reminders.

    `to` is whom it greets and speaks of; without it the mail greets a collega. `meeting` is the conversation that it
    tells of, as news to whoever knows of it where it `is_change`.
    """
    context: dict[str, Any] = {
        "round": round,
        "network": round.network,
        "link": link,
        "no_reminders_link": no_reminders,
        "has_unsent": has_unsent,
        "participant": to,
        "minutes": measured_minutes(round.instrument_version_id),
        "paragraphs": _paragraphs(round.invitation_text),
        "reminder_paragraphs": _paragraphs(round.reminder_text),
        "standard_reminder": STANDARD_REMINDER.format(network=round.network.name),
        "meeting": meeting,
        "is_change": is_change,
        "meeting_paragraphs": _paragraphs(meeting.words) if meeting else [],
    }
    name = TEMPLATES[kind]
    subject = _plain(f"mail/{name}_subject.txt", context)
    return Letter(
        subject=" ".join(subject.split()),
        text=_plain(f"mail/{name}.txt", context),
        html=html_of(f"mail/{name}.html", context),
    )


def mail(message: Message, *, has_unsent: bool = False) -> EmailMultiAlternatives:
    """Returns the mail as it goes out to the participant."""
    participant = message.participant
    meeting = participant.round.meeting if message.kind == MessageKind.MEETING else None
    token = link_token(participant.pk)
    link, no_reminders = _links(token)
    if message.kind == MessageKind.CHECK_LEVEL:
        link = full_url("level", token)
    content = letter(
        message.kind,
        participant.round,
        link=link,
        no_reminders=no_reminders,
        has_unsent=has_unsent,
        to=participant,
        meeting=meeting,
        is_change=message.version > 0 and message.sent_at is not None,
    )
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",  # no out-of-office replies
        "List-Unsubscribe": f"<{no_reminders}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058: a button in the mail program
    }
    return _mail(content, participant.round, participant.email, headers, _files(meeting))


def _files(meeting: Meeting | None) -> list[MIMEBase]:
    return [calendar_part(calendar_entry(meeting), FILE, method_of(meeting))] if meeting else []


def trial(round: Round, to: str) -> EmailMultiAlternatives:
    """Returns the invitation as a participant would get it, with a link that leads to nobody."""
    link, no_reminders = _links("voorbeeld")
    content = letter(MessageKind.INVITATION, round, link=link, no_reminders=no_reminders)
    return _mail(Letter(f"[proef] {content.subject}", content.text, content.html), round, to, {})


def letter_to_partner(round: Round, partner: Partner, response: str, own: str) -> Letter:
    """Returns the mail to the contact of a partner; `response` is in words, `own` is what the coördinator wrote.

    By the rest of it people find their invitation: who sent it, under which subject and when.
    """
    context = {
        "round": round,
        "network": round.network,
        "partner": partner,
        "words": response,
        "paragraphs": _paragraphs(own),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "invitation_subject": letter(MessageKind.INVITATION, round, link=NO_LINK).subject,
        "privacy_link": settings.BASE_URL + reverse("privacy"),
    }
    subject = f"Meedoen aan de vragenlijst over {round.network.name}"
    return Letter(subject, _plain("mail/partner.txt", context), html_of("mail/partner.html", context))


def mail_to_partner(content: Letter, round: Round, partner: Partner) -> EmailMultiAlternatives:
    return _mail(content, round, partner.contact_email, {})


def _links(token: str) -> tuple[str, str]:
    """Returns the links to the questions and to have no more reminders."""
    return full_url("welcome", token), full_url("no_reminders", token)


def _mail(
    content: Letter, round: Round, to: str, headers: dict[str, str], files: Sequence[MIMEBase] = ()
) -> EmailMultiAlternatives:
    name = " ".join(round.contact_name.split())  # a line break would end the header
    reply_to = [formataddr((name, round.contact_email))] if round.contact_email else None
    return themed(content.subject, content.text, content.html, files, to=[to], reply_to=reply_to, headers=headers)


def _plain(template: str, context: dict[str, Any]) -> str:
    return text_of(template, context).strip() + "\n"


def _paragraphs(text: str) -> list[str]:
    """Returns the parts between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]

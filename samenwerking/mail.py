"""Makes a mail in the theme: plain text and HTML, with colours as values and the logo inside it.

Whoever reads the mail loads nothing from elsewhere. This module knows no rounds.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from email import encoders
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from samenwerking.addresses import cleaned
from samenwerking.jobs import TryLater
from samenwerking.theme import Logo, UnfitLogo, logo_for_mail, look

LOGO_ID = "logo"  # templates/mail/base.html names it
TIMEOUT = 30  # seconds for each step of the conversation with the mail server
URGENT = 10  # the priority of a job that sends one mail, for which somebody waits: it goes before mailings and PDFs


class MailServerAway(TryLater):
    """The mail server is away or busy, or refuses us as a sender: the mail may go later."""


class MailRefused(Exception):
    """The mail server will never take this mail."""


def deliver(mail: EmailMessage) -> None:
    """Sends one mail, within a job: what fails there is kept in the queue, and so names no address.

    Raises MailServerAway, with which the job is tried again later, and MailRefused.
    """
    if not all(map(str.isascii, mail.recipients())):
        raise MailRefused("an address without a domain that mail can go to")
    mail.connection = get_connection(timeout=TIMEOUT)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        _refused_or_later(next(iter(refusal.recipients.values()))[0])
    except smtplib.SMTPDataError as refusal:
        _refused_or_later(refusal.smtp_code)
    except (smtplib.SMTPException, OSError) as fault:
        raise MailServerAway(type(fault).__name__) from None
    except ValueError as fault:  # an address or header that can't be written
        raise MailRefused(type(fault).__name__) from None


def _refused_or_later(code: int) -> None:
    """Raises what the code means: 5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    raise (MailRefused if code >= 500 else MailServerAway)(str(code)) from None


def html_of(template: str, context: Mapping[str, Any]) -> str:
    """Returns the HTML of a mail; `themed` sends along the logo that it shows."""
    own = {"colours": look().colours, "logo": _logo(), "organisation_name": settings.ORGANISATION_NAME}
    return render_to_string(template, {**context, **own})


class WithFiles(EmailMultiAlternatives):
    """Is a mail with files behind all that it shows: beside a logo, some mail programs would take them for pictures."""

    files: Sequence[MIMEBase] = ()

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        if self.files:
            shown = MIMEMultipart(made.get_content_subtype())
            shown.set_payload(made.get_payload())
            made.set_type("multipart/mixed")
            made.set_payload([shown, *self.files])
        return made


def calendar_part(content: bytes, name: str, method: str) -> MIMEBase:
    """Returns the part of a mail that is an entry for a calendar; in base64, or servers would change ends of lines."""
    part = MIMEBase("text", "calendar", charset="utf-8", method=method)
    part.set_payload(content)
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def themed(subject: str, text: str, html: str, files: Sequence[MIMEBase] = (), **more: Any) -> EmailMultiAlternatives:
    """Returns the mail, ready for `send`, with these files; `more` goes to Django's message.

    Of an address with other letters in its domain, Django would write the domain by a standard that is no longer used,
    and so mail somebody else.
    """
    more["to"] = [cleaned(address) for address in more.get("to", [])]
    made = WithFiles(" ".join(subject.split()), text, **more)
    made.files = files
    made.attach_alternative(html, "text/html")
    logo = _logo()
    if logo and f"cid:{LOGO_ID}" in html:
        made.mixed_subtype = "related"  # type: ignore[attr-defined]  # RFC 2387: the picture belongs to the text
        image = MIMEImage(logo.content, "png")
        image.add_header("Content-ID", f"<{LOGO_ID}>")
        image.add_header("Content-Disposition", "inline", filename="logo.png")
        made.attach(image)
    return made


def _logo() -> Logo | None:
    try:
        return logo_for_mail()
    except UnfitLogo:  # `manage.py check` tells whoever put it there
        return None

"""Makes a mail in the theme: plain text and HTML, with colours as values and the logo inside it.

Whoever reads the mail loads nothing from elsewhere. This module knows no rounds.
"""

from __future__ import annotations

import re
import smtplib
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email import encoders
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.utils import make_msgid
from functools import wraps
from typing import Any, Literal, ParamSpec
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django_tasks import task
from django_tasks.base import Task

from samenwerking.addresses import cleaned
from samenwerking.database import TROUBLE
from samenwerking.jobs import MAIL, Job, TryLater
from samenwerking.theme import Logo, UnfitLogo, logo_for_mail, look

LOGO_ID = "logo"  # templates/mail/base.html names it
TIMEOUT = 30  # seconds for each step of the conversation with the mail server
# Others under 5.1 can be about the sender: a server looks at that one too when it is given a recipient.
NOBODY_THERE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}(?!\S)")
P = ParamSpec("P")
Trouble = Literal["", "later", "refused", "failed"]  # templates/coordinator/_mail_trouble.html has the words

log = structlog.get_logger(__name__)


class MailServerAway(TryLater):
    """The mail server is away or busy, or refuses us as a sender: the mail may go later."""


class MailDelayed(TryLater):
    """This mail can't be made or does not go now, whatever becomes of others; it may go later."""


class MailRefused(Exception):
    """The mail server will never take this mail."""

    def __init__(self, said: str, status: str = "") -> None:
        super().__init__(said)
        self.status = status  # as the server gave it with that (RFC 3463), such as 5.1.1, or nothing

    @property
    def knows_nobody(self) -> bool:
        """Tells whether no mail can ever go to that address, whoever sends it: it is no address, or has nobody."""
        return self.status in NOBODY_THERE


def mail_task(send: Callable[P, None]) -> Task[P, None]:
    """Makes a task of a function that makes and sends one mail, for which somebody waits.

    Whatever goes wrong in it is tried again, but for what the mail server refuses for good: much of it passes, as a
    theme that is just being replaced does.
    """

    @wraps(send)
    def sent(*args: P.args, **named: P.kwargs) -> None:
        with may_pass(task=send.__name__):
            send(*args, **named)

    return task(priority=MAIL)(sent)


@contextmanager
def may_pass(**about: object) -> Iterator[None]:
    """Raises MailDelayed for what goes wrong with one mail, and leaves what is said of a server or a database as it is.

    The log tells what it was and where, and not what the fault says: that may be an address.
    """
    try:
        yield
    except (TryLater, MailRefused, *TROUBLE):
        raise
    except Exception as fault:
        where = [f"{step.filename}:{step.lineno}" for step in traceback.extract_tb(fault.__traceback__)]
        log.error("mail.fault", fault=type(fault).__name__, where=where, **about)
        raise MailDelayed(type(fault).__name__) from None


def trouble_with(job: Job | None) -> Trouble:
    """Returns what keeps the one mail of this job from its reader: for now, by the server's refusal or for good."""
    if job is None or not (job.is_tried_again or job.has_failed):
        return ""
    if job.is_tried_again:
        return "later"
    return "refused" if job.fault.endswith(f".{MailRefused.__name__}") else "failed"


def deliver(mail: EmailMessage) -> None:
    """Sends one mail, within a job: what fails there is kept in the queue, and so names no address.

    Raises MailServerAway and MailDelayed, with which the job is tried again later, and MailRefused.
    """
    connection = get_connection(timeout=TIMEOUT)
    try:
        send_by(connection, mail)
    finally:
        hang_up(connection)


def send_by(connection: BaseEmailBackend, mail: EmailMessage) -> None:
    """Sends one mail by a connection, which stays open for the next unless something went wrong.

    Raises MailServerAway, MailDelayed and MailRefused; none of them names an address.
    """
    if not all(map(str.isascii, mail.recipients())):
        raise MailRefused("an address without a domain that mail can go to", status="5.1.3")
    mail.connection = connection
    _open(connection)
    try:
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        hang_up(connection)
        raise _meant_by(fault) from None


def _open(connection: BaseEmailBackend) -> None:
    """Opens the connection where it is not open yet. Raises MailServerAway, whatever goes wrong: no mail is at fault.

    A name, a password or a host that can't be written, such as one with an é, is a ValueError.
    """
    try:
        connection.open()
    except (smtplib.SMTPException, OSError, ValueError) as fault:
        hang_up(connection)
        raise MailServerAway(type(fault).__name__) from None


def hang_up(connection: BaseEmailBackend) -> None:
    """Closes the connection, or drops it where the server is gone and can't be told."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        connection.connection = None  # type: ignore[attr-defined]


def _meant_by(fault: Exception) -> Exception:
    """Returns whether it is this mail or the server, and for how long: 5xx is for good, 4xx for now (RFC 5321, 4.2.1).

    421 is a server that goes away. What it answers to a sender is about us, unless the mail is too large (552).
    """
    if isinstance(fault, ValueError):  # an address or header that can't be written
        return MailRefused(type(fault).__name__)
    code, said = _answer(fault)
    if not code or code == 421 or (isinstance(fault, smtplib.SMTPSenderRefused) and code != 552):
        return MailServerAway(str(code or type(fault).__name__))
    if code < 500:
        return MailDelayed(str(code))
    status = STATUS.match(said)
    return MailRefused(str(code), status[0] if status else "")


def _answer(fault: Exception) -> tuple[int, str]:
    """Returns what the server answered about this mail, code and text; 0 where it is about something else."""
    code: int = 0
    said: bytes | str = ""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(fault.recipients.values()))
    elif isinstance(fault, (smtplib.SMTPDataError, smtplib.SMTPSenderRefused)):
        code, said = fault.smtp_code, fault.smtp_error
    return code, said if isinstance(said, str) else said.decode(errors="replace")


def from_templates(name: str, context: Mapping[str, Any], *, subject: str, to: str) -> EmailMultiAlternatives:
    """Returns the mail that `mail/NAME.txt` and `mail/NAME.html` make of the context, ready for `send`."""
    return themed(subject, text_of(f"mail/{name}.txt", context), html_of(f"mail/{name}.html", context), to=[to])


def text_of(template: str, context: Mapping[str, Any]) -> str:
    """Returns the plain text of a mail."""
    return render_to_string(template, {**context, "organisation_name": settings.ORGANISATION_NAME})


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

    Its Message-ID is in the site's own name; Django would take that of the machine, which is nobody's business.
    Of an address with other letters in its domain, Django would write the domain by a standard that is no longer used,
    and so mail somebody else.
    """
    more["to"] = [cleaned(address) for address in more.get("to", [])]
    own_id = make_msgid(domain=urlsplit(settings.BASE_URL).hostname)
    more["headers"] = {"Message-ID": own_id} | more.get("headers", {})
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

"""A mail in the theme: plain text and HTML, with colours as values and the logo inside it. Reading it loads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from email.mime.image import MIMEImage
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from samenwerking.theme import Logo, UnfitLogo, logo_for_mail, look

LOGO_ID = "logo"  # templates/mail/base.html names it


def html_of(template: str, context: Mapping[str, Any]) -> str:
    """The HTML of a mail; `themed` sends the logo that it shows along."""
    own = {"colours": look().colours, "logo": _logo(), "organisation_name": settings.ORGANISATION_NAME}
    return render_to_string(template, {**context, **own})


def themed(subject: str, text: str, html: str, **more: Any) -> EmailMultiAlternatives:
    """The mail, for `send`; `more` is what Django's message takes."""
    made = EmailMultiAlternatives(" ".join(subject.split()), text, **more)
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

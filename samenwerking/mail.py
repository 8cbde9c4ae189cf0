"""Makes a mail in the theme: plain text and HTML, with colours as values and the logo inside it.

Whoever reads the mail loads nothing from elsewhere. This module knows no rounds.
"""

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
    """Returns the HTML of a mail; `themed` sends along the logo that it shows."""
    own = {"colours": look().colours, "logo": _logo(), "organisation_name": settings.ORGANISATION_NAME}
    return render_to_string(template, {**context, **own})


def themed(subject: str, text: str, html: str, **more: Any) -> EmailMultiAlternatives:
    """Returns the mail, ready for `send`; `more` goes to Django's message."""
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

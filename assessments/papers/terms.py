"""Gives the papers the figures that the code works by, so that no paper has one of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

from assessments.dutch import in_months
from assessments.filling import own_answers
from assessments.models import imports, report_links
from assessments.rules import keeping, minimum, releases
from samenwerking import jobs
from samenwerking.accounts import address
from samenwerking.accounts.models import ApiToken

# What is asked of whoever makes backups, and promised to participants (templates/mail/_promise.txt): no code carries
# it out.
BACKUPS = timedelta(days=30)
HOUR = 3600  # seconds
YOUNGEST = 16  # years: as the sheet with the link for ouders asks (templates/coordinator/open_link_sheet.html)
OUDERS = 5  # people: the instrument's own minimum of that battery

# How a paper marks what the code can't know.
OPEN = "In te vullen door de gemeente:"


def terms() -> dict[str, str | int]:
    """Returns the figures, and the mark of an open question, by the word that stands for it in braces in a paper."""
    return {
        "open": OPEN,
        "na_publiceren": keeping.AFTER_PUBLISHING.days,
        "na_sluiten": keeping.AFTER_CLOSING.days,
        "onaangeroerd": keeping.UNTOUCHED.days,
        "lijst_dagen": imports.KEEP.days,
        "leeslink_dagen": report_links.USUAL_TERM.days,
        "leeslink_hoogstens": report_links.LONGEST_TERM.days,
        "cookie_dagen": own_answers.LIFETIME.days,
        "sessie_uren": settings.SESSION_COOKIE_AGE // HOUR,
        "sessie_hoogstens": settings.LONGEST_SESSION // HOUR,
        "wachtwoord_tekens": _shortest_password(),
        "adreswissel_dagen": address.KEEP.days,
        "sleutel_dagen": ApiToken.LONGEST_TERM.days,
        "wachtrij_dagen": jobs.KEPT.days,
        "reservekopie_dagen": BACKUPS.days,
        "minimum": minimum.DEFAULT_MINIMUM,
        "minimum_laagst": minimum.LEAST_MINIMUM,
        "ouders_minimum": OUDERS,
        "jongeren_vanaf": YOUNGEST,
        "netwerken_minimum": releases.LEAST_NETWORKS,
        **_kept(),
    }


def _kept() -> dict[str, str]:
    """Returns in words how long this installation keeps what a network or nobody chooses a term for."""
    words = {
        "blijft_geschreven": "open_answers",
        "blijft_ronde": "reports",
        "blijft_logboek": "audit",
        "blijft_leeg": "empty_network",
        "blijft_account": "accounts",
        "blijft_algemeen": "general_audit",
    }
    return {word: in_months(settings.RETENTION[kind].usual) for word, kind in words.items()}


def _shortest_password() -> int:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    options = [validator.get("OPTIONS", {}) for validator in validators]
    return next(own["min_length"] for own in options if "min_length" in own)

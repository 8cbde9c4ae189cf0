"""Lets `manage.py check` tell of faults in settings that nobody sees on their own screen."""

import os
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.core.checks import CheckMessage, register
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email

from samenwerking.theme import UnfitLogo, in_theme_dir, logo_for_mail, look

USUAL_PROCESSES = 2  # of gunicorn, on one machine: limits are that much looser
CHANGED_SECRETS = "changed secrets"  # the tag of the check that knows; who keeps the fingerprints registers it


def changed_secrets() -> list[str]:
    """Returns the names of the server's secrets that are not those which the database knows."""
    return [str(found.obj) for found in checks.run_checks(tags=[CHANGED_SECRETS], include_deployment_checks=True)]


@register()
def check_theme(**_: Any) -> list[CheckMessage]:
    if not settings.THEME_DIR:
        return []
    return [*_check_colours(), *_check_logo()]


@register(deploy=True)
def check_proxy(**_: Any) -> list[CheckMessage]:
    """Returns a warning where the site is on https and TRUSTED_PROXY_COUNT is not set.

    A proxy ends TLS then. Whoever tries too often is counted by address, and all visitors have the proxy's; and where
    that is on another machine, every request comes as http, and would be sent to https again, for ever.
    """
    if settings.SECURE_SSL_REDIRECT and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        text = "TRUSTED_PROXY_COUNT is not set: all visitors count as one, and every page may redirect to itself."
        hint = "Set it to the number of proxies in front, usually 1. Each must set X-Forwarded-Proto and -For itself."
        return [checks.Warning(text, hint=hint, id="samenwerking.W009")]
    return []


@register(deploy=True)
def check_processes(**_: Any) -> list[CheckMessage]:
    """Returns a warning where many processes each count for themselves; `doctor` sees also several machines."""
    processes = int(os.environ.get("WEB_CONCURRENCY", USUAL_PROCESSES))
    if processes <= USUAL_PROCESSES or not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return []
    text = f"{processes} processes each count for themselves who tries too often: CACHE_URL is not set."
    return [checks.Warning(text, hint="Set CACHE_URL to a Redis that all of them share.", id="samenwerking.W006")]


@register()
def check_sender(**_: Any) -> list[CheckMessage]:
    """Returns an error where no mail could go out because of its sender: Django refuses it at each mail."""
    try:
        validate_email(parseaddr(sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"))[1])
    except (ValueError, ValidationError):
        text = f"DEFAULT_FROM_EMAIL is no sender: {settings.DEFAULT_FROM_EMAIL}"
        hint = 'A name with a comma has quotes around it: "Gemeente Voorbeeld, team Jeugd" <jeugd@example.nl>.'
        return [checks.Error(text, hint=hint, id="samenwerking.E001")]
    return []


@register()
def check_mail_password(**_: Any) -> list[CheckMessage]:
    """Returns a warning where no mail can go out because of how we sign in: smtplib sends ASCII alone.

    It stops no command: people fill in, and rounds close, without mail too.
    """
    if (settings.EMAIL_HOST_USER + settings.EMAIL_HOST_PASSWORD).isascii():
        return []
    text = "The name or password in EMAIL_URL has a sign that is not ASCII, such as é: nobody can sign in with that."
    return [checks.Warning(text, hint="Give that account a password of ASCII signs alone.", id="samenwerking.W008")]


@register()
def check_cache(**_: Any) -> list[CheckMessage]:
    """Returns a warning where the cache does not give back what it was given. It stops no command: the site goes on."""
    cache = caches["default"]
    tried, given = getattr(cache, "shared", cache), uuid4().hex
    try:
        tried.set("manage.py-check", given, 60)
        found = tried.get("manage.py-check")
    except Exception as fault:  # each kind of cache has faults of its own
        return [_cache_fails(f"{type(fault).__name__}: {fault}")]
    return [] if found == given else [_cache_fails("it does not give back what it was given")]


def _cache_fails(reason: str) -> CheckMessage:
    hint = "Until it answers, each process counts for itself who tries too often."
    return checks.Warning(f"The cache at CACHE_URL does not work: {reason}.", hint=hint, id="samenwerking.W005")


def _check_colours() -> list[CheckMessage]:
    if not in_theme_dir("theme.css"):
        return [checks.Warning(f"There is no theme.css in {settings.THEME_DIR}.", id="samenwerking.W001")]
    found = look()
    messages: list[CheckMessage] = []
    if found.refused:
        hint = "Text and buttons need 4.5:1 (WCAG 2.2, 1.4.3). Choose darker colours in theme.css."
        reasons = "; ".join(found.refused)
        text = f"The theme's colours can't be read, so site, mail and PDF have the default ones: {reasons}."
        messages.append(checks.Warning(text, hint=hint, id="samenwerking.W002"))
    if found.unread:
        text = f"Mail and PDF have default colours for: {', '.join(found.unread)}."
        hint = "They are read from theme.css as hex, rgb() or hsl(), under THEME_CLASS or :root."
        messages.append(checks.Warning(text, hint=hint, id="samenwerking.W003"))
    return messages


def _check_logo() -> list[CheckMessage]:
    try:
        logo = logo_for_mail()
    except UnfitLogo as fault:
        return [checks.Warning(f"Mail goes out without the logo: {fault}.", id="samenwerking.W004")]
    if logo is None and in_theme_dir("logo.svg"):
        text = "Mail goes out without the logo: mail programs show no SVG. Put a logo.png beside it."
        return [checks.Info(text, id="samenwerking.I001")]
    return []

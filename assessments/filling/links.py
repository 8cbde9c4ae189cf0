"""The addresses behind a link: where each is made, whole for a mail or a sheet and as a path for a page."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from assessments.anonymity.keys import link_token

PLACE = "hier"


def full_link(some_id: UUID) -> str:
    """Returns the address to hand out of the participant or open link with this id."""
    return full_url("welcome", link_token(some_id))


def full_url(name: str, token: str) -> str:
    """Returns the address of a page behind the link with `token`, as users see it outside the site."""
    return settings.BASE_URL + link_url(name, token)


def link_url(name: str, token: str, *rest: object) -> str:
    """Returns the path of a page behind the link with `token`, which holds no sign that an address would quote."""
    return _pattern(name, *rest).format(token)


@cache
def _pattern(name: str, *rest: object) -> str:
    """Looked up once: it takes as long as ten lines of a template, and a page names ten addresses."""
    return reverse(name, args=[PLACE, *rest]).replace(f"/{PLACE}/", "/{}/", 1)

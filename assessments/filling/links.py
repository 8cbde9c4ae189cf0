"""Makes each address behind a link: the whole one for a mail or a sheet, a path for a page. Knows no person."""

from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from assessments.anonymity.keys import link_token

PLACE = "hier"


def full_link(some_id: UUID, name: str = "welcome") -> str:
    """Returns the address to hand out for the participant, open link or link to a report with this id."""
    return full_url(name, link_token(some_id))


def full_url(name: str, token: str) -> str:
    """Returns the address of a page behind the link with `token`, as users see it outside the site."""
    return settings.BASE_URL + link_url(name, token)


def link_url(name: str, token: str, *rest: object) -> str:
    """Returns the path of a page behind the link with `token`; no character of a token needs quoting in a URL."""
    return _pattern(name, *rest).format(token)


@cache
def _pattern(name: str, *rest: object) -> str:
    """Returns the path of a page with '{}' in the place of the token.

    It is looked up once: a look-up takes as long as ten lines of a template, and a page names ten addresses.
    """
    return reverse(name, args=[PLACE, *rest]).replace(f"/{PLACE}/", "/{}/", 1)

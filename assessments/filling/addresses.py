"""Addresses that many pages name. Looking one up takes as long as ten lines of a template, so it is done once."""

from functools import cache

from django.templatetags.static import static
from django.urls import reverse

PLACE = "hier"

fixed_url = cache(reverse)
fixed_static = cache(static)


def link_url(name: str, token: str, *rest: object) -> str:
    """The address of a page behind the link with `token`, which holds no sign that an address would quote."""
    return _pattern(name, *rest).format(token)


@cache
def _pattern(name: str, *rest: object) -> str:
    return reverse(name, args=[PLACE, *rest]).replace(f"/{PLACE}/", "/{}/", 1)

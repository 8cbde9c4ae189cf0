"""Tells templates what the site asks of whoever signs in."""

from django.conf import settings
from django.http import HttpRequest


def second_step(request: HttpRequest) -> dict[str, bool]:
    return {"second_step_is_asked": settings.STAFF_NEEDS_SECOND_STEP}

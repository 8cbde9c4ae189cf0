"""Tests behind a link use these steps with Django's client, as a browser would send them."""

from django.urls import reverse

from assessments.anonymity.keys import link_token
from tests.html import elements


def at(target, name="welcome", *args):
    """Returns the address of a page behind the link of a participant, or behind an open link."""
    return reverse(name, args=[link_token(target.pk), *args])


def post(client, target, number, **fields):
    """Sends a page as a browser does: with what it showed when it was opened."""
    return client.post(at(target, "questions", number), {"was": ""} | fields)


def checked(response):
    """Returns the answers that a page shows, by statement."""
    return {radio.get("name"): radio.get("value") for radio in elements(response, "input[type=radio][checked]")}

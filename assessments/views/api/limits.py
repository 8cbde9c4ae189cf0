"""Limits how often a token reads, and how often something that is no token is tried from one address."""

from django.http import HttpRequest

from assessments.views.counting import MINUTES, address_of, count, hidden
from samenwerking.accounts.models import ApiToken

REQUESTS = 1000  # by one token; the results of all networks of the country are some 700
WRONG_TOKENS = 60  # from one address
WAIT = 60 * MINUTES  # seconds


def reads_too_often(token: ApiToken) -> bool:
    """Counts one more request by this token and tells whether there are too many by now."""
    return count(f"api.{token.pk}") > REQUESTS


def tries_too_many_tokens(request: HttpRequest) -> bool:
    """Counts one more wrong token and tells whether there are too many by now.

    It stops no right token from there: nobody finds one by trying, and a whole town hall may share an address.
    """
    return count(f"wrong-tokens.{hidden(address_of(request))}") > WRONG_TOKENS
